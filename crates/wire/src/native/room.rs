//! Rooms, as they are listed and as they change.

use super::decode::{bad, refused, slug};
use super::frame::frame;
use super::{LogEvent, Member, ProtocolError, RoomHistory, RoomKind, RoomPosting, RoomRole, Settings, User};
use chinwag_core::chat::{ClientCommand, RoomListing, RoomView};
use chinwag_core::domain::{
    self, RoomChange, RoomId, RoomLabels, RoomListQuery, RoomSearch, RoomSlug, RoomTitle, RoomTopic,
    SlowMode, UserId,
};
use chinwag_core::ports::{self, NewRoom, RoomUpdate};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;
use utoipa::ToSchema;

/// Rooms of a page when the client does not say.
const DEFAULT_ROOMS: u32 = 100;

frame!(
    /// Read a page of the rooms.
    Rooms {
        /// A part of a title, a topic or an address.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<String>", optional)]
        search: String,
        /// The `next` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);
frame!(
    /// Create a room with a title.
    CreateRoom {
        /// `public` or `private`.
        #[serde(default)]
        kind: RoomKind,
        title: String,
        /// The address of a public room; without one it is made from the title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slug: Option<String>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<String>", optional)]
        topic: String,
        /// Whom its creator brings along.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<f64>>", optional)]
        members: Vec<i64>,
    }
);
frame!(
    /// Open the conversation with these others.
    OpenDirect { #[ts(type = "number[]")] users: Vec<i64> }
);
frame!(
    /// Change what a room is called, who finds it, or how it is kept.
    UpdateRoom {
        #[ts(type = "number")]
        room: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        title: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        topic: Option<String>,
        /// Another address; the present one leads to the room until another room takes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slug: Option<String>,
        /// `public` or `private`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        kind: Option<RoomKind>,
        /// What newcomers read of what was said before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        history: Option<RoomHistory>,
        /// Who writes there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        posting: Option<RoomPosting>,
        /// Seconds that members wait between two messages, at most 21600.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slow_mode_s: Option<u32>,
        /// Whether it is only there to be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        archived: Option<bool>,
    }
);
frame!(
    /// Delete a room.
    DeleteRoom { #[ts(type = "number")] room: i64 }
);
frame!(
    /// See the room at an address, without entering it.
    FindRoom { slug: String }
);

/// A room in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomSummary {
    #[ts(type = "number")]
    pub room: i64,
    pub kind: RoomKind,
    /// Where people find it, if it has an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub slug: Option<String>,
    pub title: String,
    pub topic: String,
    #[ts(type = "number")]
    pub head_seq: i64,
    #[ts(type = "number")]
    pub read_seq: i64,
    pub unread: u32,
    /// How often the person is mentioned in what is unread, up to 100.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(as = "Option<u32>", optional)]
    pub mentions: u32,
    /// Threads there that the person follows and in which others have written since, up to 100.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(as = "Option<u32>", optional)]
    pub threads: u32,
    pub member: bool,
    /// What the person is there, who is a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<RoomRole>,
    pub online: u32,
    #[serde(flatten)]
    #[ts(flatten)]
    pub settings: Settings,
    /// The others of a conversation, by whom it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub people: Option<Vec<User>>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What everybody's list of rooms needs to know of a room that is new or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryRoom {
    #[ts(type = "number")]
    pub room: i64,
    pub slug: String,
    pub title: String,
    pub topic: String,
}

/// A room at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoomSnapshot {
    #[serde(flatten)]
    #[ts(flatten)]
    pub summary: RoomSummary,
    pub has_before: bool,
    pub messages: Vec<LogEvent>,
    /// The events beside the messages, all of them from `events_from` on.
    pub events: Vec<LogEvent>,
    #[ts(type = "number")]
    pub events_from: i64,
    pub members: Vec<Member>,
    #[ts(type = "number")]
    pub member_count: u64,
}

/// What a log says of its room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum RoomBody {
    RoomCreated(Labels),
    RoomUpdated(RoomState),
    RoomDeleted {},
}

/// What a room is called from an event on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Labels {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub slug: Option<String>,
    pub title: String,
    pub topic: String,
}

/// What a room is from an event on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomState {
    #[serde(flatten)]
    #[ts(flatten)]
    pub labels: Labels,
    pub kind: RoomKind,
    #[serde(flatten)]
    #[ts(flatten)]
    pub settings: Settings,
}

impl Rooms {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let query = room_list_query(&self.search, self.after.as_deref(), self.limit)?;
        Ok(ClientCommand::Rooms(Box::new(query)))
    }
}

/// Which page of the rooms is asked for.
pub(crate) fn room_list_query(
    search: &str,
    after: Option<&str>,
    limit: Option<u32>,
) -> Result<RoomListQuery, ProtocolError> {
    let after = after.map(|after| after.parse().map_err(|()| not_a_page(after))).transpose()?;
    Ok(RoomListQuery { search: RoomSearch::new(search), after, limit: limit.unwrap_or(DEFAULT_ROOMS) })
}

fn not_a_page(after: &str) -> ProtocolError {
    let shown: String = after.chars().take(40).collect();
    bad(format!("after is the next of the page before, and {shown:?} is none."))
}

impl CreateRoom {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        Ok(ClientCommand::CreateRoom(Box::new(self.room()?)))
    }

    pub(crate) fn room(self) -> Result<NewRoom, ProtocolError> {
        let title = RoomTitle::parse(&self.title).map_err(refused)?;
        let topic = RoomTopic::parse(&self.topic).map_err(refused)?;
        let slug = match (self.kind, self.slug) {
            (RoomKind::Direct | RoomKind::Group, _) => {
                return Err(bad(
                    "A room that is created is public or private; openDirect opens a conversation."
                        .to_owned(),
                ));
            }
            (RoomKind::Private, Some(_)) => {
                return Err(
                    bad("The server makes the address of a private room; leave slug out.".to_owned()),
                );
            }
            (RoomKind::Public, Some(address)) => slug(&address)?,
            (RoomKind::Public, None) => RoomSlug::parse(title.as_str()).map_err(refused)?,
            // In the place of the one that the server makes.
            (RoomKind::Private, None) => RoomSlug::parse("private").map_err(refused)?,
        };
        let people = people(&self.members)?;
        Ok(NewRoom { kind: self.kind.into(), slug, title, topic, people })
    }
}

/// People whom a frame names at most.
const PEOPLE: usize = 100;

pub(crate) fn people(users: &[i64]) -> Result<Vec<UserId>, ProtocolError> {
    if users.len() > PEOPLE {
        return Err(bad(format!(
            "One frame names at most {PEOPLE} people, and this one names {}.",
            users.len()
        )));
    }
    Ok(users.iter().copied().map(UserId).collect())
}

impl OpenDirect {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        Ok(ClientCommand::OpenDirect { users: people(&self.users)? })
    }
}

impl UpdateRoom {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let room = RoomId(self.room);
        Ok(ClientCommand::UpdateRoom { room, update: Box::new(self.update()?) })
    }

    pub(crate) fn update(self) -> Result<RoomUpdate, ProtocolError> {
        let title = self.title.map(|title| RoomTitle::parse(&title)).transpose().map_err(refused)?;
        let topic = self.topic.map(|topic| RoomTopic::parse(&topic)).transpose().map_err(refused)?;
        let slug = self.slug.map(|address| slug(&address)).transpose()?;
        let slow_mode = self.slow_mode_s.map(SlowMode::parse).transpose().map_err(refused)?;
        Ok(RoomUpdate {
            title,
            topic,
            slug,
            kind: self.kind.map(Into::into),
            secret: None,
            history: self.history.map(Into::into),
            posting: self.posting.map(Into::into),
            slow_mode,
            archived: self.archived,
        })
    }
}

impl DeleteRoom {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::DeleteRoom { room: RoomId(self.room) }
    }
}

impl FindRoom {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        Ok(ClientCommand::FindRoom { slug: slug(&self.slug)? })
    }
}

impl From<&RoomChange> for RoomBody {
    fn from(change: &RoomChange) -> Self {
        match change {
            RoomChange::Created(labels) => Self::RoomCreated(labels.into()),
            RoomChange::Updated(state) => Self::RoomUpdated(state.into()),
            RoomChange::Deleted => Self::RoomDeleted {},
        }
    }
}

impl From<&RoomLabels> for Labels {
    fn from(RoomLabels { slug, title, topic }: &RoomLabels) -> Self {
        Self { slug: slug.clone(), title: title.clone(), topic: topic.clone() }
    }
}

impl From<&domain::RoomState> for RoomState {
    fn from(domain::RoomState { labels, kind, was: _, settings }: &domain::RoomState) -> Self {
        Self { labels: labels.into(), kind: (*kind).into(), settings: (*settings).into() }
    }
}

impl From<RoomListing> for RoomSummary {
    fn from(RoomListing { room, online }: RoomListing) -> Self {
        Self {
            room: room.id.0,
            kind: room.kind.into(),
            member: room.is_member(),
            role: room.role.map(RoomRole::from),
            people: room.kind.is_conversation().then(|| room.people.into_iter().map(User::from).collect()),
            slug: room.slug.map(|slug| slug.as_str().to_owned()),
            title: room.title,
            topic: room.topic,
            head_seq: room.head.0,
            read_seq: room.read.0,
            unread: room.unread,
            mentions: room.mentions,
            threads: room.threads,
            online,
            settings: room.settings.into(),
        }
    }
}

impl From<RoomView> for RoomSnapshot {
    fn from(view: RoomView) -> Self {
        let RoomView { room, log: _, page, members, member_count, online, people: _ } = view;
        Self {
            summary: RoomListing { room, online }.into(),
            messages: LogEvent::list(page.messages.into_iter().map(domain::RoomEvent::from)),
            events: LogEvent::list(page.events),
            events_from: page.events_from.0,
            has_before: page.has_before,
            members: members.into_iter().map(Member::from).collect(),
            member_count,
        }
    }
}

impl From<&ports::ListedRoom> for DirectoryRoom {
    fn from(room: &ports::ListedRoom) -> Self {
        let (slug, title, topic) = (room.slug.as_str().to_owned(), room.title.clone(), room.topic.clone());
        Self { room: room.id.0, slug, title, topic }
    }
}
