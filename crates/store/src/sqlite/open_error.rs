use std::io;
use std::path::PathBuf;

/// Why a SQLite storage did not open. Each is a sentence that tells the operator what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of the database is not there and cannot be made.
    #[error("Cannot create the folder {}. Create it yourself or choose another one.", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The lock file cannot be opened or locked.
    #[error("Cannot lock {}. Make the folder writable for this user.", .path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The database file, or what SQLite keeps beside it, cannot be opened or made.
    #[error("Cannot write {}. Check that it belongs to this user, and that the disk has room.", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// Another process has the database.
    #[error("Another chinwag is using {}. Stop it, or choose another folder.", .folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// What it holds was moved into another database.
    #[error(
        "What {} held was moved to {place}. Start the server with DATABASE_URL. To go on with the old data all the same, \
         remove {}.", .folder.display(), .note.display()
    )]
    Moved {
        /// The folder.
        folder: PathBuf,
        /// Where it is now, without a password.
        place: String,
        /// The file that says so.
        note: PathBuf,
    },
    /// An older version wrote the database.
    #[error(
        "{} was written by an older Chinwag. Start this version on it once, which brings it up to date, and stop it again.",
        .path.display()
    )]
    Older {
        /// The database.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is not a Chinwag database. Move it away, or choose another folder.", .path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// Some of its pages are broken.
    #[error(
        "The database {} is damaged. Stop here, keep a copy of its folder, and bring a backup back with \"chinwag \
         restore\".", .path.display()
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What was found.
        source: rusqlite::Error,
    },
    /// A newer version has migrated the database.
    #[error(
        "{} was written by a newer Chinwag (its schema is {found}, this version knows {known}). Run that version, or \
         restore a backup.", .path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The schema of the database.
        found: i64,
        /// The newest schema of this version.
        known: i64,
    },
    /// The file system cannot hold a write-ahead log.
    #[error("The file system of {} cannot share memory (a network folder?). Choose a folder on a local disk.", .path.display())]
    NoWriteAheadLog {
        /// The database.
        path: PathBuf,
    },
    /// SQLite cannot open or migrate the database.
    #[error(
        "Cannot open the database {}. Check that this user may read and write it, and that the disk has \
         room.", .path.display()
    )]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// The cause.
        source: rusqlite::Error,
    },
    /// The system gives no thread.
    #[error("Cannot start a thread for the storage. Raise the limit of processes.")]
    Thread(#[from] io::Error),
}
