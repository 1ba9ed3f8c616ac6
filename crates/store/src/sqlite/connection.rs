use super::OpenError;
use super::migrations::{NEWEST, Schema, inspect, migrate};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{File, TryLockError, create_dir_all};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Statements kept prepared on each connection: above the number there are.
const STATEMENTS: usize = 96;

/// Only a backup or a curious person with a shell ever holds the file against us.
const PATIENCE: Duration = Duration::from_secs(5);

/// Takes the database's folder for this process, for as long as the file is open.
pub(super) fn lock(database: &Path) -> Result<File, OpenError> {
    let folder = match database.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        Some(_) | None => PathBuf::from("."),
    };
    create_dir_all(&folder).map_err(|source| OpenError::Folder { folder: folder.clone(), source })?;
    let path = folder.join("chinwag.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|source| OpenError::Lock { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { folder }),
        Err(TryLockError::Error(source)) => Err(OpenError::Lock { path, source }),
    }
}

/// Opens the database file for the writer, migrated.
pub(super) fn open_file(path: &Path) -> Result<Connection, OpenError> {
    let failed = |source| explain(path, source);
    let mut connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    match inspect(&connection).map_err(failed)? {
        Schema::Known => {}
        Schema::Newer(found) => return Err(OpenError::Newer { path: path.into(), found, known: NEWEST }),
        Schema::Foreign => return Err(OpenError::NotADatabase { path: path.into() }),
    }
    let mode: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(failed)?;
    if mode != "wal" {
        return Err(OpenError::NoWriteAheadLog { path: path.into() });
    }
    prepare(&mut connection).map_err(failed)?;
    Ok(connection)
}

/// Makes a database that lives as long as its connection.
pub(super) fn open_memory() -> Result<Connection, OpenError> {
    let open = || {
        let mut connection = Connection::open_in_memory()?;
        prepare(&mut connection)?;
        Ok(connection)
    };
    open().map_err(|source| OpenError::Sqlite { path: ":memory:".into(), source })
}

/// Opens a migrated database file for reading only.
pub(super) fn open_reader(path: &Path) -> Result<Connection, OpenError> {
    let open = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        keep_statements(&connection)?;
        Ok(connection)
    };
    open().map_err(|source| explain(path, source))
}

fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    // FULL: a commit returns when the disk has it, which is what an ack promises. The pages where busy rooms end are written
    // again with every commit: a log of 16 MB brings each of them to the file once instead of four times.
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -32768;
         PRAGMA wal_autocheckpoint = 4000;",
    )?;
    // A burst must not leave a large log file behind. SQLite answers this one with a row.
    connection.query_row("PRAGMA journal_size_limit = 67108864", [], |_| Ok(()))?;
    keep_statements(connection)?;
    migrate(connection)
}

fn keep_statements(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans must not depend on bound values: SQLite would prepare such a statement anew each time it is bound, which makes
    // finding a room twenty times as expensive.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn explain(path: &Path, source: rusqlite::Error) -> OpenError {
    if source.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
        return OpenError::NotADatabase { path: path.into() };
    }
    OpenError::Sqlite { path: path.into(), source }
}
