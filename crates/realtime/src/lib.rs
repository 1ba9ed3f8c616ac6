//! Live delivery: who is connected, who listens to which room, and how an event reaches them all.
//!
//! A committed change comes in through a [`broker`], goes to its [`Room`](room), whose pump writes it to every member's
//! [`Outbox`]. Nothing here knows a format or a database: encoders and sockets are handed in. Of a [`Protocol`] only
//! is known what its clients are told.

pub mod broker;
mod connection;
mod connections;
mod directory;
mod heartbeat;
mod hub;
mod metrics;
mod notices;
mod outbox;
mod people;
mod presence;
mod protocol;
mod recent;
mod room;
mod socket;

pub use connection::{Connection, ConnectionSettings};
pub use heartbeat::Heartbeat;
pub use hub::Held;
pub use hub::{Hub, HubSettings};
pub use metrics::Metrics;
pub use outbox::{Errand, Outbox, OutboxLimits};
pub use protocol::{Encoders, Protocol};
pub use recent::Moment;
pub use room::{NotLive, Subscription};
pub use socket::{CloseReason, Socket};
