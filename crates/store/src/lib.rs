//! The storage of Chinwag: implementations of [`chinwag_core::ports::Store`].
//!
//! One folder per database with the same file names in each, one file per noun, and migrations with the same numbers under
//! `migrations/<database>/`. One contract suite, `tests/contract`, runs on every implementation.
//!
//! SQLite is the one there is now: [`SqliteStore`].

mod observer;
mod sqlite;

pub use observer::CommitObserver;
pub use sqlite::{CopyError, CopyStep, Location, OpenError, SqliteOptions, SqliteStore, backup, restore};
