use crate::error::Fault;
use chinwag_wire::native::{
    AvatarChange, DirectoryRoom, EmojiPicture, KeptDraft, Limits, LogEvent, Person, PresenceChange,
    ProtocolError, ReadBy, RoomSnapshot, RoomSummary, User,
};

/// What happens, in the order in which it happened.
///
/// [`Joined`](Self::Joined), [`Reset`](Self::Reset), [`Log`](Self::Log) and [`Skipped`](Self::Skipped) of a room together are its whole
/// account: a snapshot, and then every event after it, each exactly once, or counted among those that were left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Connected, for the first time or again. Rooms that were followed are being resumed.
    Connected(Box<Welcome>),
    /// The connection is lost. The client comes back by itself, or [ends](crate::State::Ended).
    Disconnected {
        /// A sentence for people.
        reason: String,
    },
    /// This client joined a room: forget what you have of it and begin with this.
    Joined(Box<RoomSnapshot>),
    /// The gap was too long to be replayed: forget what you have of the room and begin with this.
    Reset(Box<RoomSnapshot>),
    /// The replay of a room is done.
    Resumed {
        /// The room.
        room: i64,
        /// The last event that was replayed.
        head_seq: i64,
    },
    /// A room was deleted while this client was away, or the person is no member any more.
    RoomGone {
        /// The room.
        room: i64,
    },
    /// The next event of a room's log.
    Log(LogEvent),
    /// The next events of a room's log were left out of its replay: what came of them is told with others.
    Skipped {
        /// The room.
        room: i64,
        /// The first of them.
        from: i64,
        /// The last of them.
        to: i64,
    },
    /// Who came, left or changed in a room.
    Presence {
        /// The room.
        room: i64,
        /// People present now.
        online: u32,
        /// The changes.
        changes: Vec<PresenceChange>,
        /// Whether there were more.
        truncated: bool,
    },
    /// Who is typing in a room now.
    Typing {
        /// The room.
        room: i64,
        /// The first few of them.
        users: Vec<Person>,
        /// How many more.
        more: u32,
    },
    /// How far others have read.
    Seen {
        /// The room.
        room: i64,
        /// Each with a place.
        reads: Vec<ReadBy>,
    },
    /// Another connection of the same person has read this far.
    ReadMark {
        /// The room.
        room: i64,
        /// Everything up to here.
        seq: i64,
    },
    /// Another connection of the same person has marked what is behind this place as unread.
    MarkedUnread {
        /// The room.
        room: i64,
        /// Everything up to here is read still.
        seq: i64,
    },
    /// What the same person has begun to write, on another connection; the text is empty when nothing is left of it.
    Draft(KeptDraft),
    /// What waits for the same person changed: read it again over HTTP.
    ScheduleChanged {
        /// Whether the person is to be reminded of something now.
        due: bool,
    },
    /// The person's settings were changed elsewhere.
    SettingsChanged {
        /// Their number since then.
        revision: i64,
    },
    /// The same person follows a thread or not, or has read it this far, by another connection.
    ThreadMark {
        /// The room.
        room: i64,
        /// The message under which it hangs.
        root: i64,
        /// Whether the person follows it.
        follows: bool,
        /// Replies up to here are read.
        read_seq: i64,
    },
    /// The same person joined or left a room on another connection.
    Membership {
        /// The room.
        room: i64,
        /// Whether the person is a member now.
        member: bool,
        /// The room, when the person is.
        summary: Option<Box<RoomSummary>>,
    },
    /// The person has a new name, given on another connection.
    UserRenamed(User),
    /// Rooms were created, changed or deleted, or people or emoji have other pictures.
    Directory {
        /// New or changed.
        changed: Vec<DirectoryRoom>,
        /// Deleted.
        removed: Vec<i64>,
        /// Whose picture is another one.
        avatars: Vec<AvatarChange>,
        /// Which emoji of the server are other ones.
        emoji: Vec<EmojiPicture>,
    },
    /// Presence and typing were left out because this client read slowly: ask for the members again.
    Stale,
    /// An error that belongs to no request.
    Error(ProtocolError),
    /// The server broke the protocol.
    Fault(Fault),
}

/// What the server tells a client that has connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// Names the history that the server has. Another one than before means that it was restored from a copy, and that every room begins
    /// anew with [`Event::Reset`].
    pub epoch: String,
    /// Who one is.
    pub user: User,
    /// The rooms that the person is in.
    pub rooms: Vec<RoomSummary>,
    /// What a client needs to know of the limits.
    pub limits: Limits,
    /// The server's time in milliseconds since 1970 UTC.
    pub server_time: i64,
}
