use super::StoreFuture;
use crate::domain::{Millis, NodeId};

/// A node whose lease has not run out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveNode {
    /// Its number, another one after each start.
    pub id: NodeId,
    /// What the operator calls it.
    pub name: String,
    /// What it runs.
    pub version: String,
    /// Up to when it has looked up whatever news it may have missed, by the storage's clock; none before its first repair.
    pub repaired_at: Option<Millis>,
}

/// The leases of the nodes that serve one storage. All times are those of the storage's clock.
pub trait Nodes: Send + Sync {
    /// Takes a lease for a node that begins, or whose lease ran out. Its number was given to none before.
    fn enter(&self, name: String) -> StoreFuture<NodeId>;

    /// Gives a lease back: the node delivers nothing any more.
    fn leave(&self, node: NodeId) -> StoreFuture<()>;

    /// Prolongs a lease, notes up to when the node has repaired, and answers all nodes that have a lease now, this one among them.
    /// [`Refusal::Unauthorized`](crate::domain::Refusal::Unauthorized) when the lease had run out: the others may have gone on without
    /// this node, so it [enters](Self::enter) anew and repairs before it delivers anything.
    fn renew(&self, node: NodeId, repaired: Option<Millis>) -> StoreFuture<Vec<LiveNode>>;
}
