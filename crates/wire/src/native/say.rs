//! What a person types, with the commands in it.

use super::decode::refused;
use super::frame::frame;
use super::{ProtocolError, User, files, in_thread};
use chinwag_core::chat::{self, ClientCommand};
use chinwag_core::domain::{ClientId, RoomId, Seq};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

frame!(
    /// Carry out what a person typed: a message, or a command that begins with `/`.
    Say {
        #[ts(type = "number")]
        room: i64,
        client_id: String,
        text: String,
        /// The `seq` of the message that it answers, if it is a message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        reply_to: Option<i64>,
        /// The `seq` of the message under which it is said; without it, it is said in the room alone. If it is a message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        thread: Option<i64>,
        /// Whether what is said in a thread is said in the room as well.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        also: bool,
        /// The `id` of each file that comes with it, at most 10. With files it is a message, whatever its text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<String>>", optional)]
        attachments: Vec<String>,
    }
);

/// What a typed command does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "effect", rename_all = "camelCase")]
pub enum Effect {
    /// A sentence for this person alone.
    Notice { notice: String },
    /// The person has a new name.
    Renamed { user: User },
    /// Join the room at this address and show it.
    Enter { slug: String },
    /// Leave this room.
    Exit {
        #[ts(type = "number")]
        room: i64,
    },
    /// The session ends; the close follows.
    SignedOut,
}

impl Say {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let client_id = ClientId::parse(&self.client_id).map_err(refused)?;
        let (reply_to, thread) = (self.reply_to.map(Seq), in_thread(self.thread, self.also).map(Box::new));
        Ok(ClientCommand::Say {
            room: RoomId(self.room),
            client_id,
            text: self.text.into(),
            reply_to,
            thread,
            attachments: files(&self.attachments)?,
        })
    }
}

impl From<chat::Effect> for Effect {
    fn from(effect: chat::Effect) -> Self {
        match effect {
            chat::Effect::Notice(notice) => Self::Notice { notice },
            chat::Effect::Renamed(user) => Self::Renamed { user: user.into() },
            chat::Effect::Enter(slug) => Self::Enter { slug: slug.as_str().to_owned() },
            chat::Effect::Exit(room) => Self::Exit { room: room.0 },
            chat::Effect::SignedOut => Self::SignedOut,
        }
    }
}
