use crate::domain::{
    Bans, Found, LogAccess, Member, Millis, Page, RoomId, RoomListPosition, RoomOverview, RoomSlug, Seq,
    ThreadListPage, ThreadPage, User,
};

/// The result of a [`ClientCommand`](super::ClientCommand) or of signing in, in any protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Signed in.
    Welcome {
        /// The [epoch](crate::ports::Store::epoch) of the storage.
        epoch: String,
        /// Who one is.
        user: User,
        /// The rooms one is in.
        rooms: Vec<RoomListing>,
        /// What a client needs to know of the limits.
        limits: LimitsInfo,
        /// The server's time.
        server_time: Millis,
    },
    /// Member of a room, and what is in it.
    Joined(Box<RoomView>),
    /// No member any more.
    Left {
        /// The room.
        room: RoomId,
    },
    /// A message is stored durably.
    Acked {
        /// The room.
        room: RoomId,
        /// Its place.
        seq: Seq,
        /// Its time.
        at: Millis,
    },
    /// A page of messages.
    History {
        /// The room.
        room: RoomId,
        /// The page.
        page: Page,
    },
    /// A page of a thread.
    Thread(Box<ThreadPage>),
    /// A page of the threads that one follows.
    Threads(Box<ThreadListPage>),
    /// A page of members.
    Members {
        /// The room.
        room: RoomId,
        /// The members.
        members: Vec<Member>,
        /// Where the next page begins.
        next: Option<String>,
    },
    /// A page of the rooms.
    Rooms {
        /// The rooms.
        rooms: Vec<RoomListing>,
        /// Where the next page begins.
        next: Option<RoomListPosition>,
    },
    /// A page of the messages that were looked for.
    Found(Box<Found>),
    /// Who is banned from a room.
    Bans(Bans),
    /// A room that was created or changed.
    Room(RoomListing),
    /// One's account under its new name.
    Renamed(User),
    /// What was typed is no message.
    Effect(Effect),
    /// Done; there is nothing to tell.
    Done,
}

/// What a typed command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It tells something to this person alone.
    Notice(String),
    /// One's account has a new name.
    Renamed(User),
    /// The client is to enter this room.
    Enter(RoomSlug),
    /// The client is to leave this room.
    Exit(RoomId),
    /// The session ends, and with it the connection.
    SignedOut,
}

/// A room in a list, with what only the live side knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomListing {
    /// The room.
    pub room: RoomOverview,
    /// People connected to it now.
    pub online: u32,
}

/// Everything a client needs to begin with a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomView {
    /// The room; its `head` is the moment of this view.
    pub room: RoomOverview,
    /// The right to read on from there.
    pub log: LogAccess,
    /// Its last messages.
    pub page: Page,
    /// The first members: those who are present, then by name; bounded.
    pub members: Vec<Member>,
    /// Members in all.
    pub member_count: u64,
    /// People connected to it now.
    pub online: u32,
    /// Those present, by name, at most [`PEOPLE_LISTED`]; empty in protocols that have
    /// pages of members instead.
    pub people: Vec<User>,
}

/// People whose names are told to clients of protocols that list everybody present.
pub const PEOPLE_LISTED: usize = 500;

/// The limits a client needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitsInfo {
    /// Characters of a message.
    pub message_length: usize,
    /// Items of a page.
    pub history_page: u32,
    /// Rooms one may be in.
    pub rooms_per_person: u32,
    /// Bytes of a file.
    pub file_bytes: u64,
    /// Files of a message.
    pub files_per_message: u32,
}
