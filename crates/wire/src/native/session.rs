//! Who one is, and what one needs to know to begin.

use super::ProtocolError;
use super::decode::{Request, bad, refused};
use super::frame::frame;
use chinwag_core::chat::{ClientCommand, LimitsInfo};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{self, RoomId, Seq, UserName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;

frame!(
    /// Signs the connection in; the first frame.
    Hello {
        token: String,
        /// The epoch in which `rooms` were seen, from the last `welcome`; without one it is the present one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        epoch: Option<String>,
        /// The last `seq` seen of each room that the client follows.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        #[ts(as = "Option<std::collections::BTreeMap<String, f64>>", optional)]
        rooms: BTreeMap<String, i64>,
    }
);
frame!(
    /// Change one's name.
    Rename { name: String }
);
frame!(
    /// Hand in a new token of the same person, before the one that the connection began with ends.
    Renew { token: String }
);
frame!(
    /// Ask for a sign of life.
    Ping {}
);

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
    pub kind: AccountKind,
    /// What the person is on the whole server, beyond a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<StaffRole>,
}

/// What sort of account it is: one that lasts as long as a connection, one made by name only, a person's own, a program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum AccountKind {
    Visitor,
    Guest,
    Member,
    Bot,
}

/// What a member is on the whole server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum StaffRole {
    Moderator,
    Admin,
    Owner,
}

/// The limits a client needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    pub message_length: u32,
    pub history_page: u32,
    pub rooms_per_person: u32,
    /// Of a file.
    #[ts(type = "number")]
    pub file_bytes: u64,
    pub files_per_message: u32,
}

impl Hello {
    pub(super) fn sign_in(self) -> Result<Request, ProtocolError> {
        let resume = |(room, seq): (String, i64)| Ok((resumed_room(&room)?, Seq(seq)));
        let rooms = self.rooms.into_iter().map(resume).collect::<Result<_, ProtocolError>>()?;
        Ok(Request::SignIn { token: self.token, epoch: self.epoch, rooms })
    }
}

/// The room that a client comes back to: the key of a JSON object, so a number as text. There is one way to write it, so that no room stands
/// there twice.
fn resumed_room(key: &str) -> Result<RoomId, ProtocolError> {
    key.parse().ok().filter(|number: &i64| number.to_string() == key).map(RoomId).ok_or_else(|| {
        let shown: String = key.chars().take(40).collect();
        bad(format!("rooms has the numbers of rooms as keys, and {shown:?} is none."))
    })
}

impl Rename {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        Ok(ClientCommand::Rename { name: UserName::parse(&self.name).map_err(refused)? })
    }
}

impl From<domain::User> for User {
    fn from(user: domain::User) -> Self {
        let domain::User { id, name, kind, role } = user;
        Self { user_id: id.0, name, kind: kind.into(), role: StaffRole::of(role) }
    }
}

impl From<domain::AccountKind> for AccountKind {
    fn from(kind: domain::AccountKind) -> Self {
        match kind {
            domain::AccountKind::Visitor => Self::Visitor,
            domain::AccountKind::Guest => Self::Guest,
            domain::AccountKind::Member => Self::Member,
            domain::AccountKind::Bot => Self::Bot,
        }
    }
}

impl AccountKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Guest => "guest",
            Self::Member => "member",
            Self::Bot => "bot",
        }
    }
}

impl StaffRole {
    /// The role of one who is more than a member.
    #[must_use]
    pub fn of(role: ServerRole) -> Option<Self> {
        match role {
            ServerRole::Visitor | ServerRole::Guest | ServerRole::Member => None,
            ServerRole::Moderator => Some(Self::Moderator),
            ServerRole::Admin => Some(Self::Admin),
            ServerRole::Owner => Some(Self::Owner),
        }
    }

    /// The role.
    #[must_use]
    pub fn role(self) -> ServerRole {
        match self {
            Self::Moderator => ServerRole::Moderator,
            Self::Admin => ServerRole::Admin,
            Self::Owner => ServerRole::Owner,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }
}

impl From<LimitsInfo> for Limits {
    fn from(limits: LimitsInfo) -> Self {
        Self {
            message_length: u32::try_from(limits.message_length).unwrap_or(u32::MAX),
            history_page: limits.history_page,
            rooms_per_person: limits.rooms_per_person,
            file_bytes: limits.file_bytes,
            files_per_message: limits.files_per_message,
        }
    }
}
