//! Backups: a copy of a database while it is in use, and a database made from such a copy.

mod backup;
mod error;
mod part;
mod restore;

pub use backup::backup;
pub use error::CopyError;
pub use restore::restore;

use std::path::Path;

/// What a backup or a restore does now.
#[derive(Clone, Copy, Debug)]
pub enum CopyStep<'a> {
    /// Bytes are copied.
    Copying {
        /// The file into which they come.
        into: &'a Path,
        /// About how many they will be.
        bytes: u64,
    },
    /// What was written is looked at.
    Checking,
    /// It is brought to the disk.
    Syncing,
}
