//! Pictures of people, of rooms and of the server.

use chinwag_core::domain::{self, RoomId, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/avatars`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AvatarQuery {
    /// The numbers of people, with commas between them; at most 200 are looked at.
    #[serde(default)]
    #[param(example = "7,9")]
    pub people: String,
    /// The numbers of rooms, likewise.
    #[serde(default)]
    pub rooms: String,
}

impl AvatarQuery {
    /// Whose pictures are meant. What is no number is nobody.
    #[must_use]
    pub fn query(&self) -> domain::AvatarQuery {
        domain::AvatarQuery {
            people: numbers(&self.people).map(UserId).collect(),
            rooms: numbers(&self.rooms).map(RoomId).collect(),
        }
    }
}

fn numbers(list: &str) -> impl Iterator<Item = i64> {
    list.split(',').filter_map(|number| number.trim().parse().ok())
}

/// The answer of `GET /api/avatars`. A picture is read at `files/avatars/{avatar}`, and a smaller one there with `?v=thumb`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Avatars {
    /// Those who have a picture.
    pub people: Vec<PersonAvatar>,
    /// The rooms that have one.
    pub rooms: Vec<RoomAvatar>,
    /// The picture of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    #[ts(optional)]
    pub server: Option<String>,
}

/// What the picture of a person is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonAvatar {
    /// The person's number.
    #[ts(type = "number")]
    pub user_id: i64,
    /// The picture.
    pub avatar: String,
}

/// What the picture of a room is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RoomAvatar {
    /// The room's number.
    #[ts(type = "number")]
    pub room: i64,
    /// The picture.
    pub avatar: String,
}

/// The answer to a picture that was given.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct NewAvatar {
    /// What it is called.
    pub avatar: String,
}

impl From<domain::Avatars> for Avatars {
    fn from(domain::Avatars { people, rooms, server }: domain::Avatars) -> Self {
        let person =
            |(user, id): (UserId, domain::FileId)| PersonAvatar { user_id: user.0, avatar: id.to_string() };
        let room = |(room, id): (RoomId, domain::FileId)| RoomAvatar { room: room.0, avatar: id.to_string() };
        Self {
            people: people.into_iter().map(person).collect(),
            rooms: rooms.into_iter().map(room).collect(),
            server: server.map(|id| id.to_string()),
        }
    }
}
