//! What is otherwise when `DATABASE_URL` names a PostgreSQL database.

use crate::support::{Actor, Child, Database, Proxy, within};
use chinwag_client::sign_in;
use std::fs::File;
use std::sync::Arc;

async fn enter(server: &Child, name: &str) -> Actor {
    let session = within("a sign-in", sign_in(&server.url(), name)).await.unwrap();
    let actor = Actor::connect(&server.url(), session).await;
    actor.joins("general").await;
    actor
}

/// What was acknowledged is there after `kill -9`, and the next server begins where that one ended.
#[tokio::test]
async fn kill_9_loses_nothing_on_postgres() {
    let database = Arc::new(chinwag_fixtures::database());
    let (data, log) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let start = async |name: &str| {
        let file = File::create(log.path().join(name)).unwrap();
        Child::start_with_log_in(file, data.path(), &["--log", "debug"], &[("DATABASE_URL", database.url())])
            .await
    };
    let server = start("first").await;
    let (alice, bob) = (enter(&server, "Alice").await, enter(&server, "Bob").await);
    for number in 0..20 {
        alice.says("general", &format!("before {number}")).await;
    }
    bob.sees("general", "before 19").await;
    server.kill().await;
    let server = start("second").await;
    let carol = enter(&server, "Carol").await;
    carol.says("general", "after").await;
    let stored = Database::on_postgres(Arc::clone(&database));
    let texts: Vec<_> =
        stored.log("general").into_iter().filter_map(|event| event.message).map(|(_, text)| text).collect();
    let expected: Vec<_> =
        (0..20).map(|number| format!("before {number}")).chain(["after".to_owned()]).collect();
    assert_eq!(texts, expected);
    stored.check_invariants();
    let said = std::fs::read_to_string(log.path().join("first")).unwrap();
    // The library logs what it asks, at that level.
    assert!(said.contains("append_messages_1") && !said.contains("before 19"), "a text is in the log");
    assert!(said.contains("durable on this PostgreSQL server only"));
    assert!(!data.path().join("chinwag.db").exists());
}

/// A password is nowhere to be read, whatever is wrong with the rest.
#[tokio::test]
async fn the_password_is_never_told() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let wrong = [
        ("mysql://me:s3cret@db/chat", 2),
        ("postgres://me:s3cret@[db/chat", 2),
        ("postgres://me:s3cret@%2Fno%2Fsuch%2Ffolder/chat", 1),
    ];
    for (url, code) in wrong {
        let options = ["--bind", "127.0.0.1", "--port", "0", "--data", folder];
        let told = [
            Child::run(&options, &[("DATABASE_URL", url)]).await,
            Child::run(&[&options[..], &["--database-url", url]].concat(), &[]).await,
        ];
        for ended in told {
            assert_eq!(ended.status.code(), Some(code), "{}", ended.stderr);
            assert!(
                ended.stderr.contains("atabase") || ended.stderr.contains("DATABASE_URL"),
                "{}",
                ended.stderr
            );
            assert!(!ended.stderr.contains("s3cret") && !ended.stdout.contains("s3cret"), "{}", ended.stderr);
        }
    }
    let help = Child::run(&["serve", "--help"], &[("DATABASE_URL", "postgres://me:s3cret@db/chat")]).await;
    assert!(help.stdout.contains("--database-url") && !help.stdout.contains("s3cret"), "{}", help.stdout);
}

#[tokio::test]
async fn backup_and_restore_name_the_programs_of_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://me:s3cret@db/chat";
    let file = folder.path().join("database");
    std::fs::write(&file, url).unwrap();
    let file = file.to_str().unwrap();
    for environment in [("DATABASE_URL", url), ("DATABASE_URL_FILE", file)] {
        for (command, program) in [("backup", "pg_dump "), ("restore", "pg_restore ")] {
            let ended = Child::run(&[command, "chat.dump"], &[environment]).await;
            assert_eq!(ended.status.code(), Some(1));
            assert!(ended.stderr.contains(program) && ended.stderr.contains("chat.dump"), "{}", ended.stderr);
            assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
        }
    }
}

/// The console reaches a running server on PostgreSQL as any other.
#[tokio::test]
async fn the_console_works_beside_a_server_on_postgres() {
    let database = chinwag_fixtures::database();
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("made by the server");
    let server = Child::start_with_log_in(
        File::create(data.path().join("log")).unwrap(),
        &folder,
        &[],
        &[("DATABASE_URL", database.url())],
    )
    .await;
    let _alice = enter(&server, "Alice").await;
    let listed = Child::run(&["admin", "users", "list", "--data", folder.to_str().unwrap()], &[]).await;
    assert!(listed.stdout.contains("Alice"), "{} {}", listed.stdout, listed.stderr);
}

/// A replica that takes over may lack the last messages, and would give their numbers to others. So the server ends, and clients begin anew with
/// the next one.
#[tokio::test]
async fn a_server_ends_when_a_replica_takes_over() {
    let cluster = chinwag_fixtures::Cluster::start("");
    let database = cluster.database();
    let data = tempfile::tempdir().unwrap();
    let start = async |name: &str| {
        let log = File::create(data.path().join(name)).unwrap();
        Child::start_with_log_in(log, &data.path().join("data"), &[], &[("DATABASE_URL", database.url())])
            .await
    };
    let server = start("first").await;
    let proxy = Proxy::before(server.address).await;
    let session = within("a sign-in", sign_in(&proxy.url(), "Alice")).await.unwrap();
    let alice = Actor::connect(&proxy.url(), session).await;
    alice.joins("general").await;
    alice.says("general", "before").await;
    cluster.fail_over();
    // It finds out when it is asked for something.
    let ask = alice.send("general", "meanwhile");
    let ended = tokio::select! {
        ended = server.ended() => ended,
        _ = async { (ask.await, std::future::pending::<()>().await) } => unreachable!(),
    };
    assert_eq!(ended.code(), Some(1));
    let said = std::fs::read_to_string(data.path().join("first")).unwrap();
    assert!(said.contains("goes on with another history"), "{said}");
    let server = start("second").await;
    proxy.lead_to(server.address);
    alice.until("a new beginning", |view| view.resets == 1).await;
    alice.says("general", "after").await;
    assert_eq!(alice.view().room("general").snapshot.len(), 2);
}
