use crate::OpenError;
use std::io;
use std::path::PathBuf;

/// Why a backup was not made or not brought back. Each is a sentence that tells the operator what to do.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database cannot be read or the folder not be taken.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no database where one was said to be.
    #[error("There is no database at {}. Say with --data where its folder is.", .path.display())]
    NoDatabase {
        /// The place.
        path: PathBuf,
    },
    /// A backup never overwrites anything.
    #[error("{} exists already. Choose another name, or move it away.", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else is writing this backup.
    #[error("Another chinwag is writing {}. Choose another name, or wait for it.", .path.display())]
    BeingWritten {
        /// The file.
        path: PathBuf,
    },
    /// A restore makes a new folder of data and never overwrites one.
    #[error("{} is not empty. Move it away, or restore into another folder with --data.", .folder.display())]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// The file is no backup, of a newer version, or damaged.
    #[error("{} cannot be used: {reason}", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, as a sentence.
        reason: String,
    },
    /// The copy was written, and is not what it should be.
    #[error("What was written to {} is damaged, so it was removed. Look after the disk, and try another one.", .path.display())]
    BadlyWritten {
        /// The file.
        path: PathBuf,
        /// What was found.
        source: rusqlite::Error,
    },
    /// A file cannot be read or written.
    #[error("Cannot write {}. Check that its folder is there, that the disk has room, and that this user may write there.", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The database failed while it was copied.
    #[error("Cannot copy the database to {}. Check that the disk has room.", .path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: rusqlite::Error,
    },
}
