//! How what the storage publishes reaches the live side of every node.

mod bus;
mod memory;
mod redis;

pub use bus::{BusHealth, BusMetrics, Loss, Namespace, RedisUrl, Repair, WrongRedisUrl};
pub use memory::MemoryBroker;
pub use redis::{RedisBroker, RedisBrokerSettings};

use chinwag_core::domain::{NodeId, Refusal, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews, Publication, Settling};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The live side of one node, to which a broker hands what was published.
pub trait Receiver: Send + Sync {
    /// Takes one publication. Those of other nodes may come in another order than those of this one, twice, or never: each room's
    /// sequence puts its events right. Must not block: the storage's writer waits for it.
    fn receive(&self, publication: Publication);

    /// Resolves when this node has applied something: has delivered the room up to there, or closed the connections of the sign-in.
    fn applied(&self, what: Settling) -> BoxFuture<'static, ()>;
}

/// The same for a broker of several nodes.
pub trait NodeReceiver: Receiver {
    /// The same as [`receive`](Receiver::receive) for what was committed at another node.
    fn receive_from_elsewhere(&self, publication: Publication);

    /// Has what is told of this node's people gathered from now on.
    fn tell_others(&self);

    /// Takes what another node tells of its people, in the order of that node's publications.
    /// [`PresenceNews::Asked`] is not for here, but for the broker.
    fn receive_presence(&self, node: NodeId, news: PresenceNews);

    /// Resolves when there is something to [take](Self::take_presence).
    fn presence_came(&self) -> BoxFuture<'_, ()>;

    /// How the presence of this node's own people changed since this was asked last, for the others.
    /// Whether more changed than was gathered, so that everybody is to be told of, is answered beside it.
    fn take_presence(&self) -> (Vec<PresenceNews>, bool);

    /// The next people of this node behind this number, at most `limit`, as they are now; and up to which number these are all. The last
    /// number of all says that they are the last.
    fn own_people(&self, after: UserId, limit: usize) -> (Vec<PersonThere>, UserId);

    /// Says which nodes have a lease now: the people of all others are gone.
    fn keep_nodes(&self, live: &[NodeId]);

    /// Looks up what the rooms here miss of their logs: often, while no news come.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the storage does not answer.
    fn repair_rooms(self: Arc<Self>) -> BoxFuture<'static, Result<(), Refusal>>;

    /// Looks up everything that this node may have missed: once, when news come again. Resolves when the live side knows it.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the storage does not answer.
    fn repair(self: Arc<Self>) -> BoxFuture<'static, Result<(), Refusal>>;
}
