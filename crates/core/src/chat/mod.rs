//! What clients can ask for, and the use cases behind it, one file per verb. Each takes the acting person, checks what can be checked
//! without the storage, and calls it; rights are checked inside the storage's transaction.
//!
//! Every error is a [`Refusal`](crate::domain::Refusal).

mod access;
mod account;
mod add_member;
mod administer;
mod block;
mod choose_avatar;
mod create_room;
mod custom_emoji;
mod delete_message;
mod delete_room;
mod edit_message;
mod find_room;
mod forget_past_visits;
mod invites;
mod join_room;
mod keep_draft;
mod leave_room;
mod list_activity;
mod list_members;
mod list_rooms;
mod live;
mod mail;
mod mark_read;
mod moderate;
mod open_direct;
mod open_room;
mod open_session;
mod oversee;
mod own_sessions;
mod own_settings;
mod pin;
mod purge;
mod push;
mod react;
mod read_history;
mod register;
mod remove_idle_guests;
mod rename;
mod reply;
mod resume_room;
mod save;
mod schedule;
mod search_messages;
mod send_message;
mod set_role;
mod settle;
mod share_file;
mod sign_in;
mod sign_in_by_provider;
mod sign_out;
mod threads;
mod typed_text;
mod update_room;
mod user_groups;
mod visit;
mod vouch;

pub use access::{AccessPolicy, AccountAccess};
pub use invites::InviteWish;
pub use mail::ResetMail;
pub use register::Application;
pub use reply::{Effect, LimitsInfo, PEOPLE_LISTED, Reply, RoomListing, RoomView};
pub use resume_room::Resumption;
pub use schedule::{CarriedOut, LaterMessage};
pub use send_message::{Draft, DraftText};
pub use sign_in::{Newcomer, Secret, SignedIn};
pub use sign_in_by_provider::{ProvidedPerson, ProviderPolicy, TakenAlong};
pub use typed_text::{HELP, TypedText};
pub use vouch::ForeignClaims;

use crate::domain::permissions::{GuestsInPrivate, RoomRole};
use crate::domain::{
    ClientId, DraftPlace, FileId, InThread, Moderation, Presence, ReportReason, ReservedNames, RoomId,
    RoomListQuery, RoomReference, RoomSlug, SearchWish, Seq, ThreadListQuery, UserId, UserName, Window,
};
use crate::ports::{
    Broker, Clock, Limiter, NewRoom, Pinning, Reacting, RoomLimits, RoomUpdate, SecretSource, Store,
    ThreadChange,
};
use std::sync::Arc;

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
        text: Box<str>,
        /// The message that it answers.
        reply_to: Option<Seq>,
        /// The thread in which it is to stand.
        thread: Option<Box<InThread>>,
        /// The files that come with it.
        attachments: Box<[FileId]>,
    },
    /// Carry out what a person typed: a message, or an [in-chat command](TypedText).
    Say {
        /// The room.
        room: RoomId,
        /// The client's name for this write.
        client_id: ClientId,
        /// The text as it was typed. Not a `String`, so that the whole enum is no larger than its largest variant: every idle
        /// connection has room for one.
        text: Box<str>,
        /// The message that it answers, if it is one.
        reply_to: Option<Seq>,
        /// The thread in which it is to stand, if it is one.
        thread: Option<Box<InThread>>,
        /// The files that come with it. With files it is a message, whatever its text.
        attachments: Box<[FileId]>,
    },
    /// Give an own message another text.
    Edit {
        /// The room.
        room: RoomId,
        /// The message.
        target: Seq,
        /// The client's name for this write.
        client_id: ClientId,
        /// The text as it came.
        text: Box<str>,
    },
    /// Delete a message.
    Delete {
        /// The room.
        room: RoomId,
        /// The message.
        target: Seq,
        /// The client's name for this write.
        client_id: ClientId,
    },
    /// Add a reaction to a message, or take it back.
    React(Reacting),
    /// Pin a message, or end that.
    Pin(Pinning),
    /// Read a page of messages.
    History {
        /// The room.
        room: RoomId,
        /// Which ones.
        window: Window,
        /// How many.
        limit: u32,
    },
    /// Read a page of a thread.
    Thread {
        /// The room.
        room: RoomId,
        /// The message under which it hangs.
        root: Seq,
        /// Which replies.
        window: Window,
        /// How many.
        limit: u32,
    },
    /// Read a page of the threads that one follows.
    Threads(Box<ThreadListQuery>),
    /// Follow a thread, end that, or mark it as read.
    ChangeThread {
        /// The room.
        room: RoomId,
        /// The message under which it hangs.
        root: Seq,
        /// Which of these.
        change: ThreadChange,
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
    /// Read a page of the rooms.
    Rooms(Box<RoomListQuery>),
    /// Look for messages.
    Search(Box<SearchWish>),
    /// Create a room; a private one has the address that the use case gives it. Boxed, as [`UpdateRoom`](Self::UpdateRoom): both are seldom and large.
    CreateRoom(Box<NewRoom>),
    /// Open the conversation with these others.
    OpenDirect {
        /// The others.
        users: Vec<UserId>,
    },
    /// Make somebody else a member of a room.
    AddMember {
        /// The room.
        room: RoomId,
        /// Who it is.
        user: UserId,
    },
    /// Do something to somebody in a room.
    Moderate {
        /// The room.
        room: RoomId,
        /// Who it is.
        user: UserId,
        /// What is done.
        what: Box<Moderation>,
    },
    /// See who is banned from a room.
    Bans {
        /// The room.
        room: RoomId,
    },
    /// Report a message to those who keep order on the server.
    Report {
        /// The room.
        room: RoomId,
        /// The message.
        target: Seq,
        /// Why.
        reason: ReportReason,
    },
    /// Say what a member is in a room.
    SetRole {
        /// The room.
        room: RoomId,
        /// Who it is.
        user: UserId,
        /// The role.
        role: RoomRole,
    },
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
    /// See [`Chat::mark_unread`].
    MarkUnread {
        /// The room.
        room: RoomId,
        /// The first message that is unread from now on.
        seq: Seq,
    },
    /// Keep what one has begun to write.
    KeepDraft {
        /// Where.
        place: DraftPlace,
        /// The text as it came; empty when nothing is left of it.
        text: Box<str>,
        /// The message that it is to answer.
        reply_to: Option<Seq>,
    },
    /// Mark a room as read up to a place.
    Read {
        /// The room.
        room: RoomId,
        /// The place.
        seq: Seq,
    },
    /// See the room at an address, without entering it.
    FindRoom {
        /// The address, or one that the room had before.
        slug: RoomSlug,
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

/// The use cases with what they need. The ports are reached through them alone, so that no rule can be passed by.
#[derive(Clone)]
pub struct Chat {
    store: Arc<dyn Store>,
    broker: Arc<dyn Broker>,
    limiter: Arc<dyn Limiter>,
    secrets: Arc<dyn SecretSource>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    reserved: Arc<ReservedNames>,
}

impl Chat {
    /// The use cases on these ports, within these bounds, without people of `reserved` names.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        broker: Arc<dyn Broker>,
        limiter: Arc<dyn Limiter>,
        secrets: Arc<dyn SecretSource>,
        clock: Arc<dyn Clock>,
        limits: Limits,
        reserved: ReservedNames,
    ) -> Self {
        Self { store, broker, limiter, secrets, clock, limits, reserved: Arc::new(reserved) }
    }
}

/// The bounds that the use cases keep.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Characters of a message.
    pub message_length: usize,
    /// Messages or members of one page.
    pub page: u32,
    /// Rooms one person may be in, beside conversations.
    pub rooms_per_person: u32,
    /// Conversations one person may be in.
    pub conversations_per_person: u32,
    /// Whether guests are in private rooms and conversations.
    pub guests_in_private: GuestsInPrivate,
    /// Rooms that guests and visitors have made together.
    pub guest_rooms: u32,
    /// Events of one room that are replayed on a resume; above it the client gets a fresh snapshot.
    pub replay: u32,
    /// Who may come in.
    pub access: AccessPolicy,
    /// Days after which a guest who was not here is removed.
    pub guest_days: u32,
    /// Bytes of a file.
    pub file_bytes: u64,
    /// Files of a message.
    pub files_per_message: u32,
    /// Bytes of all files of one person.
    pub file_bytes_per_person: u64,
}

impl Limits {
    /// Those on rooms.
    fn of_rooms(&self) -> RoomLimits {
        RoomLimits {
            per_person: self.rooms_per_person,
            conversations: self.conversations_per_person,
            guests: self.guests_in_private,
            of_guests: self.guest_rooms,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_length: 2000,
            page: 200,
            rooms_per_person: 100,
            conversations_per_person: 500,
            guests_in_private: GuestsInPrivate::Allowed,
            guest_rooms: 1000,
            replay: 10_000,
            access: AccessPolicy::default(),
            guest_days: 30,
            file_bytes: 16 * 1024 * 1024,
            files_per_message: 10,
            file_bytes_per_person: 1024 * 1024 * 1024,
        }
    }
}
