use super::news::{NotUnderstood, User, parsed};
use crate::native::{RoomKind, RoomRole, Settings};
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
    #[serde(default)]
    mentions: u32,
    #[serde(default)]
    threads: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<RoomRole>,
    #[serde(default)]
    settings: Settings,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<User<'a>>,
}

impl<'a> From<&'a RoomOverview> for Room<'a> {
    fn from(room: &'a RoomOverview) -> Self {
        let RoomOverview {
            id,
            kind,
            slug,
            title,
            topic,
            head,
            read,
            unread,
            mentions,
            threads,
            role,
            settings,
            people,
        } = room;
        Self {
            id: id.0,
            kind: (*kind).into(),
            slug: slug.as_ref().map(|slug| slug.as_str().into()),
            title: title.into(),
            topic: topic.into(),
            head: head.0,
            read: read.0,
            unread: *unread,
            mentions: *mentions,
            threads: *threads,
            role: role.map(RoomRole::from),
            settings: (*settings).into(),
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
            mentions: room.mentions,
            threads: room.threads,
            role: room.role.map(Into::into),
            settings: room.settings.into(),
            people: room.people.into_iter().map(domain::User::from).collect(),
        })
    }
}
