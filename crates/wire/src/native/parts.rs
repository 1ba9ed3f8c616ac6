//! The objects that several frames share.

use super::LogEvent;
use chinwag_core::chat::{self, LimitsInfo, RoomListing, RoomView};
use chinwag_core::domain;
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
    pub via: Option<Via>,
}

/// A protocol beside the native one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    Simple,
    SocketIo,
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
    /// Join this room and show it.
    Enter { room: String },
    /// Leave this room.
    Exit { room: String },
    /// The session ends; the close follows.
    SignedOut,
}

/// Somebody who is typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Typist {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
}

/// A room in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoomSummary {
    pub room: String,
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
    pub room: String,
    pub title: String,
    pub topic: String,
}

/// A room at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoomSnapshot {
    pub room: String,
    pub title: String,
    pub topic: String,
    #[ts(type = "number")]
    pub head_seq: i64,
    #[ts(type = "number")]
    pub read_seq: i64,
    pub has_before: bool,
    pub messages: Vec<LogEvent>,
    pub events: Vec<LogEvent>,
    pub members: Vec<Member>,
    #[ts(type = "number")]
    pub member_count: u64,
    pub online: u32,
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
        Self { user_id: id.0, name, state: member.presence.into(), guest, via: via(member.via) }
    }
}

impl From<&ports::PresenceChange> for Member {
    fn from(change: &ports::PresenceChange) -> Self {
        domain::Member { user: change.user.clone(), presence: change.presence, via: change.via }.into()
    }
}

fn via(via: domain::Via) -> Option<Via> {
    match via {
        domain::Via::Native => None,
        domain::Via::Simple => Some(Via::Simple),
        domain::Via::SocketIo => Some(Via::SocketIo),
    }
}

impl From<chat::Effect> for Effect {
    fn from(effect: chat::Effect) -> Self {
        match effect {
            chat::Effect::Notice(notice) => Self::Notice { notice },
            chat::Effect::Renamed(user) => Self::Renamed { user: user.into() },
            chat::Effect::Enter(room) => Self::Enter { room: room.as_str().to_owned() },
            chat::Effect::Exit(room) => Self::Exit { room: room.as_str().to_owned() },
            chat::Effect::SignedOut => Self::SignedOut,
        }
    }
}

impl From<&ports::Typist> for Typist {
    fn from(typist: &ports::Typist) -> Self {
        Self { user_id: typist.user.0, name: typist.name.clone() }
    }
}

impl From<RoomListing> for RoomSummary {
    fn from(RoomListing { room, online }: RoomListing) -> Self {
        Self {
            room: room.slug.as_str().to_owned(),
            title: room.title,
            topic: room.topic,
            head_seq: room.head.0,
            read_seq: room.read.0,
            unread: room.unread,
            member: room.member,
            mine: room.mine,
            online,
        }
    }
}

impl From<RoomView> for RoomSnapshot {
    fn from(view: RoomView) -> Self {
        let RoomView { room, page, members, member_count, online, people: _ } = view;
        Self {
            messages: LogEvent::list(&room.slug, &page.messages),
            events: LogEvent::list(&room.slug, &page.events),
            room: room.slug.as_str().to_owned(),
            title: room.title,
            topic: room.topic,
            head_seq: room.head.0,
            read_seq: room.read.0,
            has_before: page.has_before,
            members: members.into_iter().map(Member::from).collect(),
            member_count,
            online,
        }
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
