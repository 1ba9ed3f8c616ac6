//! What a client can ask for, one function per verb.

use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use chinwag_wire::native::{
    AddMember, Ban, BanMember, Bans, ClientFrame, CreateRoom, DeleteRoom, History, Join, Leave, LogEvent,
    Member, Members, MuteMember, OpenDirect, Presence, PresenceState, Ref, RemoveMember, Rename, RoomKind,
    RoomRole, RoomSnapshot, RoomSummary, Rooms, Send, ServerFrame, SetRole, Typing, UnbanMember,
    UnmuteMember, UpdateRoom, User,
};

/// A message is stored durably.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ack {
    /// Its place in the room's log.
    pub seq: i64,
    /// The server's time of it, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Which messages of a room are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The newest.
    Latest,
    /// The newest below this place.
    Before(i64),
    /// Those around this place.
    Around(i64),
    /// The oldest above this place.
    After(i64),
}

/// Which room is meant: by its number, or by an address that leads to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomReference<'a> {
    /// The room with this number.
    Number(i64),
    /// The room at this slug.
    Slug(&'a str),
}

impl From<i64> for RoomReference<'_> {
    fn from(room: i64) -> Self {
        Self::Number(room)
    }
}

impl<'a> From<&'a str> for RoomReference<'a> {
    fn from(slug: &'a str) -> Self {
        Self::Slug(slug)
    }
}

/// A page of a room's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPage {
    /// Messages, oldest first.
    pub messages: Vec<LogEvent>,
    /// The other events between them, oldest first; bounded.
    pub events: Vec<LogEvent>,
    /// The place from which on `events` has all there are.
    pub events_from: i64,
    /// Whether there are older messages.
    pub has_before: bool,
    /// Whether there are newer messages.
    pub has_after: bool,
}

/// A page of a room's members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersPage {
    /// The members.
    pub members: Vec<Member>,
    /// Where the next page begins, when there is one.
    pub next: Option<String>,
}

/// A page of the rooms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomsPage {
    /// The rooms.
    pub rooms: Vec<RoomSummary>,
    /// Where the next page begins, when there is one.
    pub next: Option<String>,
}

/// Every verb fails with a [`RequestError`]. While there is no connection, requests wait for the next one.
impl Client {
    /// Becomes a member of a room and follows it. Its last `limit` messages come with the answer.
    pub async fn join(
        &self,
        room: impl Into<RoomReference<'_>>,
        limit: u32,
    ) -> Result<RoomSnapshot, RequestError> {
        let (room, slug) = match room.into() {
            RoomReference::Number(room) => (Some(room), None),
            RoomReference::Slug(slug) => (None, Some(slug.to_owned())),
        };
        let make = |reference| ClientFrame::Join(Join { reference, room, slug, limit: Some(limit) });
        let frame = self.ask(Repeat::Unsafe, make).await?;
        let ServerFrame::Joined { snapshot, .. } = frame else { return unexpected(&frame) };
        Ok(snapshot)
    }

    /// Ends the membership of a room, on all connections of the person.
    pub async fn leave(&self, room: i64) -> Result<(), RequestError> {
        let frame =
            self.ask(Repeat::Unsafe, |reference| ClientFrame::Leave(Leave { reference, room })).await?;
        let ServerFrame::Left { .. } = frame else { return unexpected(&frame) };
        Ok(())
    }

    /// Writes a message. Resolves when it is stored durably; over lost connections it is sent again, in order.
    pub async fn send(&self, room: i64, text: &str) -> Result<Ack, RequestError> {
        self.send_as(room, &self.new_client_id(), text).await
    }

    /// Writes a message under a client id of one's own choice. A repeat of it gets the first ack.
    pub async fn send_as(&self, room: i64, client_id: &str, text: &str) -> Result<Ack, RequestError> {
        self.write(room, client_id, text, None).await
    }

    /// Answers a message with another one.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn reply(&self, room: i64, reply_to: i64, text: &str) -> Result<Ack, RequestError> {
        self.write(room, &self.new_client_id(), text, Some(reply_to)).await
    }

    async fn write(
        &self,
        room: i64,
        client_id: &str,
        text: &str,
        reply_to: Option<i64>,
    ) -> Result<Ack, RequestError> {
        let (client_id, text) = (client_id.to_owned(), text.to_owned());
        let make =
            |reference| ClientFrame::Send(Send { reply_to, ..Send::new(reference, room, client_id, text) });
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Ack { seq, at, .. } = frame else { return unexpected(&frame) };
        Ok(Ack { seq, at })
    }

    /// Reads a page of messages.
    pub async fn history(&self, room: i64, window: Window, limit: u32) -> Result<HistoryPage, RequestError> {
        let make = |reference| {
            let mut frame =
                History { reference, room, before: None, around: None, after: None, limit: Some(limit) };
            match window {
                Window::Latest => {}
                Window::Before(seq) => frame.before = Some(seq),
                Window::Around(seq) => frame.around = Some(seq),
                Window::After(seq) => frame.after = Some(seq),
            }
            ClientFrame::History(frame)
        };
        let frame = self.ask(Repeat::Unsafe, make).await?;
        let ServerFrame::History { messages, events, events_from, has_before, has_after, .. } = frame else {
            return unexpected(&frame);
        };
        Ok(HistoryPage { messages, events, events_from, has_before, has_after })
    }

    /// Reads a page of members by name, after the [`next`](MembersPage::next) of the page before.
    pub async fn members(
        &self,
        room: i64,
        after: Option<&str>,
        limit: u32,
    ) -> Result<MembersPage, RequestError> {
        let after = after.map(str::to_owned);
        let make = |reference| ClientFrame::Members(Members { reference, room, after, limit: Some(limit) });
        let frame = self.ask(Repeat::Unsafe, make).await?;
        let ServerFrame::Members { members, next, .. } = frame else { return unexpected(&frame) };
        Ok(MembersPage { members, next })
    }

    /// Reads a page of the rooms with `search` in their titles, topics or addresses, after the [`next`](RoomsPage::next) of the page
    /// before. An empty `search` finds all.
    pub async fn rooms(
        &self,
        search: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<RoomsPage, RequestError> {
        let (search, after) = (search.to_owned(), after.map(str::to_owned));
        let make = |reference| ClientFrame::Rooms(Rooms { reference, search, after, limit: Some(limit) });
        let frame = self.ask(Repeat::Unsafe, make).await?;
        let ServerFrame::Rooms { rooms, next, .. } = frame else { return unexpected(&frame) };
        Ok(RoomsPage { rooms, next })
    }

    /// Creates a public room at this address. [`join`](Self::join) it to follow it.
    pub async fn create_room(
        &self,
        slug: &str,
        title: &str,
        topic: &str,
    ) -> Result<RoomSummary, RequestError> {
        let (slug, title, topic) = (Some(slug.to_owned()), title.to_owned(), topic.to_owned());
        let kind = RoomKind::Public;
        let members = Vec::new();
        self.ask_for_room(|reference| {
            ClientFrame::CreateRoom(CreateRoom { reference, kind, title, slug, topic, members })
        })
        .await
    }

    /// Creates a private room, and brings these people along. [`join`](Self::join) it to follow it.
    pub async fn create_private_room(
        &self,
        title: &str,
        members: &[i64],
    ) -> Result<RoomSummary, RequestError> {
        let (title, topic, members) = (title.to_owned(), String::new(), members.to_vec());
        let kind = RoomKind::Private;
        self.ask_for_room(|reference| {
            ClientFrame::CreateRoom(CreateRoom { reference, kind, title, slug: None, topic, members })
        })
        .await
    }

    /// Opens the conversation with these others. [`join`](Self::join) it to follow it.
    pub async fn open_direct(&self, users: &[i64]) -> Result<RoomSummary, RequestError> {
        let users = users.to_vec();
        self.ask_for_room(|reference| ClientFrame::OpenDirect(OpenDirect { reference, users })).await
    }

    /// Makes somebody else a member of a room.
    pub async fn add_member(&self, room: i64, user_id: i64) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::AddMember(AddMember { reference, room, user_id })).await
    }

    /// Ends somebody else's membership. When this is answered, none of that person's connections hears the room any more.
    pub async fn remove_member(&self, room: i64, user_id: i64) -> Result<(), RequestError> {
        let reason = None;
        self.ask_for_ok(|reference| {
            ClientFrame::RemoveMember(RemoveMember { reference, room, user_id, reason })
        })
        .await
    }

    /// The same, and the person does not come back before `until`, in milliseconds since 1970; never without one.
    pub async fn ban_member(
        &self,
        room: i64,
        user_id: i64,
        until: Option<i64>,
        reason: Option<&str>,
    ) -> Result<(), RequestError> {
        let reason = reason.map(str::to_owned);
        self.ask_for_ok(|reference| {
            ClientFrame::BanMember(BanMember { reference, room, user_id, until, reason })
        })
        .await
    }

    /// Ends a ban.
    pub async fn unban_member(&self, room: i64, user_id: i64) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::UnbanMember(UnbanMember { reference, room, user_id })).await
    }

    /// Has somebody read and not write up to `until`, in milliseconds since 1970; for ever without one.
    pub async fn mute_member(
        &self,
        room: i64,
        user_id: i64,
        until: Option<i64>,
        reason: Option<&str>,
    ) -> Result<(), RequestError> {
        let reason = reason.map(str::to_owned);
        self.ask_for_ok(|reference| {
            ClientFrame::MuteMember(MuteMember { reference, room, user_id, until, reason })
        })
        .await
    }

    /// Lets somebody write again.
    pub async fn unmute_member(&self, room: i64, user_id: i64) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::UnmuteMember(UnmuteMember { reference, room, user_id }))
            .await
    }

    /// Who is banned from a room.
    pub async fn bans(&self, room: i64) -> Result<Vec<Ban>, RequestError> {
        let frame = self.ask(Repeat::Safe, |reference| ClientFrame::Bans(Bans { reference, room })).await?;
        let ServerFrame::Bans { bans, .. } = frame else { return unexpected(&frame) };
        Ok(bans)
    }

    /// Says what a member is in a room from now on.
    pub async fn set_role(&self, room: i64, user_id: i64, role: RoomRole) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::SetRole(SetRole { reference, room, user_id, role })).await
    }

    /// Changes the title, the topic or the address of a room that this person created; what is `None` stays.
    pub async fn update_room(
        &self,
        room: i64,
        title: Option<&str>,
        topic: Option<&str>,
        slug: Option<&str>,
    ) -> Result<RoomSummary, RequestError> {
        let [title, topic, slug] = [title, topic, slug].map(|text| text.map(str::to_owned));
        self.ask_for_room(|reference| {
            ClientFrame::UpdateRoom(UpdateRoom {
                reference,
                room,
                title,
                topic,
                slug,
                kind: None,
                history: None,
                posting: None,
                slow_mode_s: None,
                archived: None,
            })
        })
        .await
    }

    /// Changes a room by what is there of `change`; its `reference` is made here.
    pub async fn change_room(&self, change: UpdateRoom) -> Result<RoomSummary, RequestError> {
        self.ask_for_room(|reference| ClientFrame::UpdateRoom(UpdateRoom { reference, ..change })).await
    }

    /// Deletes a room that this person created.
    pub async fn delete_room(&self, room: i64) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::DeleteRoom(DeleteRoom { reference, room })).await
    }

    /// Gives the person another name.
    pub async fn rename(&self, name: &str) -> Result<User, RequestError> {
        let name = name.to_owned();
        let frame =
            self.ask(Repeat::Unsafe, |reference| ClientFrame::Rename(Rename { reference, name })).await?;
        let ServerFrame::Renamed { user, .. } = frame else { return unexpected(&frame) };
        Ok(user)
    }

    /// Tells that the person types in a room. It lasts 6 s; tell it again every 3 s.
    pub async fn typing(&self, room: i64) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::Typing(Typing { reference, room })).await
    }

    /// Tells whether the person is active: online or away.
    pub async fn presence(&self, state: PresenceState) -> Result<(), RequestError> {
        self.ask_for_ok(|reference| ClientFrame::Presence(Presence { reference, state })).await
    }

    async fn ask_for_room(
        &self,
        make: impl FnOnce(Option<Ref>) -> ClientFrame,
    ) -> Result<RoomSummary, RequestError> {
        let frame = self.ask(Repeat::Unsafe, make).await?;
        let ServerFrame::Room { room, .. } = frame else { return unexpected(&frame) };
        Ok(room)
    }

    async fn ask_for_ok(&self, make: impl FnOnce(Option<Ref>) -> ClientFrame) -> Result<(), RequestError> {
        done(self.ask(Repeat::Unsafe, make).await?)
    }

    pub(crate) async fn ask(
        &self,
        repeat: Repeat,
        make: impl FnOnce(Option<Ref>) -> ClientFrame,
    ) -> Result<ServerFrame, RequestError> {
        let shared = &self.inner.shared;
        // Without a wait when there is a place, so that requests keep the order in which they are made. The semaphore is never
        // closed: every place is given back, at the latest when the client ends.
        let place = match shared.places.clone().try_acquire_owned() {
            Ok(place) => Some(place),
            Err(_) => shared.places.clone().acquire_owned().await.ok(),
        };
        let reply = shared.requests.lock().add(repeat, place, make);
        shared.wake.notify_one();
        reply.await.unwrap_or(Err(RequestError::Lost))
    }
}

pub(crate) fn done(frame: ServerFrame) -> Result<(), RequestError> {
    if let ServerFrame::Ok { .. } = frame { Ok(()) } else { unexpected(&frame) }
}

pub(crate) fn unexpected<T>(frame: &ServerFrame) -> Result<T, RequestError> {
    Err(RequestError::Unexpected(format!("{frame:?}")))
}
