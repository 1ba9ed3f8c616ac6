//! Messages: what a client asks for, and what a log says of them.

use super::ProtocolError;
use super::decode::{DEFAULT_PAGE, bad, refused};
use super::frame::frame;
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, ClientId, MessageContent, MessageEvent, RoomId, Seq, Window};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;

frame!(
    /// Write a message.
    Send { #[ts(type = "number")] room: i64, client_id: String, text: String }
);
frame!(
    /// Read a page of messages. At most one of `before`, `around`, `after`.
    History {
        #[ts(type = "number")]
        room: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        before: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        around: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        after: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);

/// What a log says of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum MessageBody {
    Message { kind: MessageKind, text: String, client_id: String },
}

/// How a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MessageKind {
    Text,
    Action,
}

impl Send {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let client_id = ClientId::parse(&self.client_id).map_err(refused)?;
        Ok(ClientCommand::Send { room: RoomId(self.room), client_id, text: self.text })
    }
}

impl History {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let window = match (self.before, self.around, self.after) {
            (None, None, None) => Window::Latest,
            (Some(before), None, None) => Window::Before(Seq(before)),
            (None, Some(around), None) => Window::Around(Seq(around)),
            (None, None, Some(after)) => Window::After(Seq(after)),
            (_, _, _) => {
                return Err(bad("Only one of before, around and after can be asked for.".to_owned()));
            }
        };
        let limit = self.limit.unwrap_or(DEFAULT_PAGE);
        Ok(ClientCommand::History { room: RoomId(self.room), window, limit })
    }
}

impl From<&MessageEvent> for MessageBody {
    fn from(event: &MessageEvent) -> Self {
        match event {
            MessageEvent::Posted(MessageContent { kind, text, client_id }) => {
                Self::Message { kind: (*kind).into(), text: text.clone(), client_id: client_id.clone() }
            }
        }
    }
}

impl From<domain::MessageKind> for MessageKind {
    fn from(kind: domain::MessageKind) -> Self {
        match kind {
            domain::MessageKind::Text => Self::Text,
            domain::MessageKind::Action => Self::Action,
        }
    }
}
