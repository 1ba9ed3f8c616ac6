//! A server on SQLite is stopped, its data moved to PostgreSQL, and a server there goes on where that one ended.

use crate::support::{Actor, Child, Database, Ended, RawSocket, within};
use chinwag_client::sign_in;
use chinwag_fixtures::Cluster;
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

async fn enter(server: &Child, name: &str) -> Actor {
    let session = within("a sign-in", sign_in(&server.url(), name)).await.unwrap();
    let actor = Actor::connect(&server.url(), session).await;
    actor.joins("general").await;
    actor
}

async fn start_on_postgres(log: &Path, data: &Path, url: &str) -> Child {
    Child::start_with_log_in(File::create(log).unwrap(), data, &[], &[("DATABASE_URL", url)]).await
}

/// Runs `chinwag migrate` on a folder of data.
async fn migrate(data: &Path, url: &str) -> Ended {
    Child::run(&["migrate", "--data", data.to_str().unwrap()], &[("DATABASE_URL", url)]).await
}

async fn done(data: &Path, url: &str) -> Ended {
    let ended = migrate(data, url).await;
    assert!(ended.status.success(), "{}", ended.stderr);
    ended
}

async fn refused(data: &Path, url: &str, why: &str) {
    let ended = migrate(data, url).await;
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(1), ""));
    let sentence = ended.stderr.lines().last().unwrap();
    assert!(sentence.starts_with("chinwag: ") && sentence.contains(why), "{}", ended.stderr);
}

/// People come back with the tokens that they have, to what they wrote, and go on writing.
#[tokio::test]
async fn a_server_goes_on_after_a_move() {
    let root = tempfile::tempdir().unwrap();
    let (data, log) = (root.path().join("data"), root.path().join("log"));
    let target = Arc::new(chinwag_fixtures::database());
    let server = Child::start(&data, &[]).await;
    let (alice, bob) = (enter(&server, "Alice").await, enter(&server, "Bob").await);
    for number in 0..20 {
        alice.says("general", &format!("before {number}")).await;
    }
    bob.sees("general", "before 19").await;
    let sessions = [alice.session.clone(), bob.session.clone()];
    refused(&data, target.url(), "Stop it").await;
    drop((alice, bob));
    server.terminate();
    assert!(server.ended().await.success());
    let before = Database::open(&data).log("general");

    let ended = done(&data, target.url()).await;
    assert!(ended.stdout.contains("DATABASE_URL from now on"), "{}", ended.stdout);
    for line in ["copying messages: 20 in ", "comparing messages: 20 in ", "committing"] {
        assert!(ended.stderr.contains(line), "{}", ended.stderr);
    }
    let stored = Database::on_postgres(Arc::clone(&target));
    assert_eq!(stored.log("general"), before);

    // Nobody goes on writing where nobody reads any more.
    let ended = Child::run(&["serve", "--port", "0", "--data", data.to_str().unwrap()], &[]).await;
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        ended.stderr.contains("moved to the database") && ended.stderr.contains("chinwag.moved"),
        "{}",
        ended.stderr
    );
    refused(&data, target.url(), "was moved to").await;

    let server = start_on_postgres(&log, &data, target.url()).await;
    let [alice, bob] = sessions;
    let alice = Actor::connect(&server.url(), alice).await;
    let bob = Actor::connect(&server.url(), bob).await;
    // They are members still, and open the room.
    alice.joins("general").await;
    bob.joins("general").await;
    let next = before.last().unwrap().seq + 1;
    assert_eq!(alice.says("general", "after").await, next);
    bob.sees("general", "after").await;
    for number in 0..20 {
        bob.sees("general", &format!("before {number}")).await;
    }
    enter(&server, "Carol").await;
    stored.check_invariants();
    assert_eq!(stored.log("general")[..before.len()], before);
}

/// Visits that a crash left behind end with the start of the next server, wherever that has its data.
#[tokio::test]
async fn a_visit_that_was_left_behind_has_ended() {
    let root = tempfile::tempdir().unwrap();
    let (data, log) = (root.path().join("data"), root.path().join("log"));
    let target = chinwag_fixtures::database();
    let server = Child::start(&data, &[]).await;
    let mut visitor = RawSocket::open_at(server.address, "/simple").await;
    visitor.say(&json!({"type": "join", "room": "general", "username": "Bot"}).to_string()).await;
    let visiting = "SELECT count(*) FROM users WHERE kind = 'visitor' AND removed_at IS NULL";
    let is_there = async {
        while Database::open(&data).count(visiting) != 1 {
            tokio::task::yield_now().await;
        }
    };
    within("the visitor", is_there).await;
    server.kill().await;
    done(&data, target.url()).await;
    assert_eq!(target.ask(visiting), "1");
    let server = start_on_postgres(&log, &data, target.url()).await;
    assert_eq!(target.ask(visiting), "0");
    enter(&server, "Bot").await;
}

/// Ended in its middle by `kill -9`, a move has left nothing, and the next one is as the first.
#[tokio::test]
async fn a_move_that_was_killed_is_begun_anew() {
    let cluster = Cluster::start("");
    let target = cluster.database();
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    let server = Child::start(&data, &[]).await;
    let alice = enter(&server, "Alice").await;
    for number in 0..20 {
        alice.says("general", &number.to_string()).await;
    }
    server.kill().await;
    // The last of the tables waits in its middle until it may go on.
    target.execute(
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF NEW.seq = 10 THEN PERFORM pg_advisory_xact_lock(10); END IF; RETURN NEW;
         END $$;
         CREATE FUNCTION prepare() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
             IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity LIKE '%.messages' AND object_type = 'table') THEN
                 CREATE TRIGGER wait BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION wait();
             END IF;
         END $$;
         CREATE EVENT TRIGGER prepare ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION prepare()",
    );
    let held = target.hold("SELECT pg_advisory_xact_lock(10)");
    let mut moving =
        Child::begin(&["migrate", "--data", data.to_str().unwrap()], &[("DATABASE_URL", target.url())]);
    let waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    let is_in_its_middle = async {
        while target.ask(waits) != "1" {
            tokio::task::yield_now().await;
        }
    };
    within("the middle of the move", is_in_its_middle).await;
    moving.kill().await.unwrap();
    drop(held);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
    assert_eq!(target.ask(tables), "0");
    assert!(!data.join("chinwag.moved").exists());
    done(&data, target.url()).await;
    assert_eq!(target.ask("SELECT count(*) FROM messages"), "20");
}

#[tokio::test]
async fn what_cannot_be_moved_is_told() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    let target = chinwag_fixtures::database();
    refused(&data, target.url(), "There is no database").await;
    assert!(!data.exists());
    let server = Child::start(&data, &[]).await;
    server.terminate();
    server.ended().await;
    refused(&data, "postgres://me:s3cret@%2Fno%2Fsuch%2Ffolder/chat", "Cannot reach PostgreSQL").await;
    refused(&data, "", "Say where to").await;
    refused(&data, "mysql://me:s3cret@db/chat", "must look like postgres://").await;
    target.execute("CREATE TABLE recipes (name text)");
    refused(&data, target.url(), "another program").await;

    // From the file of the server, and from a file of its own.
    let (config, secret) = (root.path().join("chinwag.toml"), root.path().join("secret"));
    std::fs::write(&secret, target.url()).unwrap();
    std::fs::write(&config, format!("data = {data:?}\ndatabase_url_file = {secret:?}")).unwrap();
    let config = ["migrate", "--config", config.to_str().unwrap()];
    for environment in [&[][..], &[("DATABASE_URL_FILE", secret.to_str().unwrap())]] {
        let ended = Child::run(&config, environment).await;
        assert!(ended.stderr.contains("another program"), "{}", ended.stderr);
    }
    // What is said counts before it.
    let ended = Child::run(&[&config[..], &["--to", "postgres://me@%2Fnowhere/chat"]].concat(), &[]).await;
    assert!(ended.stderr.contains("Cannot reach PostgreSQL at /nowhere"), "{}", ended.stderr);
    target.execute("DROP TABLE recipes");
    let arguments = ["migrate", "--data", data.to_str().unwrap(), "--to", target.url()];
    let ended = Child::run(&arguments, &[("DATABASE_URL", "postgres://me:s3cret@db/chat")]).await;
    assert!(ended.status.success(), "{}", ended.stderr);
    let help = Child::run(&["migrate", "--help"], &[("DATABASE_URL", "postgres://me:s3cret@db/chat")]).await;
    assert!(help.stdout.contains("--to") && !help.stdout.contains("s3cret"), "{}", help.stdout);
}
