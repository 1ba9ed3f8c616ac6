use super::news::{NotUnderstood, User, parsed};
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{self, RoomId, RoomOverview, Seq};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A room as one person sees it.
#[derive(Serialize, Deserialize)]
pub(super) struct Room<'a> {
    id: i64,
    kind: RoomKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<Cow<'a, str>>,
    title: Cow<'a, str>,
    topic: Cow<'a, str>,
    head: i64,
    read: i64,
    unread: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<User<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum RoomKind {
    Public,
    Private,
    Direct,
    Group,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Role {
    Member,
    Moderator,
    Owner,
}

impl<'a> From<&'a RoomOverview> for Room<'a> {
    fn from(room: &'a RoomOverview) -> Self {
        let RoomOverview { id, kind, slug, title, topic, head, read, unread, role, people } = room;
        Self {
            id: id.0,
            kind: (*kind).into(),
            slug: slug.as_ref().map(|slug| slug.as_str().into()),
            title: title.into(),
            topic: topic.into(),
            head: head.0,
            read: read.0,
            unread: *unread,
            role: role.map(Role::from),
            people: people.iter().map(User::from).collect(),
        }
    }
}

impl TryFrom<Room<'_>> for RoomOverview {
    type Error = NotUnderstood;

    fn try_from(room: Room<'_>) -> Result<Self, NotUnderstood> {
        Ok(Self {
            id: RoomId(room.id),
            kind: room.kind.into(),
            slug: room.slug.map(|slug| parsed(&slug)).transpose()?,
            title: room.title.into_owned(),
            topic: room.topic.into_owned(),
            head: Seq(room.head),
            read: Seq(room.read),
            unread: room.unread,
            role: room.role.map(RoomRole::from),
            people: room.people.into_iter().map(domain::User::from).collect(),
        })
    }
}

impl From<domain::RoomKind> for RoomKind {
    fn from(kind: domain::RoomKind) -> Self {
        match kind {
            domain::RoomKind::Public => Self::Public,
            domain::RoomKind::Private => Self::Private,
            domain::RoomKind::Direct => Self::Direct,
            domain::RoomKind::Group => Self::Group,
        }
    }
}

impl From<RoomKind> for domain::RoomKind {
    fn from(kind: RoomKind) -> Self {
        match kind {
            RoomKind::Public => Self::Public,
            RoomKind::Private => Self::Private,
            RoomKind::Direct => Self::Direct,
            RoomKind::Group => Self::Group,
        }
    }
}

impl From<RoomRole> for Role {
    fn from(role: RoomRole) -> Self {
        match role {
            RoomRole::Member => Self::Member,
            RoomRole::Moderator => Self::Moderator,
            RoomRole::Owner => Self::Owner,
        }
    }
}

impl From<Role> for RoomRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => Self::Member,
            Role::Moderator => Self::Moderator,
            Role::Owner => Self::Owner,
        }
    }
}
