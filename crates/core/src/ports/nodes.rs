use super::StoreFuture;
use crate::domain::{Millis, NodeId};

/// The leases of the nodes that serve one storage: a node that has one lives. All times are those of the storage's clock, one for all.
pub trait Nodes: Send + Sync {
    /// Takes a lease for a node that begins, or whose lease ran out. Its number was given to none before.
    fn enter(&self, node: NewNode) -> StoreFuture<NodeId>;

    /// Gives a lease back: the node delivers nothing any more.
    fn leave(&self, node: NodeId) -> StoreFuture<()>;

    /// Who has a lease at this moment.
    fn leases(&self) -> StoreFuture<Leases>;

    /// Prolongs a lease, notes up to when the node has repaired, and answers who has one then, this node among them.
    /// [`Refusal::Unauthorized`](crate::domain::Refusal::Unauthorized) when the lease had run out: the others may have gone on without
    /// this node, so it [enters](Self::enter) anew and repairs before it delivers anything.
    fn renew(&self, node: NodeId, repaired: Option<Millis>) -> StoreFuture<Leases>;
}

/// A node that wants a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNode {
    /// What the operator calls it.
    pub name: String,
    /// What it runs.
    pub version: String,
    /// A random number for as long as the process runs. Whatever else has a lease under it goes: the answer to an earlier
    /// [`enter`](Nodes::enter) may have been lost.
    pub process: i64,
    /// The number that it had before its lease ran out. What was that one's, its visitors, is the new one's.
    pub before: Option<NodeId>,
}

/// All leases at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leases {
    /// The moment.
    pub now: Millis,
    /// Who has one.
    pub live: Vec<LiveNode>,
    /// Whether a newer version has changed the storage so that this one may not use it any more.
    pub is_outdated: bool,
}

/// A node that has a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveNode {
    /// Its number.
    pub id: NodeId,
    /// What the operator calls it.
    pub name: String,
    /// What it runs.
    pub version: String,
    /// Up to when it has looked up whatever news it may have missed; none before its first repair.
    pub repaired_at: Option<Millis>,
}
