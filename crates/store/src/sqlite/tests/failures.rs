//! Failures that no caller of the port can bring about.

use super::{rooms, store, store_at, wait};
use crate::engine::Engine as _;
use crate::sql::{Failure, values};
use crate::sqlite::{Location, SqliteStore};
use crate::write::Write;
use chinwag_core::domain::{Refusal, SessionId, UserId};
use chinwag_core::ports::{Store as _, StoreFuture, UserEvent};
use futures_util::future::join3;
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Keeps the writer in a transaction of its own until the sender is dropped, so that what follows shares the next one.
fn busy(store: &SqliteStore) -> (Sender<()>, StoreFuture<()>) {
    let (end, ended) = channel::<()>();
    let ended = Mutex::new(ended);
    let (begin, began) = channel();
    let answer = store.0.write("busy", move |_| {
        begin.send(()).unwrap();
        let _ = ended.lock().unwrap().recv();
        Ok(())
    });
    began.recv().unwrap();
    (end, answer)
}

/// A write that leaves a row and a change.
fn room(store: &SqliteStore, slug: &'static str) -> StoreFuture<()> {
    store.0.write("room", move |write| add_room(write, slug))
}

fn add_room(write: &mut Write<'_>, slug: &str) -> Result<(), Failure> {
    const INSERT: &str = "INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, created_at)
         VALUES ('public', ?1, '', '', '', '', 0)";
    write.sql.execute(INSERT, values![slug])?;
    write.tell_person(UserId(0), UserEvent::SessionEnded(SessionId(0)));
    Ok(())
}

#[test]
fn a_panic_costs_one_write_only() {
    let (store, hearing) = store(|| {});
    let (end, busy) = busy(&store);
    let before = room(&store, "before");
    let panics = store.0.write::<(), _>("panics", |write| {
        add_room(write, "panics")?;
        panic!("on purpose")
    });
    let after = room(&store, "after");
    drop(end);
    assert_eq!(wait(busy), Ok(()));
    assert_eq!(wait(join3(before, panics, after)), (Ok(()), Err(Refusal::Unavailable), Ok(())));
    assert_eq!(rooms(&store), 5);
    assert_eq!(hearing.try_iter().collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_commit_that_fails_answers_all_and_publishes_nothing() {
    let (store, hearing) = store(|| {});
    let (end, busy) = busy(&store);
    let before = room(&store, "before");
    let broken = store.0.write("broken", |write| {
        // Held back until the commit, the broken reference makes the commit itself fail.
        const DEFER: &str = "PRAGMA defer_foreign_keys = ON";
        const INSERT: &str =
            "INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, created_at, creator_id)
            VALUES ('public', 'broken', '', '', '', '', 0, 404)";
        write.sql.execute(DEFER, &[])?;
        Ok(write.sql.execute(INSERT, &[]).map(|_| ())?)
    });
    let after = room(&store, "after");
    drop(end);
    assert_eq!(wait(busy), Ok(()));
    let unavailable = Err(Refusal::Unavailable);
    assert_eq!(wait(join3(before, broken, after)), (unavailable.clone(), unavailable.clone(), unavailable));
    assert_eq!((rooms(&store), hearing.try_iter().count()), (3, 0));
    assert_eq!(wait(room(&store, "later")), Ok(()));
    assert_eq!((rooms(&store), hearing.try_iter().count()), (4, 1));
}

#[test]
fn a_broker_that_panics_does_not_undo_the_commit() {
    let (store, hearing) = store(|| panic!("on purpose"));
    assert_eq!(wait(room(&store, "one")), Ok(()));
    assert_eq!(wait(room(&store, "two")), Ok(()));
    assert_eq!((rooms(&store), hearing.try_iter().count()), (5, 2));
}

#[test]
fn a_read_that_fails_or_panics_costs_itself_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    for path in [Location::Memory, Location::File(path)] {
        let (store, _hearing) = store_at(path, || {});
        let panics = store.0.read::<(), _>("panics", |_| panic!("on purpose"));
        let fails =
            store.0.look("fails", |connection| Ok(connection.execute_batch("SELECT * FROM nowhere")?));
        assert_eq!(wait(panics), Err(Refusal::Unavailable));
        assert_eq!(wait(fails), Err(Refusal::Unavailable));
        assert_eq!(rooms(&store), 3);
    }
}

#[test]
fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _hearing) = store_at(Location::File(folder.path().join("chinwag.db")), || {});
    let written = store.0.look("writes", |connection| Ok(connection.execute_batch("DELETE FROM rooms")?));
    assert_eq!(wait(written), Err(Refusal::Unavailable));
    assert_eq!(rooms(&store), 3);
}

#[test]
fn the_last_handle_may_be_dropped_on_the_writer_itself() {
    let (store, hearing) = store(|| {});
    let store = Arc::new(store);
    let (end, busy) = busy(&store);
    let last = Arc::clone(&store);
    let answer = store.0.write("holds the store", move |_| {
        assert_eq!(Arc::strong_count(&last), 1);
        Ok(())
    });
    drop(store);
    drop(end);
    assert_eq!((wait(busy), wait(answer)), (Ok(()), Ok(())));
    // The thread has ended when the broker that it owned is gone.
    assert_eq!(hearing.recv_timeout(Duration::from_secs(60)), Err(RecvTimeoutError::Disconnected));
}

#[test]
fn a_storage_that_takes_no_writes_is_not_ready_until_it_does() {
    let (store, _hearing) = store(|| {});
    let read_only = |on: bool| {
        wait(store.0.look("pragma", move |connection| Ok(connection.pragma_update(None, "query_only", on)?)))
    };
    assert_eq!(wait(store.ready()), Ok(()));
    read_only(true).unwrap();
    assert_eq!(wait(room(&store, "den")), Err(Refusal::Unavailable));
    assert_eq!(wait(store.ready()), Err(Refusal::Unavailable));
    read_only(false).unwrap();
    assert_eq!((wait(store.ready()), wait(store.ready())), (Ok(()), Ok(())));
}

/// A full disk refuses what changes bytes and nothing else.
#[test]
fn a_storage_whose_disk_is_full_is_not_ready_until_a_write_that_changes_bytes_works() {
    let (store, _hearing) = store(|| {});
    let bounded = |pages: i64| {
        wait(store.0.look("pragma", move |connection| {
            Ok(connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        }))
    };
    bounded(1).unwrap();
    let text = "x".repeat(100_000);
    let message = || {
        let text = text.clone();
        store.0.write("message", move |write| {
            const INSERT: &str =
                "INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, created_at)
                VALUES ('public', hex(randomblob(8)), ?1, '', '', '', 0)";
            Ok(write.sql.execute(INSERT, values![&text]).map(|_| ())?)
        })
    };
    for _ in 0..3 {
        assert_eq!(wait(message()), Err(Refusal::Unavailable));
        assert_eq!(wait(store.ready()), Err(Refusal::Unavailable));
        assert_eq!(wait(store.ready()), Err(Refusal::Unavailable));
    }
    bounded(1_000_000).unwrap();
    assert_eq!((wait(store.ready()), wait(message())), (Ok(()), Ok(())));
    let probe =
        || {
            let sql = "SELECT hex(probe) FROM about";
            wait(store.0.look("probe", |connection| {
                Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?)
            }))
        };
    let before = probe();
    assert_eq!(
        (wait(store.ready()), probe()),
        (Ok(()), before),
        "one that works is asked to write nothing more"
    );
}

/// Overwrites the beginnings of pages.
fn damage(database: &Path, pages: Range<u64>) {
    let file = File::options().write(true).open(database).unwrap();
    for page in pages {
        file.write_all_at(&[0xA5; 64], page * 4096).unwrap();
    }
    // Closed in this process, it would take the locks of the connections with it.
    std::mem::forget(file);
}

fn failing_read(store: &SqliteStore, code: i32) -> StoreFuture<()> {
    store.0.look("fails", move |_| {
        Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into())
    })
}

#[test]
fn a_storage_that_cannot_read_is_not_ready_until_a_look_at_the_disk_finds_it_sound() {
    let (store, _hearing) = store(|| {});
    assert_eq!(wait(failing_read(&store, rusqlite::ffi::SQLITE_IOERR)), Err(Refusal::Unavailable));
    let look = store.0.health.look().unwrap();
    assert_eq!(wait(store.ready()), Err(Refusal::Unavailable), "somebody looks already, and nobody else may");
    drop(look);
    assert!(store.0.health.reads_fail());
    assert_eq!(wait(store.ready()), Ok(()));
    assert!(!store.0.health.reads_fail());
}

#[test]
fn a_storage_that_met_a_broken_page_is_not_ready_any_more() {
    for reads in [true, false] {
        let (store, _hearing) = store(|| {});
        let corrupt = rusqlite::ffi::SQLITE_CORRUPT;
        let failed = if reads {
            failing_read(&store, corrupt)
        } else {
            store.0.write("fails", move |_| {
                Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(corrupt), None).into())
            })
        };
        assert_eq!(wait(failed), Err(Refusal::Unavailable));
        // Other pages can still be written.
        assert_eq!(wait(room(&store, "den")), Ok(()));
        assert_eq!(
            (wait(store.ready()), wait(store.ready())),
            (Err(Refusal::Unavailable), Err(Refusal::Unavailable))
        );
    }
}

#[test]
fn bytes_that_change_in_the_file_are_met_by_a_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let (store, _hearing) = store_at(Location::File(path.clone()), || {});
    let text = "x".repeat(1_000_000);
    let fill = store.0.write("fill", move |write| {
        const INSERT: &str = "INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, created_at)
            VALUES ('public', 'den', ?1, '', '', '', 0)";
        Ok(write.sql.execute(INSERT, values![&text]).map(|_| ())?)
    });
    assert_eq!(wait(fill), Ok(()));
    store.close();
    drop(store);
    let (store, _hearing) = store_at(Location::File(path.clone()), || {});
    let pages = path.metadata().unwrap().len() / 4096;
    damage(&path, 1..pages);
    assert_eq!(
        wait(store.0.look("rooms", |connection| {
            Ok(connection.query_row("SELECT count(title) FROM rooms", [], |_| Ok(()))?)
        })),
        Err(Refusal::Unavailable)
    );
    assert_eq!(
        (wait(store.ready()), wait(store.ready())),
        (Err(Refusal::Unavailable), Err(Refusal::Unavailable))
    );
}
