use super::part::Part;
use super::{CopyError, CopyStep};
use crate::sqlite::check::check_all;
use crate::sqlite::connection::{explain, open_existing, open_reader};
use rusqlite::ErrorCode;
use std::path::Path;

/// Copies the database at `database`, as it is at one moment, into the new file `copy`; answers how many bytes that has. The database may
/// be in use: those who write do not wait, and do not make this begin anew.
///
/// # Errors
/// [`CopyError`]. Then no file `copy` is left.
pub fn backup(
    database: &Path,
    copy: &Path,
    progress: &mut dyn FnMut(CopyStep<'_>),
) -> Result<u64, CopyError> {
    if !database.is_file() {
        return Err(CopyError::NoDatabase { path: database.into() });
    }
    if copy.exists() {
        return Err(CopyError::Exists { path: copy.into() });
    }
    let connection = open_existing(database)?;
    let part = Part::begin(copy)?;
    let size = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let bytes = size("page_count").and_then(|count| Ok(count.saturating_mul(size("page_size")?)));
    progress(CopyStep::Copying { into: &part.path, bytes: bytes.unwrap_or_default().unsigned_abs() });
    let Some(path) = part.path.to_str() else {
        return Err(CopyError::Unusable {
            path: copy.into(),
            reason: "Its name is not Unicode; choose another one.".to_owned(),
        });
    };
    // Reads one moment of the database, and leaves out what was deleted.
    connection.execute("VACUUM INTO ?1", [path]).map_err(|source| match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => explain(database, source).into(),
        _ => CopyError::Copy { path: copy.into(), source },
    })?;
    progress(CopyStep::Checking);
    let checked = open_reader(&part.path).map(|written| check_all(&written));
    match checked {
        Ok(Ok(())) => part.finish(progress),
        Ok(Err(source)) => Err(CopyError::BadlyWritten { path: copy.into(), source }),
        Err(error) => Err(error.into()),
    }
}
