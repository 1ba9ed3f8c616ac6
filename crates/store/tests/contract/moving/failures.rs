//! What is not moved, or only in part, leaves the target empty and the source as it was.

use super::{Source, open, open_target, tables, url};
use crate::world::move_data;
use chinwag_fixtures::{Cluster, Database};
use chinwag_store::{MoveError, MoveStep, OpenError, PostgresOpenError, move_to_postgres};
use std::fs;

#[test]
fn a_database_with_anything_in_it_is_left_alone() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    target.execute("CREATE TABLE recipes (name text)");
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::Target(PostgresOpenError::Foreign { .. })), "{error}");
    assert_eq!(tables(&target), "1");

    target.execute("DROP TABLE recipes");
    drop(open_target(&target).unwrap());
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::NotEmpty { .. }), "{error}");
    assert!(error.to_string().contains("createdb"), "{error}");
    assert_eq!(target.ask("SELECT count(*) FROM messages"), "0");

    target.execute("UPDATE chinwag SET schema = 99, readable_from = 99");
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::Target(PostgresOpenError::Newer { .. })), "{error}");
    assert!(!source.folder.path().join("chinwag.moved").exists());
    drop(open(&source.path).unwrap());
}

/// Whatever differs in whichever table is found, and named without a word of what people wrote.
#[test]
fn any_difference_is_found() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    source.move_to(&target).unwrap();
    source.forget_the_move();
    let last = "(room_id, seq) = (SELECT room_id, seq FROM events ORDER BY 1 DESC, 2 DESC LIMIT 1)";
    let changes = [
        (
            "messages",
            "UPDATE messages SET text = text || '!' WHERE seq = 7 AND room_id = 1",
            "of room_id 1, seq 7 has another text",
        ),
        (
            "messages",
            "DELETE FROM messages WHERE seq = 7 AND room_id = 1",
            "of room_id 1, seq 8 stands where that of room_id 1, seq 7 belongs",
        ),
        ("events", &format!("DELETE FROM events WHERE {last}"), "is missing"),
        (
            "members",
            "INSERT INTO members (room_id, user_id, name_key, role, joined_at, read_seq) SELECT max(room_id), 99, 'a', 'member', 0, 0 FROM members",
            "user_id 99 is too many",
        ),
        ("members", "UPDATE members SET read_seq = read_seq + 1 WHERE user_id = 1", "another read_seq"),
        ("users", "UPDATE users SET kind = 'bot' WHERE id = 2", "the row of id 2 has another kind"),
        ("users", "UPDATE users SET removed_at = removed_at + 1 WHERE id = 3", "id 3 has another removed_at"),
        ("sessions", "UPDATE sessions SET token_hash = sha256(token_hash)", "another token_hash"),
        ("rooms", "UPDATE rooms SET creator_id = NULL WHERE id = 4", "another creator_id"),
        ("former_slugs", "UPDATE former_slugs SET room_id = room_id + 1", "in former_slugs, the row of slug"),
    ];
    for (table, change, expected) in changes {
        // Without a look at the keys between tables.
        let freely = "SET session_replication_role = replica";
        target.execute(&format!("{freely}; CREATE TABLE kept AS TABLE {table}; {change}"));
        let error = source.move_to(&target).unwrap_err();
        let said = error.to_string();
        assert!(
            matches!(error, MoveError::MovedBefore { .. }) && said.contains(expected),
            "{change}: {said}"
        );
        assert!(!said.contains("message-"), "{said}");
        assert!(open(&source.path).is_ok(), "it is not said to be moved");
        target.execute(&format!(
            "{freely}; DELETE FROM {table}; INSERT INTO {table} TABLE kept; DROP TABLE kept"
        ));
    }
    assert!(source.move_to(&target).unwrap().was_there, "nothing else was different");
}

/// The comparison is no formality: a database that stores something else than it is given is left empty.
#[test]
fn what_is_stored_otherwise_undoes_the_move() {
    let cluster = Cluster::start("");
    let target = cluster.database();
    spoil(&target, "NEW.text := upper(NEW.text)");
    let source = Source::new();
    let error = source.move_to(&target).unwrap_err();
    assert!(
        matches!(&error, MoveError::Differs { difference } if difference.contains("another text")),
        "{error}"
    );
    assert_eq!(tables(&target), "0");
    drop(open(&source.path).unwrap());
    spoil(&target, "NULL");
    source.move_to(&target).unwrap();
}

/// Lets the database do something to each message that is written.
fn spoil(target: &Database, what: &str) {
    target.execute(&format!(
        "CREATE OR REPLACE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what}; RETURN NEW; END $$;
         CREATE OR REPLACE FUNCTION prepare() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
             IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity LIKE '%.messages' AND object_type = 'table') THEN
                 CREATE TRIGGER spoil BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION spoil();
             END IF;
         END $$;
         DROP EVENT TRIGGER IF EXISTS spoil;
         CREATE EVENT TRIGGER spoil ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION prepare()"
    ));
}

#[test]
fn a_log_with_a_hole_is_not_moved() {
    let hole = "DELETE FROM messages WHERE room_id = 1 AND seq = 9";
    let twice = "UPDATE messages SET seq = 2 WHERE room_id = 1 AND seq = (SELECT max(seq) FROM messages WHERE room_id = 1)";
    let short = "UPDATE rooms SET head_seq = head_seq + 1 WHERE id = 1";
    for change in [hole, twice, short] {
        let (source, target) = (Source::new(), chinwag_fixtures::database());
        source.change(change);
        let error = source.move_to(&target).unwrap_err();
        assert!(matches!(error, MoveError::BrokenLog { room: 1, .. }), "{change}: {error}");
        assert_eq!(tables(&target), "0");
    }
}

/// PostgreSQL dies in the middle, or when it is asked to commit: what began is gone, and the next move is as the first.
#[test]
fn a_server_that_dies_ends_the_move() {
    let cluster = Cluster::start("");
    let (source, target) = (Source::new(), cluster.database());
    for (in_commit, is_the_moment) in [
        (false, (|step| matches!(step, MoveStep::Copying("events", 0, _))) as fn(MoveStep) -> bool),
        (true, |step| step == MoveStep::Committing),
    ] {
        let error = move_to_postgres(&source.path, &url(&target), &mut |step| {
            if is_the_moment(step) {
                cluster.crash();
            }
        });
        let error = error.unwrap_err();
        assert_eq!(matches!(error, MoveError::InCommit { .. }), in_commit, "{error}");
        assert!(in_commit || matches!(error, MoveError::Postgres { .. }), "{error}");
        cluster.start_again();
        assert_eq!(tables(&target), "0");
    }
    assert!(!source.move_to(&target).unwrap().was_there);
}

#[test]
fn a_row_that_is_not_taken_is_told_of() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    source.change("PRAGMA ignore_check_constraints = ON; UPDATE messages SET kind = 'song' WHERE seq = 9");
    let error = source.move_to(&target).unwrap_err();
    assert!(
        matches!(&error, MoveError::Postgres { reason } if reason.contains("messages_kind_check")),
        "{error}"
    );
    assert_eq!(tables(&target), "0");
}

#[test]
fn a_damaged_database_is_not_moved() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    let mut bytes = fs::read(&source.path).unwrap();
    for page in (2..bytes.len() / 4096).step_by(3) {
        bytes[page * 4096..page * 4096 + 64].fill(0xA5);
    }
    fs::write(&source.path, bytes).unwrap();
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::Source(OpenError::Damaged { .. })), "{error}");
    assert_eq!(tables(&target), "0");
}

#[test]
fn two_moves_at_once_are_one_too_many() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    let _filling = target.hold("SELECT pg_advisory_xact_lock(1130916206, hashtext(current_schema()))");
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::Busy { .. }), "{error}");
    assert!(error.to_string().contains("try again"));
}

#[test]
fn what_is_no_database_of_this_version_is_told() {
    let target = chinwag_fixtures::database();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let refused = || move_data(&path, &url(&target)).unwrap_err();
    assert!(matches!(refused(), MoveError::NoDatabase { .. }));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left there");
    fs::write(&path, "not a database at all, but long enough to be looked at".repeat(100)).unwrap();
    assert!(matches!(refused(), MoveError::Source(OpenError::NotADatabase { .. })));
    let source = Source::new();
    for (version, is_told) in [(0, "older"), (99, "newer")] {
        source.change(&format!("PRAGMA user_version = {version}"));
        let said = source.move_to(&target).unwrap_err().to_string();
        assert!(said.contains(is_told), "{said}");
    }
    assert_eq!(tables(&target), "0");
}
