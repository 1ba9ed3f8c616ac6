use super::{Publication, StoreFuture};
use crate::domain::{RoomId, Seq, SessionId, UserId};

/// Carries committed changes to the live connections of all nodes, this one included.
pub trait Broker: Send + Sync {
    /// Takes the publications of one commit, in the order of the writes (so each room's events in the order of `seq`).
    ///
    /// Called by the storage's writer right after the commit and before any of the writers' futures resolve, so nothing is
    /// lost with a future that nobody polls. It must not block: the next commit waits for it.
    fn publish(&self, publications: Vec<Publication>);

    /// Resolves when every node has applied this, or delivers nothing any more because its lease is over: from then on nobody whom
    /// it concerns is told anything that came later, not even what stands in no log.
    ///
    /// [`Refusal::Unavailable`](crate::domain::Refusal::Unavailable) when that cannot be known; the change stands nevertheless.
    fn settled(&self, what: Settling) -> StoreFuture<()>;
}

/// A committed change that ends somebody's right to hear something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Settling {
    /// Everything in a room up to this place: a membership that ended there, or the room.
    Room(RoomId, Seq),
    /// A sign-in that ended.
    Session(UserId, SessionId),
}
