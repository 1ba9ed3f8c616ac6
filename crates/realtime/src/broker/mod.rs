//! How what the storage publishes reaches the live side of every node.

mod memory;

pub use memory::MemoryBroker;

use chinwag_core::ports::Publication;

/// The live side of one node, to which a broker hands what was published.
pub trait Receiver: Send + Sync {
    /// Takes one publication, in the order of the writes. Must not block: the storage's writer waits for it.
    fn receive(&self, publication: Publication);
}
