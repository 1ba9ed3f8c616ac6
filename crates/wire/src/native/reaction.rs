//! Reactions to messages.

use super::ProtocolError;
use super::decode::refused;
use super::frame::frame;
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, Emoji, ReactionChange, RoomId, Seq, UserId};
use chinwag_core::ports::Reacting;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

frame!(
    /// Answer a message with an emoji.
    React {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
        emoji: String,
    }
);
frame!(
    /// Take that back.
    Unreact {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
        emoji: String,
    }
);

/// How people reacted to a message with one emoji.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Reaction {
    pub emoji: String,
    pub count: u32,
    /// The numbers of the first 20 of them; before all others whoever asked.
    #[ts(type = "number[]")]
    pub users: Vec<i64>,
}

impl React {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        reacting(self.room, self.target, &self.emoji, ReactionChange::Added)
    }
}

impl Unreact {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        reacting(self.room, self.target, &self.emoji, ReactionChange::Removed)
    }
}

fn reacting(
    room: i64,
    target: i64,
    emoji: &str,
    change: ReactionChange,
) -> Result<ClientCommand, ProtocolError> {
    let emoji = Emoji::parse(emoji).map_err(refused)?;
    Ok(ClientCommand::React(Reacting { room: RoomId(room), target: Seq(target), emoji, change }))
}

impl From<&domain::Reaction> for Reaction {
    fn from(domain::Reaction { emoji, count, users }: &domain::Reaction) -> Self {
        Self { emoji: emoji.clone(), count: *count, users: users.iter().map(|user| user.0).collect() }
    }
}

impl From<Reaction> for domain::Reaction {
    fn from(Reaction { emoji, count, users }: Reaction) -> Self {
        Self { emoji, count, users: users.into_iter().map(UserId).collect() }
    }
}
