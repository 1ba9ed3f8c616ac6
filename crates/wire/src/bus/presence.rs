use super::news::User;
use chinwag_core::domain::{self, RoomId, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a node tells of its people.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Presence<'a> {
    Changed(Vec<Person<'a>>),
    Gone(Vec<i64>),
    Part { after: i64, until: i64, people: Vec<Person<'a>> },
    Typing { room: i64, user: i64, types: bool },
    Asked {},
}

/// A person, and how one is connected there.
#[derive(Serialize, Deserialize)]
pub(super) struct Person<'a> {
    user: User<'a>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    away: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    via: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rooms: Vec<i64>,
}

impl<'a> From<&'a PresenceNews> for Presence<'a> {
    fn from(news: &'a PresenceNews) -> Self {
        let all = |people: &'a [PersonThere]| people.iter().map(Person::from).collect();
        match news {
            PresenceNews::Changed(people) => Self::Changed(all(people)),
            PresenceNews::Gone(users) => Self::Gone(users.iter().map(|user| user.0).collect()),
            PresenceNews::Part { after, until, people } => {
                Self::Part { after: after.0, until: until.0, people: all(people) }
            }
            PresenceNews::Typing { room, user, types } => {
                Self::Typing { room: room.0, user: user.0, types: *types }
            }
            PresenceNews::Asked => Self::Asked {},
        }
    }
}

impl From<Presence<'_>> for PresenceNews {
    fn from(presence: Presence<'_>) -> Self {
        let all = |people: Vec<Person<'_>>| people.into_iter().map(PersonThere::from).collect();
        match presence {
            Presence::Changed(people) => Self::Changed(all(people)),
            Presence::Gone(users) => Self::Gone(users.into_iter().map(UserId).collect()),
            Presence::Part { after, until, people } => {
                Self::Part { after: UserId(after), until: UserId(until), people: all(people) }
            }
            Presence::Typing { room, user, types } => {
                Self::Typing { room: RoomId(room), user: UserId(user), types }
            }
            Presence::Asked {} => Self::Asked,
        }
    }
}

impl<'a> From<&'a PersonThere> for Person<'a> {
    fn from(person: &'a PersonThere) -> Self {
        let PersonThere { user, presence, via, rooms } = person;
        Self {
            user: user.into(),
            away: *presence == domain::Presence::Away,
            via: via.as_ref().map(Cow::from),
            rooms: rooms.iter().map(|room| room.0).collect(),
        }
    }
}

impl From<Person<'_>> for PersonThere {
    fn from(person: Person<'_>) -> Self {
        let Person { user, away, via, rooms } = person;
        Self {
            user: user.into(),
            presence: if away { domain::Presence::Away } else { domain::Presence::Online },
            via: via.map(Cow::into_owned),
            rooms: rooms.into_iter().map(RoomId).collect(),
        }
    }
}
