use super::part::Part;
use super::{CopyError, CopyStep};
use crate::OpenError;
use crate::sqlite::check::check_all;
use crate::sqlite::connection::{LOCK, folder_of, lock, with_logs};
use crate::sqlite::migrations::{NEWEST, Schema, inspect, migrate};
use crate::sqlite::private;
use rusqlite::{Connection, ErrorCode};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;

/// Makes the database at `database` from the backup `copy`; answers how many bytes it has. Its folder must not be in use and must be empty.
/// Clients that know what was there before begin anew: the database has another epoch.
///
/// # Errors
/// [`CopyError`]. Then no database is made.
pub fn restore(
    copy: &Path,
    database: &Path,
    progress: &mut dyn FnMut(CopyStep<'_>),
) -> Result<u64, CopyError> {
    let mut source = open(copy)?;
    let folder = folder_of(database);
    let is_empty = || holds_nothing(&folder, database);
    if !is_empty()? && !folder.join(LOCK).exists() {
        return Err(CopyError::NotEmpty { folder });
    }
    // Held until everything is in its place, so that no server starts in between.
    let _held = lock(database)?;
    if !is_empty()? {
        return Err(CopyError::NotEmpty { folder });
    }
    let mut part = Part::begin(database)?;
    private::give_to_owner_of(&folder, &part.file);
    let bytes = source.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    progress(CopyStep::Copying { into: &part.path, bytes });
    io::copy(&mut source, &mut part.file)
        .map_err(|source| CopyError::Write { path: database.into(), source })?;
    progress(CopyStep::Checking);
    prepare(&part.path).map_err(|reason| CopyError::Unusable { path: copy.into(), reason })?;
    part.finish(progress)
}

fn open(copy: &Path) -> Result<File, CopyError> {
    let unusable = |reason: String| CopyError::Unusable { path: copy.into(), reason };
    if !copy.is_file() {
        return Err(unusable("There is no such file.".to_owned()));
    }
    // The newest changes would be missing.
    let [_, logs @ ..] = with_logs(copy);
    if let Some(log) = logs.iter().find(|log| log.metadata().is_ok_and(|log| log.len() > 0)) {
        let log = log.display();
        let reason = format!(
            "With {log} beside it, it is the database of a server and no backup. Make one with \"chinwag backup\"."
        );
        return Err(unusable(reason));
    }
    File::open(copy).map_err(|error| unusable(format!("It cannot be read ({error}).")))
}

/// Whether there is nothing in a folder but what this itself leaves there, and an empty disk has.
fn holds_nothing(folder: &Path, database: &Path) -> Result<bool, CopyError> {
    let part = format!("{}.part", database.file_name().unwrap_or_default().display());
    let failed = |source| CopyError::Open(OpenError::Folder { folder: folder.into(), source });
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        // The socket of a server that was killed.
        let is_socket = entry.file_type().map_err(failed)?.is_socket();
        let is_known =
            is_socket || name == LOCK || name == "lost+found" || name.to_string_lossy().starts_with(&part);
        if !is_known {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes of a copy a database of its own: sound, of this version, in an epoch of its own. Otherwise says why not.
fn prepare(copy: &Path) -> Result<(), String> {
    let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "It is not a Chinwag database.".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => format!("It is damaged ({error}). Take an older one."),
        _ => format!("It cannot be prepared ({error}). Check that the disk has room."),
    };
    let mut connection = Connection::open(copy).map_err(failed)?;
    match inspect(&connection).map_err(failed)? {
        Schema::Known => {}
        Schema::Newer(found) => {
            return Err(format!(
                "Its schema is {found}, and this version knows {NEWEST}: use the version that wrote it, or a newer one."
            ));
        }
        Schema::Empty | Schema::Foreign => return Err("It is not a Chinwag database.".to_owned()),
    }
    // Nothing is to be left beside it; a server that opens it keeps a log again.
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(failed)?;
    check_all(&connection).map_err(failed)?;
    migrate(&mut connection).map_err(failed)?;
    connection.execute("UPDATE about SET epoch = lower(hex(randomblob(4)))", []).map_err(failed)?;
    connection.close().map_err(|(_, error)| failed(error))
}
