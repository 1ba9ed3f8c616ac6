use crate::sql::{Cause, DatabaseError};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// What an error of PostgreSQL is to the nouns.
pub(super) fn database_error(error: Error) -> DatabaseError {
    let (cause, said) = (cause(&error), said(&error));
    let code = error.code().map(SqlState::code);
    let told = DatabaseError::new(cause, said);
    match code {
        Some(code) => told.with_code(code),
        None => told,
    }
}

/// The flight took too long, or there is no connection.
pub(super) fn silent(what: &'static str) -> DatabaseError {
    DatabaseError::new(Cause::Disconnected, what)
}

/// What happened, in one line: this library's own words leave out what the server said.
pub(crate) fn said(error: &Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => std::error::Error::source(error)
            .map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
    }
}

fn cause(error: &Error) -> Cause {
    let Some(said) = error.as_db_error() else {
        // Without an answer of the server it is the connection, or a value that does not fit its parameter.
        let is_io = std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>());
        return if error.is_closed() || is_io { Cause::Disconnected } else { Cause::Defect };
    };
    const CONFLICTS: [SqlState; 3] =
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE];
    let code = said.code();
    if CONFLICTS.contains(code) {
        Cause::Conflict
    } else if *code == SqlState::UNIQUE_VIOLATION {
        Cause::Taken
    } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        // The server became a replica while we were connected: another one is the primary now.
        Cause::Disconnected
    } else {
        match code.code().get(..2) {
            // Connection exceptions, and an operator who stops the server.
            Some("08") => Cause::Disconnected,
            Some("57") if *code != SqlState::QUERY_CANCELED => Cause::Disconnected,
            Some("57" | "53" | "58") => Cause::Exhausted,
            Some("XX") if *code != SqlState::INTERNAL_ERROR => Cause::Damaged,
            _ => Cause::Defect,
        }
    }
}
