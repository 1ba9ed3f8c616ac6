//! What every storage promises. Each test runs on every implementation; those that need a restart, on every
//! implementation that survives one. The files `sqlite_*` and `postgres_*` hold what only one of them
//! promises.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod accounts;
mod administration;
mod attachments;
mod broker;
mod doubles;
mod model;
mod nouns;
mod world;

mod account_bans;
mod history;
mod identities;
mod members;
mod mentions;
mod message_changes;
mod messages;
mod moving;
mod nodes;
mod order;
mod pins;
mod postgres_circles;
mod postgres_failures;
mod postgres_lanes;
mod postgres_limits;
mod postgres_nodes;
mod postgres_opening;
mod postgres_plans;
mod postgres_tls;
mod private_rooms;
mod providers;
mod random;
mod random_nodes;
mod reactions;
mod recovery;
mod replies;
mod restart;
mod restraints;
mod room_changes;
mod room_list;
mod rooms;
mod sanctions;
mod saved;
mod scheduled;
mod search;
mod sessions;
mod sqlite_batches;
mod sqlite_copies;
mod sqlite_index;
mod sqlite_opening;
mod thread_followers;
mod threads;
mod visits;
