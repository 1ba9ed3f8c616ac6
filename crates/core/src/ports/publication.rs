use super::Settling;
use crate::domain::{
    ConnectionId, EmojiName, FileId, KeptDraft, Millis, RoomEvent, RoomId, RoomOverview, RoomSlug, Seq,
    SessionId, ThreadMark, User, UserId,
};
use std::sync::Arc;

/// What a committed write tells the live connections, each variant for another audience.
///
/// On several nodes these may arrive in another order than they were committed. Each says its place among those of its kind, and of
/// two only the later counts.
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

impl Publication {
    /// Whose right to hear something ended with it, if anybody's did.
    #[must_use]
    pub fn ending(&self) -> Option<Settling> {
        match self {
            Self::Room(event) if event.ending().is_some() => Some(Settling::Room(event.room, event.seq)),
            Self::Person {
                user,
                event: UserEvent::SessionEnded(session) | UserEvent::SessionRevoked(session),
                ..
            } => Some(Settling::Session(*user, *session)),
            Self::Room(_) | Self::Person { .. } | Self::Directory(_) => None,
        }
    }
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
        /// Whether the others in the room hear of it.
        is_shared: bool,
    },
    /// The person has set the read marker of a room back.
    MarkedUnread {
        /// The room.
        room: RoomId,
        /// Everything up to here is read, and nothing behind it.
        seq: Seq,
    },
    /// What waits for the person changed: something was scheduled, put off or dismissed, or has happened.
    ScheduleChanged {
        /// Whether the person is to be reminded of something now.
        is_due: bool,
    },
    /// What the person has begun to write somewhere.
    Draft(Box<KeptDraft>),
    /// The person's settings, or what the person wants to hear of a room, were changed.
    SettingsChanged {
        /// The number of the change: of two, the higher is the later.
        revision: i64,
    },
    /// What a thread is to the person.
    ThreadMark {
        /// The room.
        room: RoomId,
        /// The message under which it hangs.
        root: Seq,
        /// Whether the person follows it, and has read how far.
        mark: ThreadMark,
    },
    /// The person is a member of this room from now on. Its head is the place in the room's log where that began.
    MembershipBegan(Box<RoomOverview>),
    /// The person is no member of this room any more.
    MembershipEnded {
        /// The room.
        room: RoomId,
        /// The place in its log where that ended.
        at: Seq,
        /// Whether the person does not find the room any more.
        is_gone: bool,
    },
    /// The person has a new name.
    Renamed {
        /// The person under that name.
        user: User,
        /// How many names the person had before: of two names, the one with the higher number is the later.
        renames: u32,
    },
    /// A sign-in was ended there: its connections are closed.
    SessionEnded(SessionId),
    /// A sign-in was ended from elsewhere, or by another password: its connections are closed with that word.
    SessionRevoked(SessionId),
}

/// What changed in the directory of public rooms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectoryEvent {
    /// A room was created, or its title, topic or address changed.
    Listed {
        /// The room.
        room: ListedRoom,
        /// The place in its log where that changed.
        at: Seq,
    },
    /// A room was deleted.
    Removed {
        /// The room.
        room: RoomId,
        /// The end of its log.
        at: Seq,
    },
    /// A person has another picture, or the server has. A room's log says of itself that it has changed.
    Avatar {
        /// Whose, and which.
        shown: ShownAvatar,
        /// When: of two, the later counts.
        at: Millis,
    },
    /// The server has an emoji of its own, or has it no more.
    Emoji {
        /// Which.
        shown: ShownEmoji,
        /// When: of two, the later counts.
        at: Millis,
    },
}

/// What an emoji of the server looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownEmoji {
    /// What it is called.
    pub name: EmojiName,
    /// What its picture is called; none when there is no such emoji any more.
    pub picture: Option<FileId>,
}

/// What picture of a person or of the server is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownAvatar {
    /// The person; none for the server.
    pub person: Option<UserId>,
    /// What the picture is called; none when there is none any more.
    pub avatar: Option<FileId>,
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
