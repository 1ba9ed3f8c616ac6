use super::decode;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A frame from a client of the chat vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "type", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChatClientFrame {
    /// Write a message, and listen to its room from then on.
    Chat {
        /// The room; the lobby when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<String>,
        /// The text.
        message: String,
    },
}

/// A frame to a client of the chat vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "snake_case")]
pub enum ChatServerFrame {
    /// Somebody wrote.
    Chat { id: String, room: String, message: String, user_id: i64, name: String, timestamp: i64 },
    /// A message has another text.
    MessageEdited { id: String, text: String },
    /// A message was deleted.
    MessageDeleted { id: String },
    /// A hint for this client alone, or news of one of its rooms.
    System { message: String },
    /// Why something was not done.
    Error { message: String },
}

impl ChatClientFrame {
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

impl ChatServerFrame {
    /// The `type` of every frame from the server.
    pub const TYPES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;
}
