use crate::broker::Recorder;
use crate::world::{Commits, ManualClock};
use chinwag_fixtures::Cluster;
use chinwag_store::{DatabaseUrl, Durability, PostgresOpenError, PostgresOptions, PostgresStore};
use std::sync::Arc;

pub(crate) fn open(url: &str) -> Result<PostgresStore, PostgresOpenError> {
    open_as(PostgresOptions::new(DatabaseUrl::parse(url).unwrap()))
}

fn open_node(url: &str) -> Result<PostgresStore, PostgresOpenError> {
    open_as(PostgresOptions { has_bus: true, ..PostgresOptions::new(DatabaseUrl::parse(url).unwrap()) })
}

fn open_as(options: PostgresOptions) -> Result<PostgresStore, PostgresOpenError> {
    PostgresStore::open(
        options,
        Arc::<ManualClock>::default(),
        Arc::<Recorder>::default(),
        Arc::<Commits>::default(),
    )
}

pub(crate) fn refusal(url: &str) -> PostgresOpenError {
    open(url).err().unwrap()
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().display().to_string();
    let error = refusal(&format!("postgres://me@{}/chat", place.replace('/', "%2F")));
    assert!(matches!(error, PostgresOpenError::NoServer { .. }), "{error}");
    assert!(error.to_string().contains(&place), "{error}");
}

#[test]
fn who_is_not_let_in_is_named() {
    let cluster = Cluster::start("");
    let url = |user: &str, database: &str| cluster.url_for(user, database);
    cluster.execute("CREATE ROLE locked LOGIN PASSWORD 'right'");
    for user in ["locked", "locked:s3cret"] {
        let error = refusal(&url(user, "chat"));
        assert!(matches!(&error, PostgresOpenError::SignIn { user, .. } if user == "locked"), "{error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    let error = refusal(&url("locked:right", "chat"));
    assert!(
        matches!(&error, PostgresOpenError::NoDatabase { database, .. } if database == "chat"),
        "{error}"
    );
    cluster.execute("CREATE DATABASE chat ENCODING 'UTF8' TEMPLATE template0");
    let error = refusal(&url("locked:right", "chat"));
    assert!(matches!(error, PostgresOpenError::NoRight { .. }), "{error}");
    cluster.execute("ALTER DATABASE chat OWNER TO locked");
    drop(open(&url("locked:right", "chat")).unwrap());
}

#[test]
fn a_server_that_could_lose_what_it_acked_is_refused() {
    let cluster = Cluster::start("fsync = off");
    let error = refusal(&cluster.url());
    let said = error.to_string();
    assert!(matches!(error, PostgresOpenError::Forgetful { .. }) && said.contains("fsync = off"), "{said}");
    drop(cluster);
    let cluster = Cluster::start("");
    for setting in ["off", "local"] {
        cluster.execute(&format!("ALTER ROLE postgres SET synchronous_commit = {setting}"));
        let said = refusal(&cluster.url()).to_string();
        assert!(said.contains(&format!("synchronous_commit = {setting}")), "{said}");
    }
    cluster.execute("ALTER ROLE postgres RESET synchronous_commit");
    assert_eq!(open(&cluster.url()).unwrap().durability(), Durability::ThisServer);
}

#[test]
fn a_database_that_cannot_be_used_is_left_alone() {
    let cluster = Cluster::start("");
    cluster.execute("CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0");
    let error = refusal(&cluster.url_for("postgres", "bytes"));
    assert!(matches!(&error, PostgresOpenError::Encoding { found, .. } if found == "SQL_ASCII"), "{error}");
    cluster.execute("ALTER ROLE postgres SET default_transaction_read_only = on");
    let error = refusal(&cluster.url());
    assert!(matches!(error, PostgresOpenError::ReadOnly { .. }), "{error}");
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let database = chinwag_fixtures::database();
    database.execute("CREATE TABLE recipes (name text)");
    let error = refusal(database.url());
    assert!(matches!(error, PostgresOpenError::Foreign { .. }), "{error}");
    let tables = "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = current_schema()";
    assert_eq!(database.ask(tables), "recipes");
}

#[test]
fn a_newer_database_is_left_alone() {
    let database = chinwag_fixtures::database();
    drop(open(database.url()).unwrap());
    database.execute("UPDATE chinwag SET schema = 99, readable_from = 98");
    let error = refusal(database.url());
    assert!(matches!(error, PostgresOpenError::Newer { found: 99, known: 1, .. }), "{error}");
    assert!(error.to_string().contains("Install the newer version here"), "{error}");
    assert_eq!(database.ask("SELECT schema || ' ' || readable_from FROM chinwag"), "99 98");
}

#[test]
fn a_newer_database_that_still_may_be_used_is_used_as_it_is() {
    let database = chinwag_fixtures::database();
    drop(open(database.url()).unwrap());
    database.execute("UPDATE chinwag SET schema = 2");
    drop(open(database.url()).unwrap());
    assert_eq!(database.ask("SELECT schema || ' ' || readable_from FROM chinwag"), "2 1");
}

#[test]
fn a_database_is_used_once_at_a_time() {
    let database = chinwag_fixtures::database();
    let first = open(database.url()).unwrap();
    let error = refusal(database.url());
    assert!(matches!(error, PostgresOpenError::InUse { .. }), "{error}");
    first.close();
    drop(open(database.url()).unwrap());
}

#[test]
fn servers_with_a_bus_use_a_database_together() {
    let database = chinwag_fixtures::database();
    let first = open_node(database.url()).unwrap();
    let second = open_node(database.url()).unwrap();
    first.close();
    let error = refusal(database.url());
    assert!(matches!(error, PostgresOpenError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("set REDIS_URL on every node"), "{error}");
    let third = open_node(database.url()).unwrap();
    second.close();
    third.close();
    drop(open(database.url()).unwrap());
}

#[test]
fn a_server_without_a_bus_lets_no_other_in() {
    let database = chinwag_fixtures::database();
    let alone = open(database.url()).unwrap();
    let error = open_node(database.url()).err().unwrap();
    assert!(matches!(error, PostgresOpenError::InUseAlone { .. }), "{error}");
    assert!(error.to_string().contains("set REDIS_URL on every node"), "{error}");
    alone.close();
    drop(open_node(database.url()).unwrap());
}

#[test]
fn servers_that_start_together_make_the_tables_once() {
    let database = chinwag_fixtures::database();
    let opened: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| open(database.url()))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    for opened in &opened {
        if let Err(error) = opened {
            assert!(matches!(error, PostgresOpenError::InUse { .. }), "{error}");
        }
    }
    assert!(opened.iter().any(Result::is_ok));
    assert_eq!(database.ask("SELECT count(*) FROM rooms"), "3");
}

#[test]
fn another_history_has_another_epoch() {
    let epoch = |url: &str| chinwag_core::ports::Store::epoch(&open(url).unwrap()).to_owned();
    let database = chinwag_fixtures::database();
    let first = epoch(database.url());
    assert_eq!(epoch(database.url()), first);
    // As a dump is brought back: the same rows in new tables.
    database.execute(
        "CREATE TABLE again AS TABLE chinwag; DROP TABLE chinwag; ALTER TABLE again RENAME TO chinwag",
    );
    database.execute("ALTER TABLE chinwag ADD PRIMARY KEY (id), ALTER probe SET DEFAULT 0");
    assert_ne!(epoch(database.url()), first);
}

/// Whoever owns a database is nobody special otherwise.
#[test]
fn a_plain_owner_is_enough() {
    let cluster = Cluster::start("");
    cluster.execute("CREATE ROLE plain LOGIN");
    cluster.execute("CREATE DATABASE chat OWNER plain ENCODING 'UTF8' TEMPLATE template0");
    drop(open(&cluster.url_for("plain", "chat")).unwrap());
}
