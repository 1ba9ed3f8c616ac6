//! Live delivery: who is connected, who subscribes to which room, and how an event reaches them all.
//!
//! What the storage publishes comes in through a [`broker`] to the [`Hub`], and goes to its room, whose fan-out task writes it
//! to every subscriber's [`SendQueue`]. Nothing here knows a format or a database: encoders, sockets and the log are handed in.
//!
//! Each module uses only those before it: `trust`, `presence` (people), `connection`, `room`, `directory`, [`broker`], `hub`, `repairer`.

pub mod broker;
mod connection;
mod directory;
mod hub;
mod metrics;
mod presence;
mod repairer;
mod room;
mod trust;

pub use connection::{Connection, ConnectionSettings, Encoders, Heartbeat, SendQueue, SendQueueLimits};
pub use directory::Bookmark;
pub use hub::{CatchingUp, Hub, HubSettings};
pub use metrics::Metrics;
pub use repairer::{Cause, Repairer};
pub use room::{CaughtUp, CountAnswers, NotLive, Replayer, Subscription};
pub use trust::Trust;
