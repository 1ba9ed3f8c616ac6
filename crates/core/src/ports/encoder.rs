use crate::chat::RoomView;
use crate::domain::{Presence, RoomEvent, RoomSlug, Seq, User, UserId};

/// What the live side of the server tells clients beside log events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The replay of a room is done.
    Resumed {
        /// The room.
        room: RoomSlug,
        /// The last event that was replayed.
        head: Seq,
    },
    /// The gap was too long: begin anew with this.
    Reset(Box<RoomView>),
    /// The room cannot be resumed.
    RoomGone {
        /// The room.
        room: RoomSlug,
    },
    /// Who came, left or changed since the last one.
    Presence {
        /// The room.
        room: RoomSlug,
        /// People present now.
        online: u32,
        /// The changes, bounded.
        changes: Vec<PresenceChange>,
        /// Whether changes were left out.
        truncated: bool,
    },
    /// Who is typing now.
    Typing {
        /// The room.
        room: RoomSlug,
        /// The first few of them.
        users: Vec<Typist>,
        /// How many more.
        more: u32,
    },
    /// Another connection of the same person has read this far.
    ReadMark {
        /// The room.
        room: RoomSlug,
        /// Everything up to here.
        seq: Seq,
    },
    /// The same person joined or left a room on another connection.
    Membership {
        /// The room.
        room: RoomSlug,
        /// Whether the person is a member now.
        member: bool,
    },
    /// A room was created or changed.
    RoomListed {
        /// The room.
        room: RoomSlug,
        /// Its title.
        title: String,
        /// Its topic.
        topic: String,
    },
    /// A room was deleted.
    RoomRemoved {
        /// The room.
        room: RoomSlug,
    },
    /// Ephemeral signals were dropped for this connection.
    Stale,
}

/// One person's change of presence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceChange {
    /// The person.
    pub user: User,
    /// The state from now on.
    pub presence: Presence,
}

/// Somebody who is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typist {
    /// The person.
    pub user: UserId,
    /// The person's name.
    pub name: String,
}

/// Turns events into the bytes of one protocol. One encoding serves every connection of that protocol.
pub trait Encoder: Send + Sync {
    /// Appends the finished frame or frames of a log event to `out`; nothing when the protocol does not show it.
    fn event(&self, room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>);

    /// Appends the finished frame or frames of a signal to `out`; nothing when the protocol does not show it.
    fn signal(&self, signal: &Signal, out: &mut Vec<u8>);
}
