use crate::{OpenError, PostgresOpenError};
use std::io;
use std::path::PathBuf;

/// Why a move did not come to its end. Each is a sentence that tells the operator what to do. Unless it says otherwise, nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The SQLite database cannot be read, or is in use.
    #[error(transparent)]
    Source(#[from] OpenError),
    /// There is no SQLite database where one was said to be.
    #[error("There is no database at {}. Say with --data where its folder is.", .path.display())]
    NoDatabase {
        /// The place.
        path: PathBuf,
    },
    /// The PostgreSQL database cannot be used.
    #[error(transparent)]
    Target(#[from] PostgresOpenError),
    /// There is something in the PostgreSQL database.
    #[error(
        "The database {database} has tables of a Chinwag already, and nothing is moved among them. Create an empty one with: \
         createdb --encoding UTF8 NAME"
    )]
    NotEmpty {
        /// Its name.
        database: String,
    },
    /// It was moved there before, and what is there is not the same any more.
    #[error(
        "The database {database} was filled from here before, and it differs by now ({difference}). If a server has used it since, start \
         that with DATABASE_URL. To move once more, create an empty one with: createdb --encoding UTF8 NAME"
    )]
    MovedBefore {
        /// Its name.
        database: String,
        /// The first difference.
        difference: String,
    },
    /// Another process makes tables there.
    #[error(
        "Another chinwag fills the database {database}, or one that was interrupted has not ended there yet. Wait a moment, and try again."
    )]
    Busy {
        /// Its name.
        database: String,
    },
    /// PostgreSQL failed, or is gone.
    #[error("PostgreSQL failed ({reason}). Nothing of the move is left there. See its log, and move again.")]
    Postgres {
        /// What it said.
        reason: String,
    },
    /// The commit got no answer.
    #[error(
        "PostgreSQL was lost in the last moment ({reason}), and nobody knows whether everything is there. Move again: that finds out."
    )]
    InCommit {
        /// What was said.
        reason: String,
    },
    /// What was written is not what was read.
    #[error(
        "What PostgreSQL took is not what it was given: {difference}. Nothing of the move is left there, and the server may go on as before."
    )]
    Differs {
        /// The first difference.
        difference: String,
    },
    /// A log is not whole.
    #[error(
        "The log of room {room} is not whole: it ends at {head} and has {entries} entries from {first} on. Nothing was moved. Bring a backup \
         back with \"chinwag restore\", and move that."
    )]
    BrokenLog {
        /// Its number.
        room: i64,
        /// Its last seq, as the room says.
        head: i64,
        /// The first seq in it.
        first: i64,
        /// How many there are.
        entries: i64,
    },
    /// Everything is moved, and the old folder does not say so.
    #[error(
        "Everything was moved, but {} cannot be written. Start the server with DATABASE_URL from now on.", .note.display()
    )]
    NoNote {
        /// The file that should say so.
        note: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The system gives no means to wait for a server.
    #[error("Cannot wait for PostgreSQL. Raise the limit of open files.")]
    Runtime(#[from] io::Error),
}

impl From<tokio_postgres::Error> for MoveError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres { reason: crate::postgres::said(&error) }
    }
}
