//! Who is there, and who is typing.

use super::ProtocolError;
use super::decode::bad;
use super::frame::frame;
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, RoomId};
use chinwag_core::ports;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

frame!(
    /// Tell that one is typing.
    Typing { #[ts(type = "number")] room: i64 }
);
frame!(
    /// Tell whether one is active.
    Presence { state: PresenceState }
);

/// Whether a person is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum PresenceState {
    Online,
    Away,
    Offline,
}

/// Somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
}

impl Typing {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::Typing { room: RoomId(self.room) }
    }
}

impl Presence {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let presence = match self.state {
            PresenceState::Online => domain::Presence::Online,
            PresenceState::Away => domain::Presence::Away,
            PresenceState::Offline => {
                return Err(bad("state is online or away; to be offline, close the connection.".to_owned()));
            }
        };
        Ok(ClientCommand::Presence { presence })
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

impl From<&ports::Typist> for Person {
    fn from(typist: &ports::Typist) -> Self {
        Self { user_id: typist.user.0, name: typist.name.clone() }
    }
}
