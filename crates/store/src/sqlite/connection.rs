use super::OpenError;
use super::check::{Reach, check_within};
use super::migrations::{NEWEST, Schema, inspect, migrate, version};
use super::private;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Statements kept prepared on each connection: above the number there are.
const STATEMENTS: usize = 96;

/// Only a backup or a curious person with a shell ever holds the file against us.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The file in a database's folder whose lock says that it is in use.
pub(super) const LOCK: &str = "chinwag.lock";

/// How long a start looks for broken pages: some gigabytes on a usual disk.
const LONGEST_CHECK: Duration = Duration::from_secs(5);

/// Takes the database's folder for this process, for as long as the file is open.
pub(crate) fn lock(database: &Path) -> Result<File, OpenError> {
    let folder = folder_of(database);
    private::folder(&folder).map_err(|source| OpenError::Folder { folder: folder.clone(), source })?;
    let path = folder.join(LOCK);
    let file = private::file(&path).map_err(|source| OpenError::Lock { path: path.clone(), source })?;
    private::give_to_owner_of(&folder, &file);
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { folder }),
        Err(TryLockError::Error(source)) => Err(OpenError::Lock { path, source }),
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// Opens the database file for the writer, migrated.
pub(super) fn open_file(path: &Path) -> Result<Connection, OpenError> {
    let failed = |source| explain(path, source);
    for file in with_logs(path) {
        if file == path || file.exists() {
            // SQLite gives what it makes beside the database the mode of that.
            drop(private::file(&file).map_err(|source| OpenError::File { path: file.clone(), source })?);
        }
    }
    let mut connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    match inspect(&connection).map_err(failed)? {
        Schema::Empty | Schema::Known => {}
        Schema::Newer(found) => return Err(OpenError::Newer { path: path.into(), found, known: NEWEST }),
        Schema::Foreign => return Err(OpenError::NotADatabase { path: path.into() }),
    }
    let mode: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(failed)?;
    if mode != "wal" {
        return Err(OpenError::NoWriteAheadLog { path: path.into() });
    }
    check_in_time(&connection, path)?;
    prepare(&mut connection).map_err(failed)?;
    Ok(connection)
}

/// A start must not take as long as a database is large.
fn check_in_time(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let reach = check_within(connection, LONGEST_CHECK).map_err(|error| explain(path, error))?;
    if reach == Reach::Part {
        let seconds = LONGEST_CHECK.as_secs();
        tracing::info!(seconds, "the database is large: only a part of it was looked at for damage");
    }
    Ok(())
}

/// A database and what SQLite keeps beside it.
pub(super) fn with_logs(database: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

/// Which epoch the database is in.
pub(crate) fn epoch(connection: &Connection) -> Result<String, OpenError> {
    let read = connection.query_row("SELECT epoch FROM about", [], |row| row.get(0));
    read.map_err(|source| OpenError::Sqlite { path: connection.path().unwrap_or(":memory:").into(), source })
}

/// Makes a database that lives as long as its connection.
pub(crate) fn open_memory() -> Result<Connection, OpenError> {
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

/// Opens a database that exists and is of a version that this one knows, for reading only. Others may be using it.
pub(super) fn open_existing(path: &Path) -> Result<Connection, OpenError> {
    let connection = open_reader(path)?;
    match inspect(&connection).map_err(|source| explain(path, source))? {
        Schema::Known => Ok(connection),
        Schema::Newer(found) => Err(OpenError::Newer { path: path.into(), found, known: NEWEST }),
        Schema::Empty | Schema::Foreign => Err(OpenError::NotADatabase { path: path.into() }),
    }
}

/// The same for one that is of this very version.
pub(crate) fn open_current(path: &Path) -> Result<Connection, OpenError> {
    let connection = open_existing(path)?;
    match version(&connection).map_err(|source| explain(path, source))? {
        version if version < NEWEST => Err(OpenError::Older { path: path.into() }),
        _ => Ok(connection),
    }
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
    // What is deleted is overwritten in the file, and not only left out.
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
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

pub(crate) fn explain(path: &Path, source: rusqlite::Error) -> OpenError {
    match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::NotADatabase { path: path.into() },
        Some(ErrorCode::DatabaseCorrupt) => OpenError::Damaged { path: path.into(), source },
        _ => OpenError::Sqlite { path: path.into(), source },
    }
}
