//! How what the storage publishes reaches the live side of every node.

mod memory;

pub use memory::MemoryBroker;

use chinwag_core::ports::{Publication, Settling};
use futures_util::future::BoxFuture;

/// The live side of one node, to which a broker hands what was published.
pub trait Receiver: Send + Sync {
    /// Takes one publication. Those of other nodes may come in another order than those of this one, twice, or never: each room's
    /// sequence puts its events right. Must not block: the storage's writer waits for it.
    fn receive(&self, publication: Publication);

    /// Resolves when this node has applied something: has delivered the room up to there, or closed the connections of the sign-in.
    fn applied(&self, what: Settling) -> BoxFuture<'static, ()>;
}
