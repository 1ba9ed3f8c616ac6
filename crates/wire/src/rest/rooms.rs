//! Rooms and who is in them.

use crate::native::{self, Member, ProtocolError, RoomHistory, RoomKind, RoomPosting, RoomRole, RoomSummary};
use chinwag_core::chat::RoomListing;
use chinwag_core::domain::{self, RoomListPosition, RoomListQuery, UserId};
use chinwag_core::ports::{NewRoom, RoomUpdate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/rooms`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RoomsQuery {
    /// A part of a title, a topic or an address, whatever its case and marks.
    #[serde(default)]
    #[param(default = "")]
    pub search: String,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Rooms of a page; more than 200 is served as 200.
    #[param(default = 100)]
    pub limit: Option<u32>,
}

/// A page of rooms: those that came with the server, then one's own, then all others, each by title.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RoomsPage {
    pub rooms: Vec<RoomSummary>,
    /// Hand it in as `after` for the next page, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// The body of `POST /api/rooms`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct CreateRoom {
    #[serde(default)]
    pub kind: RoomKind,
    /// 1 to 60 characters on one line.
    pub title: String,
    /// Where people find it, if it is public; without one it is made from the title.
    pub slug: Option<String>,
    /// At most 200 characters on one line.
    #[serde(default)]
    pub topic: String,
    /// The numbers of those whom its creator brings along.
    #[serde(default)]
    pub members: Vec<i64>,
}

/// The body of `POST /api/conversations`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct OpenDirect {
    /// The numbers of the others, 1 to 7 of them.
    pub users: Vec<i64>,
}

/// The body of `PUT /api/rooms/{room}/members/{user}/role`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RoleWish {
    pub role: RoomRole,
}

/// The body of `PATCH /api/rooms/{room}`: what is there changes, the rest stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRoom {
    pub title: Option<String>,
    pub topic: Option<String>,
    /// Another address; the present one leads to the room until another room takes it.
    pub slug: Option<String>,
    /// `public` or `private`.
    pub kind: Option<RoomKind>,
    /// What newcomers read of what was said before.
    pub history: Option<RoomHistory>,
    /// Who writes there.
    pub posting: Option<RoomPosting>,
    /// Seconds that members wait between two messages, at most 21600.
    pub slow_mode_s: Option<u32>,
    /// Whether it is only there to be read.
    pub archived: Option<bool>,
}

/// The query of `GET /api/rooms/{room}/members`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MembersQuery {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Members of a page; more than 200 is served as 200.
    #[param(default = 100)]
    pub limit: Option<u32>,
}

/// A page of a room's members, by name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct MembersPage {
    pub members: Vec<Member>,
    /// Hand it in as `after` for the next page, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// The answer of `GET /api/rooms/{room}/reads`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Reads {
    /// The others who share it, each with the place up to which everything was read.
    pub reads: Vec<Reader>,
}

/// How far somebody has read a room.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reader {
    #[ts(type = "number")]
    pub user_id: i64,
    /// Everything up to here ...
    #[ts(type = "number")]
    pub seq: i64,
    /// ... that was said since the person came, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub since: i64,
}

impl From<domain::Reader> for Reader {
    fn from(domain::Reader { user, read, since }: domain::Reader) -> Self {
        Self { user_id: user.0, seq: read.0, since: since.0 }
    }
}

/// The body of `PUT /api/rooms/{room}/read`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct ReadUpTo {
    /// Everything up to it is read.
    pub seq: i64,
}

/// The body of `PUT /api/rooms/{room}/unread`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct UnreadFrom {
    /// The first message that is unread from now on.
    pub seq: i64,
}

impl RoomsQuery {
    /// What is asked of the storage.
    ///
    /// # Errors
    /// When `after` is no place in the list.
    pub fn query(self) -> Result<RoomListQuery, ProtocolError> {
        native::room_list_query(&self.search, self.after.as_deref(), self.limit)
    }
}

impl RoomsPage {
    /// The page as it is answered.
    #[must_use]
    pub fn new(rooms: impl Iterator<Item = RoomListing>, next: Option<&RoomListPosition>) -> Self {
        Self { rooms: rooms.map(RoomSummary::from).collect(), next: next.map(ToString::to_string) }
    }
}

impl CreateRoom {
    /// The room that is wanted.
    ///
    /// # Errors
    /// When title, topic or address break the rules.
    pub fn room(self) -> Result<NewRoom, ProtocolError> {
        let Self { kind, title, slug, topic, members } = self;
        native::CreateRoom { reference: None, kind, title, slug, topic, members }.room()
    }
}

impl OpenDirect {
    /// With whom it is.
    ///
    /// # Errors
    /// When too many are named.
    pub fn others(self) -> Result<Vec<UserId>, ProtocolError> {
        native::people(&self.users)
    }
}

impl UpdateRoom {
    /// What is to change.
    ///
    /// # Errors
    /// When title, topic or address break the rules.
    pub fn update(self) -> Result<RoomUpdate, ProtocolError> {
        let Self { title, topic, slug, kind, history, posting, slow_mode_s, archived } = self;
        let room = 0;
        native::UpdateRoom {
            reference: None,
            room,
            title,
            topic,
            slug,
            kind,
            history,
            posting,
            slow_mode_s,
            archived,
        }
        .update()
    }
}
