use super::MoveError;
use super::tables::Table;
use crate::sqlite::{check_pages, epoch, explain, lock, open_current, refuse_moved};
use rusqlite::{Connection, Statement};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The SQLite database, as it is at one moment, held so that no server starts on it. It is not written to.
pub(super) struct Source {
    connection: Connection,
    path: PathBuf,
    pub(super) epoch: String,
    _lock: File,
}

impl Source {
    pub(super) fn open(database: &Path) -> Result<Self, MoveError> {
        if !database.is_file() {
            return Err(MoveError::NoDatabase { path: database.into() });
        }
        let lock = lock(database)?;
        refuse_moved(database)?;
        let connection = open_current(database)?;
        connection.execute_batch("BEGIN").map_err(|error| explain(database, error))?;
        let epoch = epoch(&connection)?;
        Ok(Self { connection, path: database.into(), epoch, _lock: lock })
    }

    /// Refuses one with broken pages, before anything is written elsewhere. Whether its rows fit together is what the keys of the other database
    /// look at.
    pub(super) fn check(&self) -> Result<(), MoveError> {
        check_pages(&self.connection).map_err(|error| self.unreadable(error))
    }

    pub(super) fn count(&self, table: &Table) -> Result<u64, MoveError> {
        let count = format!("SELECT count(*) FROM {}", table.name);
        let rows: i64 = self
            .connection
            .query_row(&count, [], |row| row.get(0))
            .map_err(|error| self.unreadable(error))?;
        Ok(rows.unsigned_abs())
    }

    /// What reads the rows of a table in the order of their keys.
    pub(super) fn select(&self, table: &Table) -> Result<Statement<'_>, MoveError> {
        self.connection.prepare(&table.select()).map_err(|error| self.unreadable(error))
    }

    /// The highest number that a table has given, also to a row that is gone; 0 for none.
    pub(super) fn last_number(&self, table: &Table) -> Result<i64, MoveError> {
        const LAST: &str = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?1";
        self.connection
            .query_row(LAST, [table.name], |row| row.get(0))
            .map_err(|error| self.unreadable(error))
    }

    /// The sentence for a failed read.
    pub(super) fn unreadable(&self, error: rusqlite::Error) -> MoveError {
        explain(&self.path, error).into()
    }
}
