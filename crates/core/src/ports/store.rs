//! The storage. One trait per noun; [`Store`] is all of them.
//!
//! **Contract of every write.** It takes its place in the order when the method is *called*: messages to one room stand in the order of
//! their calls, and whatever else is written comes behind all that was called before it. (A message need not wait for what is none: who wants
//! that awaits the answer.) Dropping the future undoes nothing. The future resolves after the change is committed durably and published to the [`Broker`](super::Broker). The storage gives `seq` and
//! time inside the transaction, and checks rights inside it, too. When its queue is full a write is refused with
//! [`Refusal::Busy`]; when the storage fails, everything answers [`Refusal::Unavailable`] and the cause is in the log.
//! One that ends somebody's right to hear something answers what is to be [settled](super::Broker::settled) before anybody is told that
//! it is done.
//!
//! **Contract of every read.** It sees all that was committed before the call. A room is fetched through the person who asks:
//! what that person may not see is [`Refusal::RoomNotFound`].

use super::room_update::RoomUpdate;
use super::{Device, Settling, TokenHash};
use crate::domain::permissions::{GuestsInPrivate, RoomRole};
use crate::domain::{
    Actor, Bans, ClientId, FileId, InThread, MembersPage, MessageKind, MessageText, Millis, Moderation, Page,
    Reader, Refusal, RoomId, RoomKind, RoomListPage, RoomListQuery, RoomLookup, RoomOverview, RoomReference,
    RoomSlug, RoomSnapshot, RoomTitle, RoomTopic, Seq, SessionId, User, UserId, UserName, WantedName, Window,
};
use futures_util::future::BoxFuture;

/// What the storage will answer.
pub type StoreFuture<T> = BoxFuture<'static, Result<T, Refusal>>;

/// A guest who signs in.
#[derive(Clone, Debug)]
pub struct NewGuest {
    /// The name; nobody else has one that looks like it.
    pub name: UserName,
    /// The hash of the token that the guest is given.
    pub token: TokenHash,
    /// Where the guest signs in.
    pub device: Device,
    /// The hash of the token of an invitation, which is used up with this.
    pub invite: Option<TokenHash>,
    /// Whether it leads a guest into what is not public.
    pub in_private: GuestsInPrivate,
    /// The hash of a secret that the guest's browser keeps, and with which it takes the name back after a sign-out.
    pub keeper: Option<TokenHash>,
}

/// How long after a sign-out only the guest's browser takes a name back, in milliseconds: 30 days.
pub const NAME_HELD_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A visitor who comes: a guest whose account lives as long as a connection.
#[derive(Clone, Debug)]
pub struct NewVisitor {
    /// The name that the visitor would like to have.
    pub name: WantedName,
    /// The hash of a token that nobody is told.
    pub token: TokenHash,
    /// The hash of the secret with which the visitor may come back.
    pub way_back: Option<TokenHash>,
}

/// A visitor who comes back over another connection.
#[derive(Clone, Debug)]
pub struct ReturningVisitor {
    /// The account.
    pub user: UserId,
    /// The hash of the secret that was given for it.
    pub way_back: TokenHash,
    /// The hash of a token that nobody is told.
    pub token: TokenHash,
}

/// How long after its end a visit can go on, in milliseconds: a day.
pub const WAY_BACK_MS: i64 = 24 * 60 * 60 * 1000;

/// What somebody who connects needs first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionOverview {
    /// The person.
    pub user: User,
    /// The sign-in.
    pub session: SessionId,
    /// The rooms that the person is in, by title.
    pub rooms: Vec<RoomOverview>,
}

/// A room to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRoom {
    /// What sort of room it is.
    pub kind: RoomKind,
    /// Unique among rooms that exist. One that another room had before is taken from it.
    pub slug: RoomSlug,
    /// Its title.
    pub title: RoomTitle,
    /// Its topic.
    pub topic: RoomTopic,
    /// Whom its creator brings along.
    pub people: Vec<UserId>,
}

/// How many rooms there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomLimits {
    /// That one person is in, beside conversations.
    pub per_person: u32,
    /// Conversations that one person is in.
    pub conversations: u32,
    /// Whether guests are in private rooms and conversations.
    pub guests: GuestsInPrivate,
    /// That were made by somebody without an account of one's own: by guests and visitors together.
    pub of_guests: u32,
}

/// A message to be appended.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// The room.
    pub room: RoomId,
    /// How it is shown.
    pub kind: MessageKind,
    /// The sender's name for it.
    pub client_id: ClientId,
    /// The text.
    pub text: MessageText,
    /// The message of the same room that it answers.
    pub reply_to: Option<Seq>,
    /// The thread in which it is to stand.
    pub thread: Option<InThread>,
    /// Files of its author that were shared in the room and belong to no message yet.
    pub attachments: Box<[FileId]>,
    /// Who is present in the room, where its text [mentions](crate::domain::Crowd::Here) them. Who is no member there does not count.
    pub here: Box<[UserId]>,
}

/// Another text for a message.
#[derive(Clone, Debug)]
pub struct MessageEdit {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub target: Seq,
    /// The author's name for this change.
    pub client_id: ClientId,
    /// The new text.
    pub text: MessageText,
}

/// A message to be deleted.
#[derive(Clone, Debug)]
pub struct MessageDeletion {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub target: Seq,
    /// The actor's name for this change.
    pub client_id: ClientId,
}

/// What somebody wrote in a room is to be deleted.
#[derive(Clone, Copy, Debug)]
pub struct Purge {
    /// The room.
    pub room: RoomId,
    /// Who wrote it.
    pub user: UserId,
    /// What was written before stays.
    pub since: Millis,
}

/// A message or a change of one that was appended, now or by an earlier write with the same client id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The room.
    pub room: RoomId,
    /// Its place in the room's log.
    pub seq: Seq,
    /// The time of the commit.
    pub at: Millis,
}

/// Accounts and sign-ins.
pub trait Sessions {
    /// Makes a guest account with one session. [`Refusal::NameTaken`] when somebody has a name that looks like this one, or signed out under
    /// such a name less than [`NAME_HELD_MS`] ago and had another [`keeper`](NewGuest::keeper).
    fn create_guest(&self, guest: NewGuest) -> StoreFuture<(User, SessionId)>;

    /// Makes the account of a visitor with one session. When the name is taken or held, the account has a free variant of it.
    ///
    /// A visitor reads and writes every room that exists and is a member of none: joining or creating a room makes no
    /// membership, and there is no read marker. [`end_session`](Self::end_session) ends the visit and frees the name. What the visitor
    /// wrote or made stays; of one who did neither, and has no way back, nothing does. The visit belongs to the node that this storage's server
    /// [entered](super::Nodes::enter) as, and is [lost](Self::end_lost_visits) with its lease. [`Refusal::Unavailable`] for one of several that
    /// has none.
    fn create_visitor(&self, visitor: NewVisitor) -> StoreFuture<(User, SessionId)>;

    /// Goes on with a visit: the same account with a new session, under its name or a free variant of it. The visit may have ended up to
    /// [`WAY_BACK_MS`] ago; sessions that it has still are ended, on whatever node, and it belongs to this one. [`Refusal::Unauthorized`] for
    /// a wrong secret, or later.
    fn resume_visit(&self, visitor: ReturningVisitor) -> StoreFuture<(User, SessionId)>;

    /// Ends the way back of some of the visits that ended more than [`WAY_BACK_MS`] ago, and forgets those of whom nothing stays.
    /// Answers how many were looked at; 0 when none is left, or another node is at it.
    fn forget_past_visits(&self) -> StoreFuture<u32>;

    /// Ends some of the visits whose node has no lease, or that began where none had one: a crash leaves visits behind. For the start, when
    /// nobody is connected to this node, and now and then while others [live](super::Nodes). Answers how many were looked at; 0 when none
    /// is left, or another node is at it.
    fn end_lost_visits(&self) -> StoreFuture<u32>;

    /// The session of a token. [`Refusal::Unauthorized`] for none.
    fn session(&self, token: TokenHash) -> StoreFuture<(User, SessionId)>;

    /// The session of a token with the rooms that its person is in. [`Refusal::Unauthorized`] for none.
    fn session_overview(&self, token: TokenHash) -> StoreFuture<SessionOverview>;

    /// Ends a session. A guest without another session leaves all rooms and frees the name, which is held for its
    /// [`keeper`](NewGuest::keeper), if it has one; the messages stay with it.
    fn end_session(&self, actor: Actor) -> StoreFuture<Vec<Settling>>;

    /// Gives a person a new name and tells each of the person's rooms. [`Refusal::NameTaken`], [`Refusal::Unauthorized`].
    fn rename(&self, actor: Actor, name: UserName) -> StoreFuture<User>;

    /// Gives a visitor a new name, or a free variant of it when it is taken. [`Refusal::Unauthorized`].
    fn rename_visitor(&self, actor: Actor, name: UserName) -> StoreFuture<User>;

    /// Notes that these people are here now, for the removal of idle guests.
    fn touch(&self, users: Vec<UserId>) -> StoreFuture<()>;

    /// Removes guests who were not here since `before`, as [`end_session`](Self::end_session) does, without holding their names; a few of them.
    /// Answers how many; 0 when none is left, or another node is at it.
    fn remove_idle_guests(&self, before: Millis) -> StoreFuture<u32>;
}

/// Rooms.
pub trait Rooms {
    /// Creates a room with title and address. Its creator, unless that is a visitor, is its owner, and who is brought along its members.
    /// [`Refusal::RoomExists`], [`Refusal::Forbidden`], [`Refusal::RoomLimit`], [`Refusal::GuestRoomLimit`], and those of
    /// [`add_member`](Members::add_member).
    fn create_room(&self, actor: Actor, room: NewRoom, limits: RoomLimits) -> StoreFuture<RoomOverview>;

    /// The conversation of the actor with these others, who are not the actor, none of them twice, and at least one. The same people have one:
    /// two who open it at once meet in it. With one other it is [`Direct`](RoomKind::Direct) and stays so, with more a
    /// [`Group`](RoomKind::Group) that is another one as soon as somebody comes or goes. [`Refusal::UserNotFound`], [`Refusal::Forbidden`],
    /// [`Refusal::RoomLimit`], [`Refusal::TheirRoomLimit`].
    fn open_conversation(
        &self,
        actor: Actor,
        others: Vec<UserId>,
        limits: RoomLimits,
    ) -> StoreFuture<RoomOverview>;

    /// The same, if it is there already.
    fn conversation(&self, user: UserId, others: Vec<UserId>) -> StoreFuture<Option<RoomOverview>>;

    /// Changes a room. With one that is not public any more the right of those to hear it ends who are no members, and of a repeat everything up
    /// to now is to be settled. [`Refusal::RoomNotFound`], [`Refusal::Forbidden`], [`Refusal::RoomExists`], [`Refusal::RoomInvalid`], [`Refusal::Archived`];
    /// [`Refusal::NotMember`] for one who would not find it any more, and [`Refusal::LastOwner`] for a room that has no owner and would be private.
    fn update_room(
        &self,
        actor: Actor,
        room: RoomId,
        update: RoomUpdate,
        limits: RoomLimits,
    ) -> StoreFuture<(RoomOverview, Vec<Settling>)>;

    /// Deletes a room and frees its addresses. [`Refusal::RoomNotFound`], [`Refusal::Forbidden`].
    fn delete_room(&self, actor: Actor, room: RoomId) -> StoreFuture<Vec<Settling>>;

    /// A page of the rooms that a person sees, in the order of [`RoomListPage`]. Page after page, each room that stays as it is comes once.
    fn rooms(&self, user: UserId, query: RoomListQuery) -> StoreFuture<RoomListPage>;

    /// One room as a person sees it. [`Refusal::RoomNotFound`].
    fn room(&self, user: UserId, room: RoomReference) -> StoreFuture<RoomLookup>;
}

/// Who is in which room, and has read how far.
pub trait Members {
    /// Makes a person a member, no change for one who is, or for a visitor, and answers the room as
    /// [`snapshot`](Messages::snapshot) does, with the new member in it. [`Refusal::RoomNotFound`], [`Refusal::RoomLimit`],
    /// [`Refusal::Archived`].
    fn join(
        &self,
        actor: Actor,
        room: RoomReference,
        rooms_per_person: u32,
        limit: u32,
        members: u32,
    ) -> StoreFuture<RoomSnapshot>;

    /// Makes somebody else a member; no change for one who is. [`Refusal::RoomNotFound`], [`Refusal::Forbidden`], [`Refusal::UserNotFound`],
    /// [`Refusal::RoomFull`], [`Refusal::TheirRoomLimit`].
    fn add_member(&self, actor: Actor, room: RoomId, user: UserId, limits: RoomLimits) -> StoreFuture<()>;

    /// Does something to somebody who stands below the actor. Whoever is no member is not removed, and then everything up to now is to be
    /// settled; but anybody who has an account may be banned and have to be silent. [`Refusal::RoomNotFound`], [`Refusal::Forbidden`],
    /// [`Refusal::UserNotFound`].
    ///
    /// One who is banned does not become a member ([`Refusal::Banned`], [`Refusal::TheyAreBanned`]), and does not write as a visitor.
    fn moderate(
        &self,
        actor: Actor,
        room: RoomId,
        user: UserId,
        what: Moderation,
    ) -> StoreFuture<Vec<Settling>>;

    /// Ends the membership of somebody who stands below the actor, without a reason: see [`moderate`](Self::moderate).
    fn remove_member(&self, actor: Actor, room: RoomId, user: UserId) -> StoreFuture<Vec<Settling>> {
        self.moderate(actor, room, user, Moderation::Remove { reason: None })
    }

    /// Who is banned from a room, those too whose ban is over. [`Refusal::RoomNotFound`], [`Refusal::Forbidden`].
    fn bans(&self, user: UserId, room: RoomId) -> StoreFuture<Bans>;

    /// Says what a member is in a room from now on. [`Refusal::RoomNotFound`], [`Refusal::Forbidden`], [`Refusal::UserNotFound`],
    /// [`Refusal::LastOwner`].
    fn set_role(&self, actor: Actor, room: RoomId, user: UserId, role: RoomRole) -> StoreFuture<()>;

    /// Ends a membership; no change for one who is no member, and then everything up to now is to be settled. When the owner of a private room
    /// goes, the one who has been there longest follows, a moderator first; and what only its people find ends with the last of them.
    /// [`Refusal::RoomNotFound`], [`Refusal::Forbidden`].
    fn leave(&self, actor: Actor, room: RoomId) -> StoreFuture<Vec<Settling>>;

    /// Moves the read marker forward (never back, never past the head). [`Refusal::NotMember`], [`Refusal::RoomNotFound`].
    fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()>;

    /// Sets the read marker to the place before `seq`, back or forward: a client tells late what was seen, and marks it as unread at once. Behind
    /// the head there is nothing to mark, and what was said before the person came stays as it is. [`Refusal::NotMember`], [`Refusal::RoomNotFound`].
    fn mark_unread(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()>;

    /// How far the others in a room have read it who share that, where it has at most [`SMALL_ROOM`](crate::domain::permissions::SMALL_ROOM)
    /// members. [`Refusal::NotMember`], [`Refusal::RoomNotFound`].
    fn reads(&self, user: UserId, room: RoomId) -> StoreFuture<Vec<Reader>>;

    /// A page of `limit` members in the order of their name keys, after the key `after`. [`Refusal::NotMember`].
    fn members(
        &self,
        user: UserId,
        room: RoomId,
        after: Option<String>,
        limit: u32,
    ) -> StoreFuture<MembersPage>;
}

/// Messages.
pub trait Messages {
    /// Appends a message. [`Refusal::RoomNotFound`], [`Refusal::ClientIdReused`], and those of
    /// [`check_writing`](crate::domain::permissions::check_writing).
    /// A repeat of the person's `client_id` stores and publishes nothing and answers the first result.
    /// The read marker of a member moves with it, and the mark of the thread alone with what is said in a thread and not in the room also.
    /// [`Refusal::MessageNotFound`] for what it answers, and for the root of a thread, which is a message that the person reads, is not
    /// deleted and stands in no thread itself. [`Refusal::FileNotFound`] for a file that is not the person's, was shared elsewhere, is not
    /// complete, or belongs to a message already; all files of the message belong to it from then on.
    fn append_message(&self, actor: Actor, message: NewMessage) -> StoreFuture<Appended>;

    /// Gives a message of the actor another text. [`Refusal::RoomNotFound`], [`Refusal::NotMember`], [`Refusal::MessageNotFound`],
    /// [`Refusal::NotAuthor`], [`Refusal::ClientIdReused`].
    /// A repeat of the person's `client_id` changes and publishes nothing and answers the first result.
    fn edit_message(&self, actor: Actor, edit: MessageEdit) -> StoreFuture<Appended>;

    /// Deletes a message, of which no text stays. [`Refusal::RoomNotFound`], [`Refusal::NotMember`], [`Refusal::Forbidden`],
    /// [`Refusal::MessageNotFound`], [`Refusal::ClientIdReused`].
    /// A repeat of the person's `client_id` answers the first result; of a message that is deleted, whoever may delete it learns where and when.
    fn delete_message(&self, actor: Actor, deletion: MessageDeletion) -> StoreFuture<Appended>;

    /// Deletes at most `limit` messages of somebody who stands below the actor, the oldest first, as
    /// [`delete_message`](Self::delete_message) does, and answers how many those were: fewer than `limit` when none is left.
    /// [`Refusal::RoomNotFound`], [`Refusal::NotMember`], [`Refusal::Forbidden`], [`Refusal::UserNotFound`].
    fn purge_messages(&self, actor: Actor, purge: Purge, limit: u32) -> StoreFuture<u32>;

    /// A page of at most `limit` messages. [`Refusal::NotMember`], [`Refusal::RoomNotFound`].
    fn history(&self, user: UserId, room: RoomId, window: Window, limit: u32) -> StoreFuture<Page>;

    /// The room, its last `limit` messages and its first `members` members, read at one moment. [`Refusal::NotMember`],
    /// [`Refusal::RoomNotFound`].
    fn snapshot(
        &self,
        user: UserId,
        room: RoomReference,
        limit: u32,
        members: u32,
    ) -> StoreFuture<RoomSnapshot>;
}
