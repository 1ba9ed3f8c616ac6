use crate::domain::{ClientId, Presence, RoomId, RoomReference, Seq, UserName, Window};
use crate::ports::{NewRoom, RoomUpdate};

/// Everything a signed-in client can ask for, in any protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientCommand {
    /// Become a member of a room and receive its events on this connection.
    Join {
        /// The room.
        room: RoomReference,
        /// Last messages wanted.
        limit: u32,
    },
    /// End the membership.
    Leave {
        /// The room.
        room: RoomId,
    },
    /// Write a message.
    Send {
        /// The room.
        room: RoomId,
        /// The client's name for this write.
        client_id: ClientId,
        /// The text as it came.
        text: String,
    },
    /// Carry out what a person typed: a message, or an [in-chat command](super::TypedText).
    Say {
        /// The room.
        room: RoomId,
        /// The client's name for this write.
        client_id: ClientId,
        /// The text as it was typed. Not a `String`, so that the whole enum is no larger than its largest variant: every idle
        /// connection has room for one.
        text: Box<str>,
    },
    /// Read a page of messages.
    History {
        /// The room.
        room: RoomId,
        /// Which ones.
        window: Window,
        /// How many.
        limit: u32,
    },
    /// Read a page of members.
    Members {
        /// The room.
        room: RoomId,
        /// The `next` of the page before.
        after: Option<String>,
        /// How many.
        limit: u32,
    },
    /// List the rooms.
    Rooms,
    /// Create a room. Boxed, as [`UpdateRoom`](Self::UpdateRoom): both are seldom and large.
    CreateRoom(Box<NewRoom>),
    /// Change what a room is called or where it is found.
    UpdateRoom {
        /// The room.
        room: RoomId,
        /// What changes.
        update: Box<RoomUpdate>,
    },
    /// Delete a room.
    DeleteRoom {
        /// The room.
        room: RoomId,
    },
    /// Change one's name.
    Rename {
        /// The new name.
        name: UserName,
    },
    /// Mark a room as read up to a place.
    Read {
        /// The room.
        room: RoomId,
        /// The place.
        seq: Seq,
    },
    /// Tell that one is typing.
    Typing {
        /// The room.
        room: RoomId,
    },
    /// Tell whether one is active.
    Presence {
        /// [`Presence::Online`] or [`Presence::Away`].
        presence: Presence,
    },
}
