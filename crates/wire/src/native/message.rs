//! Messages: what a client asks for, and what a log says of them.

use super::ProtocolError;
use super::decode::{DEFAULT_PAGE, bad, refused};
use super::frame::frame;
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, ClientId, MessageContent, MessageEvent, RoomId, Seq, Window};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;
use utoipa::ToSchema;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum MessageBody {
    #[serde(rename_all = "camelCase")]
    Message { kind: MessageKind, text: String, client_id: String },
}

/// How a message is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum MessageKind {
    #[default]
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
        let (window, limit) = window(self.before, self.around, self.after, self.limit)?;
        Ok(ClientCommand::History { room: RoomId(self.room), window, limit })
    }
}

/// Which messages are asked for, and how many.
pub(crate) fn window(
    before: Option<i64>,
    around: Option<i64>,
    after: Option<i64>,
    limit: Option<u32>,
) -> Result<(Window, u32), ProtocolError> {
    let window = match (before, around, after) {
        (None, None, None) => Window::Latest,
        (Some(before), None, None) => Window::Before(Seq(before)),
        (None, Some(around), None) => Window::Around(Seq(around)),
        (None, None, Some(after)) => Window::After(Seq(after)),
        (_, _, _) => return Err(bad("Only one of before, around and after can be asked for.".to_owned())),
    };
    Ok((window, limit.unwrap_or(DEFAULT_PAGE)))
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

impl From<MessageKind> for domain::MessageKind {
    fn from(kind: MessageKind) -> Self {
        match kind {
            MessageKind::Text => Self::Text,
            MessageKind::Action => Self::Action,
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
