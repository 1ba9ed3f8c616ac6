//! What sort of room it is, and what somebody is in it.

use chinwag_core::domain::{self, permissions};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// What sort of room it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RoomKind {
    /// Everybody finds it and may join it.
    #[default]
    Public,
    /// Those who are in it find it, and bring others in.
    Private,
    /// A conversation of two people.
    Direct,
    /// A conversation of a few.
    Group,
}

/// What somebody is in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RoomRole {
    Member,
    Moderator,
    Owner,
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

impl From<permissions::RoomRole> for RoomRole {
    fn from(role: permissions::RoomRole) -> Self {
        match role {
            permissions::RoomRole::Member => Self::Member,
            permissions::RoomRole::Moderator => Self::Moderator,
            permissions::RoomRole::Owner => Self::Owner,
        }
    }
}

impl From<RoomRole> for permissions::RoomRole {
    fn from(role: RoomRole) -> Self {
        match role {
            RoomRole::Member => Self::Member,
            RoomRole::Moderator => Self::Moderator,
            RoomRole::Owner => Self::Owner,
        }
    }
}
