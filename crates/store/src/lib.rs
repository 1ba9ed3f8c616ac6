//! The storage of Chinwag: implementations of [`chinwag_core::ports::Store`].
//!
//! One file per noun, with its SQL and its rules, written once. Below them is the narrow waist `sql`: what a noun knows of a database.
//! Below that a folder per engine: connections, threads, how transactions come to the disk, migrations under `migrations/<engine>/`. One
//! contract suite, `tests/contract`, runs on every implementation.
//!
//! SQLite is the one there is now: [`SqliteStore`].

mod administration;
mod engine;
mod event_rows;
mod events;
mod found_room;
mod history;
mod members;
mod messages;
mod names;
mod observer;
mod room_list;
mod rooms;
mod sessions;
mod sql;
mod sqlite;
mod visits;
mod write;

pub use observer::CommitObserver;
pub use sqlite::{CopyError, CopyStep, Location, OpenError, SqliteOptions, SqliteStore, backup, restore};
