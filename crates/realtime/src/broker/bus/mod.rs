//! The bus: one channel of Redis, on which every node tells all others what was committed there.
//!
//! What is told is a hint, and the truth is in the storage. So nothing here is stored or sent again; but a loss is noticed, and then
//! the storage is asked ([`Repair`]). Messages are numbered by their nodes, each node hears itself, and nothing is believed of sockets: they
//! stay open for a long time when nobody is at the other end.

mod link;
mod looks;
mod metrics;
mod outbox;
mod peers;
mod people;
mod publisher;
mod redis_url;
mod settling;
mod subscriber;

pub use link::{BusHealth, Loss, Namespace, Repair};
pub use metrics::BusMetrics;
pub use redis_url::{RedisUrl, WrongRedisUrl};

pub(super) use link::Link;
pub(super) use people::tell_people;
pub(super) use publisher::publish;
pub(super) use settling::settle_elsewhere;
pub(super) use subscriber::{subscribe, watch_over};

use rand::RngExt as _;
use std::time::Duration;

/// From one message of a node to the next at most, even when it has nothing to tell.
const BEAT: Duration = Duration::from_millis(500);
/// For how long a node may not be heard: three beats.
const SILENCE: Duration = Duration::from_millis(1500);
/// How long Redis may take for an answer.
const ANSWER: Duration = Duration::from_millis(1500);

/// From one attempt to connect to the next. Not the same for all nodes: they lose Redis at the same moment.
fn pause() -> Duration {
    Duration::from_millis(rand::rng().random_range(100..200))
}
