//! The move of a server's data from SQLite to PostgreSQL.
//!
//! All of it is one transaction of PostgreSQL, which makes the tables, fills them, compares them with their source, and is then committed:
//! whatever interrupts it, the database is as empty as before, or whole. The source is only read.

mod cell;
mod error;
mod keys;
mod read_sqlite;
mod tables;
mod verify;
mod write_postgres;

pub use error::MoveError;

use crate::DatabaseUrl;
use crate::postgres::{NoSession, Schema, enter, explain, make_tables, refuse_foreign, said};
use crate::sqlite::note_moved;
use read_sqlite::Source;
use std::path::Path;
use tables::{TABLES, names};
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

/// Rows from one word of progress to the next.
const BATCH: u64 = 10_000;

/// What a move does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveStep {
    /// It looks whether the SQLite database is sound.
    Checking,
    /// Rows are written: so many of all.
    Copying(&'static str, u64, u64),
    /// Keys and indexes are built: so many of all.
    Indexing(u64, u64),
    /// Rows are compared: so many of all.
    Comparing(&'static str, u64, u64),
    /// It is brought to the disk.
    Committing,
}

/// What was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// How many rows of which table.
    pub rows: Vec<(&'static str, u64)>,
    /// In how many texts U+FFFD took the place of U+0000.
    pub mended: u64,
    /// Whether a move before this one had written all of it, so that this one has only compared.
    pub was_there: bool,
}

/// Moves what the SQLite database at `database` holds into the empty PostgreSQL database at `url`, and notes beside the former that it did. Blocks
/// until that is done, so a task must not call it.
///
/// A move that was interrupted after the last moment is found and ended by the next.
///
/// # Errors
/// [`MoveError`].
pub fn move_to_postgres(
    database: &Path,
    url: &DatabaseUrl,
    progress: &mut dyn FnMut(MoveStep),
) -> Result<Moved, MoveError> {
    let source = Source::open(database)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let moved = runtime.block_on(async {
        let (client, driver) = enter(url).await?;
        let moved = fill(&source, &client, url, progress).await;
        // The server undoes what was not committed.
        drop(client);
        let _ = driver.await;
        moved
    })?;
    note_moved(database, &url.to_string()).map_err(|(note, source)| MoveError::NoNote { note, source })?;
    Ok(moved)
}

async fn fill(
    source: &Source,
    client: &Client,
    url: &DatabaseUrl,
    progress: &mut dyn FnMut(MoveStep),
) -> Result<Moved, MoveError> {
    begin(client).await?;
    let found = make_tables(client).await.map_err(|error| match error.code() {
        Some(&SqlState::LOCK_NOT_AVAILABLE) => MoveError::Busy { database: url.database().to_owned() },
        _ => explain(NoSession::Refused(error), url).into(),
    })?;
    refuse_foreign(&found, url)?;
    match found {
        Schema::Empty => {}
        Schema::Usable | Schema::Newer(_) | Schema::Foreign => {
            return compare_with_earlier(source, client, url, progress).await;
        }
    }
    progress(MoveStep::Checking);
    source.check()?;
    write_postgres::empty(client).await?;
    let keys = keys::take(client).await?;
    let mut mended = 0;
    for table in &TABLES {
        let all = source.count(table)?;
        progress(MoveStep::Copying(table.name, 0, all));
        let mut progress = |rows| progress(MoveStep::Copying(table.name, rows, all));
        mended += write_postgres::copy(source, client, table, &mut progress).await?;
    }
    keys.bring_back(client, &mut |done, all| progress(MoveStep::Indexing(done, all))).await?;
    for table in TABLES.iter().filter(|table| table.is_numbered) {
        write_postgres::go_on_numbering(source, client, table).await?;
    }
    client.batch_execute(&format!("ANALYZE {}", names().join(", "))).await?;
    let rows = compare_all(source, client, progress).await?;
    verify::check_logs(client).await?;
    client.execute("UPDATE chinwag SET moved_from = $1", &[&source.epoch]).await?;
    progress(MoveStep::Committing);
    let committed = client.batch_execute("COMMIT").await;
    committed.map_err(|error| MoveError::InCommit { reason: said(&error) })?;
    Ok(Moved { rows, mended, was_there: false })
}

/// Begins the transaction, which may take as long as it takes.
async fn begin(client: &Client) -> Result<(), MoveError> {
    const SETTINGS: &str = "
        SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '3s';
        SET client_min_messages = warning; SET TimeZone = 'UTC'; SET standard_conforming_strings = on;
        BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    // So that an index is not built to its end for one who is gone. Not every system can look.
    let _ = client.batch_execute("SET client_connection_check_interval = '1s'").await;
    Ok(client.batch_execute(SETTINGS).await?)
}

/// Whether a database with tables holds what an earlier move has brought there, and nothing else.
async fn compare_with_earlier(
    source: &Source,
    client: &Client,
    url: &DatabaseUrl,
    progress: &mut dyn FnMut(MoveStep),
) -> Result<Moved, MoveError> {
    let database = url.database().to_owned();
    let from = client.query_one("SELECT moved_from FROM chinwag", &[]).await?;
    if from.get::<_, Option<&str>>(0) != Some(&source.epoch) {
        return Err(MoveError::NotEmpty { database });
    }
    match compare_all(source, client, progress).await {
        Ok(rows) => Ok(Moved { rows, mended: 0, was_there: true }),
        Err(MoveError::Differs { difference }) => Err(MoveError::MovedBefore { database, difference }),
        Err(error) => Err(error),
    }
}

async fn compare_all(
    source: &Source,
    client: &Client,
    progress: &mut dyn FnMut(MoveStep),
) -> Result<Vec<(&'static str, u64)>, MoveError> {
    let mut counts = Vec::new();
    for table in &TABLES {
        let all = source.count(table)?;
        progress(MoveStep::Comparing(table.name, 0, all));
        let mut progress = |rows| progress(MoveStep::Comparing(table.name, rows, all));
        counts.push((table.name, verify::compare(source, client, table, &mut progress).await?));
    }
    Ok(counts)
}
