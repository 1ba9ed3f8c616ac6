//! Looks for broken pages.

use rusqlite::{Connection, Error, ErrorCode};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::Duration;

/// How far a look for broken pages came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// All of it is sound.
    Whole,
    /// What was seen in the time is sound.
    Part,
}

/// Looks for broken pages, as far as `limit` reaches. What is found is an error of the kind that a read of such a page gives.
pub(super) fn check_within(connection: &Connection, limit: Duration) -> rusqlite::Result<Reach> {
    let interrupt = connection.get_interrupt_handle();
    let (done, is_done) = channel::<()>();
    let watch = Builder::new().name("chinwag-check".into()).spawn(move || {
        // Disconnected means that the check came to its end by itself.
        if is_done.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            interrupt.interrupt();
        }
    });
    // Without a thread nobody could end it.
    let Ok(watch) = watch else { return Ok(Reach::Part) };
    let checked = check_pages(connection);
    drop(done);
    if watch.join().is_err() {
        tracing::error!("the thread that bounds the check of the database panicked");
    }
    match checked {
        Ok(()) => Ok(Reach::Whole),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => Ok(Reach::Part),
        Err(error) => Err(error),
    }
}

/// Looks for broken pages, however long it takes.
pub(crate) fn check_pages(connection: &Connection) -> rusqlite::Result<()> {
    run(connection, "PRAGMA quick_check(1)")
}

/// Looks at everything, also whether indexes and tables agree.
pub(super) fn check_all(connection: &Connection) -> rusqlite::Result<()> {
    run(connection, "PRAGMA integrity_check(1)")
}

fn run(connection: &Connection, check: &str) -> rusqlite::Result<()> {
    let found: String = connection.query_row(check, [], |row| row.get(0))?;
    if found == "ok" {
        return Ok(());
    }
    Err(Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(found)))
}
