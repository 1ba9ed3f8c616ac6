//! The objects that several frames share.

use super::LogEvent;
use chinwag_core::chat::{self, LimitsInfo, RoomListing, RoomView};
use chinwag_core::domain;
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::ports;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
    pub guest: bool,
}

/// Whether a person is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PresenceState {
    Online,
    Away,
    Offline,
}

/// A person in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
    pub state: PresenceState,
    pub guest: bool,
    /// The protocol by which the person is connected, when it is not this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub via: Option<String>,
}

/// A change of one person's presence: the person as of now.
pub type PresenceChange = Member;

/// What a typed command does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "effect", rename_all = "camelCase")]
pub enum Effect {
    /// A sentence for this person alone.
    Notice { notice: String },
    /// The person has a new name.
    Renamed { user: User },
    /// Join the room at this address and show it.
    Enter { slug: String },
    /// Leave this room.
    Exit {
        #[ts(type = "number")]
        room: i64,
    },
    /// The session ends; the close follows.
    SignedOut,
}

/// Somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
}

/// What sort of room it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RoomKind {
    /// Everybody finds it and may join it.
    #[default]
    Public,
}

/// A room in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    pub member: bool,
    pub mine: bool,
    pub online: u32,
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

/// The limits a client needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    pub message_length: u32,
    pub history_page: u32,
    pub rooms_per_person: u32,
}

impl From<domain::User> for User {
    fn from(user: domain::User) -> Self {
        Self { user_id: user.id.0, name: user.name, guest: user.guest }
    }
}

impl From<domain::Presence> for PresenceState {
    fn from(presence: domain::Presence) -> Self {
        match presence {
            domain::Presence::Online => Self::Online,
            domain::Presence::Away => Self::Away,
            domain::Presence::Offline => Self::Offline,
        }
    }
}

impl From<domain::Member> for Member {
    fn from(member: domain::Member) -> Self {
        let domain::User { id, name, guest } = member.user;
        Self { user_id: id.0, name, state: member.presence.into(), guest, via: member.via.map(str::to_owned) }
    }
}

impl From<&ports::PresenceChange> for Member {
    fn from(change: &ports::PresenceChange) -> Self {
        domain::Member { user: change.user.clone(), presence: change.presence, via: change.via }.into()
    }
}

impl From<chat::Effect> for Effect {
    fn from(effect: chat::Effect) -> Self {
        match effect {
            chat::Effect::Notice(notice) => Self::Notice { notice },
            chat::Effect::Renamed(user) => Self::Renamed { user: user.into() },
            chat::Effect::Enter(slug) => Self::Enter { slug: slug.as_str().to_owned() },
            chat::Effect::Exit(room) => Self::Exit { room: room.0 },
            chat::Effect::SignedOut => Self::SignedOut,
        }
    }
}

impl From<&ports::Typist> for Person {
    fn from(typist: &ports::Typist) -> Self {
        Self { user_id: typist.user.0, name: typist.name.clone() }
    }
}

impl From<domain::RoomKind> for RoomKind {
    fn from(kind: domain::RoomKind) -> Self {
        match kind {
            domain::RoomKind::Public => Self::Public,
        }
    }
}

impl From<RoomKind> for domain::RoomKind {
    fn from(kind: RoomKind) -> Self {
        match kind {
            RoomKind::Public => Self::Public,
        }
    }
}

impl From<RoomListing> for RoomSummary {
    fn from(RoomListing { room, online }: RoomListing) -> Self {
        Self {
            room: room.id.0,
            kind: room.kind.into(),
            member: room.is_member(),
            mine: room.role == Some(RoomRole::Owner),
            slug: room.slug.map(|slug| slug.as_str().to_owned()),
            title: room.title,
            topic: room.topic,
            head_seq: room.head.0,
            read_seq: room.read.0,
            unread: room.unread,
            online,
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

impl From<LimitsInfo> for Limits {
    fn from(limits: LimitsInfo) -> Self {
        Self {
            message_length: u32::try_from(limits.message_length).unwrap_or(u32::MAX),
            history_page: limits.history_page,
            rooms_per_person: limits.rooms_per_person,
        }
    }
}
