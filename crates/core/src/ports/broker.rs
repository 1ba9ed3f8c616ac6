use crate::domain::{ConnectionId, RoomEvent, RoomId, RoomSlug, Seq, SessionId, UserId};
use std::sync::Arc;

/// What a committed write tells the live connections.
#[derive(Clone, Debug)]
pub enum Change {
    /// An event of a room's log, for its subscribers.
    Event(Arc<RoomEvent>),
    /// A person has a new name.
    Renamed {
        /// The person.
        user: UserId,
        /// The new name.
        name: String,
    },
    /// Something beside the logs.
    Notice(Notice),
}

/// News that have no place in a room's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A person's read marker moved: for that person's other connections.
    ReadMark {
        /// The person.
        user: UserId,
        /// The connection that caused it, which knows already.
        origin: Option<ConnectionId>,
        /// The room.
        room: RoomSlug,
        /// Everything up to here is read.
        seq: Seq,
    },
    /// A person joined or left a room: for that person's other connections.
    Membership {
        /// The person.
        user: UserId,
        /// The connection that caused it, which knows already.
        origin: Option<ConnectionId>,
        /// The room.
        room: RoomSlug,
        /// Whether the person is a member now.
        member: bool,
    },
    /// A sign-in ended: its connections are closed.
    SessionEnded {
        /// The person.
        user: UserId,
        /// The sign-in.
        session: SessionId,
    },
    /// A room was created or its title or topic changed: for everybody's list of rooms.
    RoomListed {
        /// The room's slug.
        room: RoomSlug,
        /// Its title.
        title: String,
        /// Its topic.
        topic: String,
    },
    /// A room was deleted: for everybody's list of rooms.
    RoomRemoved {
        /// The room.
        id: RoomId,
        /// Its slug.
        room: RoomSlug,
    },
}

/// Carries committed changes to the live connections of all nodes, this one included.
pub trait Broker: Send + Sync {
    /// Takes the changes of one commit, in the order of the writes (so each room's events in the order of `seq`).
    ///
    /// Called by the storage's writer right after the commit and before any of the writers' futures resolve, so no change is
    /// lost with a future that nobody polls. It must not block: the next commit waits for it.
    fn publish(&self, changes: Vec<Change>);
}
