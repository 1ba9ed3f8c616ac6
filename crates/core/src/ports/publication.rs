use crate::domain::{ConnectionId, RoomEvent, RoomId, RoomOverview, RoomSlug, Seq, SessionId, User, UserId};
use std::sync::Arc;

/// What a committed write tells the live connections, each variant for another audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publication {
    /// An event of a room's log, for the room's subscribers.
    Room(Arc<RoomEvent>),
    /// Something that concerns one person, for that person's connections.
    Person {
        /// The person.
        user: UserId,
        /// The connection that caused it, which knows already.
        except: Option<ConnectionId>,
        /// What it is.
        event: UserEvent,
    },
    /// A change in the directory of public rooms, for everyone who sees that.
    Directory(DirectoryEvent),
}

/// What a person's own devices are told beside the logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserEvent {
    /// The read marker of a room moved.
    ReadMark {
        /// The room.
        room: RoomId,
        /// Everything up to here is read.
        seq: Seq,
    },
    /// The person is a member of this room from now on.
    MembershipBegan(Box<RoomOverview>),
    /// The person is no member of this room any more.
    MembershipEnded(RoomId),
    /// The person has a new name.
    Renamed(User),
    /// A sign-in ended: its connections are closed.
    SessionEnded(SessionId),
}

/// What changed in the directory of public rooms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectoryEvent {
    /// A room was created, or its title, topic or address changed.
    Listed(ListedRoom),
    /// A room was deleted.
    Removed(RoomId),
}

/// What the directory says of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRoom {
    /// The room.
    pub id: RoomId,
    /// Its address.
    pub slug: RoomSlug,
    /// Its title.
    pub title: String,
    /// Its topic; may be empty.
    pub topic: String,
}
