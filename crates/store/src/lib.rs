//! The storage of Chinwag: implementations of [`chinwag_core::ports::Store`].
//!
//! One file per noun, with its SQL and its rules, written once. Below them is the narrow waist `sql`: what a noun knows of a database.
//! Below that a folder per engine: connections, threads, how transactions come to the disk, migrations under `migrations/<engine>/`. One
//! contract suite, `tests/contract`, runs on every implementation.
//!
//! The engines are SQLite, for one server alone, and PostgreSQL: [`SqliteStore`] and [`PostgresStore`].

mod account_bans;
mod accounts;
mod activity;
mod administration;
mod announcer;
mod attachments;
mod audit;
mod avatars;
mod blocks;
mod completion;
mod conversations;
mod custom_emoji;
mod device_links;
mod drafts;
mod due_pushes;
mod engine;
mod event_rows;
mod events;
mod first_rooms;
mod found_room;
mod history;
mod identities;
mod invites;
mod limits;
mod mail_links;
mod members;
mod mentions;
mod message_changes;
mod messages;
mod names;
mod nodes;
mod observer;
mod others;
mod oversight;
mod own_settings;
mod people;
mod pins;
mod postgres;
mod providers;
mod push_news;
mod pushes;
mod quotes;
mod reactions;
mod recovery;
mod reports;
mod room_files;
mod room_list;
mod room_settings;
mod room_update;
mod rooms;
mod sanctions;
mod saved;
mod scheduled;
mod scheduled_rows;
mod search;
mod search_index;
mod sessions;
mod sign_ins;
mod signing_keys;
mod sql;
mod sqlite;
mod standing;
mod thread_pages;
mod threads;
mod transfer;
mod user_groups;
mod visits;
mod vouched_rooms;
mod worker_pool;
mod write;

pub use observer::{CommitObserver, Worker};
pub use postgres::{
    DatabaseUrl, Durability, PostgresOpenError, PostgresOptions, PostgresStore, WrongDatabaseUrl,
};
pub use sqlite::{CopyError, CopyStep, Location, OpenError, SqliteOptions, SqliteStore, backup, restore};
pub use transfer::{MoveError, MoveStep, Moved, move_to_postgres};
