//! Who one is, and what one needs to know to begin.

use super::ProtocolError;
use super::decode::{Request, bad, refused};
use super::frame::frame;
use chinwag_core::chat::{ClientCommand, LimitsInfo};
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
    pub guest: bool,
}

/// The limits a client needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    pub message_length: u32,
    pub history_page: u32,
    pub rooms_per_person: u32,
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
        Self { user_id: user.id.0, name: user.name, guest: user.guest }
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
