use crate::sql::{Cause, DatabaseError, Failure};
use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
use rusqlite::{Error, ErrorCode};

impl From<Error> for DatabaseError {
    fn from(error: Error) -> Self {
        Self::new(cause(&error), error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Database(error.into())
    }
}

fn cause(error: &Error) -> Cause {
    let extended = error.sqlite_error().map(|error| error.extended_code);
    if let Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE) = extended {
        return Cause::Taken;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Cause::Damaged,
        Some(
            ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::OutOfMemory,
        ) => Cause::Exhausted,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Cause::Conflict,
        Some(_) | None => Cause::Defect,
    }
}
