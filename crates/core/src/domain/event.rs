use super::{Millis, RoomId, Seq, UserId};

/// One change in a room: an entry of its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomEvent {
    /// The room.
    pub room: RoomId,
    /// Its place in the room's log.
    pub seq: Seq,
    /// When it was committed.
    pub at: Millis,
    /// Who made the change.
    pub actor: UserId,
    /// The actor's name at that time (in a replay: at present).
    pub name: String,
    /// What changed.
    pub body: EventBody,
}

/// What an event changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventBody {
    /// The actor wrote a message.
    Message {
        /// Its text.
        text: String,
        /// The sender's own name for it.
        client_id: String,
    },
    /// The actor became a member.
    MemberJoined,
    /// The actor is no member any more.
    MemberLeft,
    /// The actor has a new name, which stands in [`RoomEvent::name`].
    MemberRenamed {
        /// The name before.
        old_name: String,
    },
    /// The actor created the room. The first event of a room.
    RoomCreated {
        /// Its title.
        title: String,
        /// Its topic.
        topic: String,
    },
    /// The actor changed the room's title or topic.
    RoomUpdated {
        /// The title from now on.
        title: String,
        /// The topic from now on.
        topic: String,
    },
    /// The actor deleted the room. The last event of a room.
    RoomDeleted,
}
