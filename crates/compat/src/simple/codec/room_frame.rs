use super::decode;
use crate::{Changed, Posted};
use chinwag_core::domain::{self, RoomSlug};
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A frame from a client of the room vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "snake_case")]
pub enum RoomClientFrame {
    /// Enter a room, and leave the one before it.
    Join {
        /// The name that one would like to have.
        username: String,
        /// The room; the lobby when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<String>,
    },
    /// Write a message.
    Message {
        /// Its text.
        text: String,
    },
    /// Tell whether one is typing.
    Typing {
        /// Whether one is.
        is_typing: bool,
    },
}

/// A frame to a client of the room vocabulary. `P` is how the list of people is held, such as already written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "snake_case")]
pub enum RoomServerFrame<P = Vec<RoomPerson>> {
    /// The client is in a room.
    Joined {
        client_id: String,
        /// The name that the client has, perhaps a variant of the one it wanted.
        username: String,
        room: String,
        /// The last messages, oldest first.
        history: Vec<RoomServerFrame<P>>,
        users: P,
    },
    /// Somebody came.
    UserJoined { user_id: String, username: String, users: P },
    /// Somebody went.
    UserLeft { user_id: String, username: String, users: P },
    /// Somebody has another name.
    Users { users: P },
    /// Somebody wrote.
    Message { id: String, user_id: String, username: String, text: String, timestamp: i64 },
    /// A message has another text.
    MessageEdited { id: String, text: String },
    /// A message was deleted.
    MessageDeleted { id: String },
    /// Somebody types, or does not any more.
    Typing { user_id: String, username: String, is_typing: bool },
    /// A hint for this client alone, or news of its room.
    System { message: String },
    /// Why something was not done.
    Error { message: String },
}

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomPerson {
    pub id: String,
    pub username: String,
}

impl RoomClientFrame {
    /// The `type` of every frame from a client.
    pub const TYPES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;

    /// Reads a text message.
    ///
    /// # Errors
    /// The sentence for the client.
    pub fn decode(text: &str) -> Result<Self, String> {
        decode::frame(text, Self::TYPES)
    }
}

impl RoomServerFrame {
    /// The `type` of every frame from the server.
    pub const TYPES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;
}

impl<P> RoomServerFrame<P> {
    pub(super) fn of_message(room: &RoomSlug, message: Posted<'_>) -> Self {
        Self::Message {
            id: format!("{room}:{}", message.seq),
            user_id: message.author.to_string(),
            username: message.name.to_owned(),
            text: message.text().into_owned(),
            timestamp: message.at.0,
        }
    }
}

impl<P> RoomServerFrame<P> {
    pub(super) fn of_change(room: &RoomSlug, changed: Changed<'_>) -> Self {
        match changed {
            Changed::Edited { target, text } => {
                Self::MessageEdited { id: format!("{room}:{target}"), text: text.into_owned() }
            }
            Changed::Deleted { target } => Self::MessageDeleted { id: format!("{room}:{target}") },
        }
    }
}

impl From<&domain::User> for RoomPerson {
    fn from(user: &domain::User) -> Self {
        Self { id: user.id.to_string(), username: user.name.clone() }
    }
}
