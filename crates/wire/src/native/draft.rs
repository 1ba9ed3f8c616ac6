//! What people have begun to write.

use super::frame::frame;
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, DraftPlace, RoomId, Seq};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

frame!(
    /// Keep what one has begun to write, for one's other devices.
    Draft {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message under which it is written, if it is a reply in a thread.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        thread: Option<i64>,
        /// Empty when nothing is left of it.
        text: String,
        /// The `seq` of the message that it is to answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        reply_to: Option<i64>,
    }
);

/// What one has begun to write in a room or a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeptDraft {
    #[ts(type = "number")]
    pub room: i64,
    /// The `seq` of the message under which it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub thread: Option<i64>,
    /// Empty when nothing is left of it.
    pub text: String,
    /// The `seq` of the message that it is to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub reply_to: Option<i64>,
    /// When it was kept, in milliseconds since 1970-01-01 UTC. Of two of one place the later one counts.
    #[ts(type = "number")]
    pub at: i64,
}

impl Draft {
    pub(super) fn command(self) -> ClientCommand {
        let place = DraftPlace { room: RoomId(self.room), thread: self.thread.map(Seq) };
        ClientCommand::KeepDraft { place, text: self.text.into(), reply_to: self.reply_to.map(Seq) }
    }
}

impl From<&domain::KeptDraft> for KeptDraft {
    fn from(draft: &domain::KeptDraft) -> Self {
        let domain::KeptDraft { place: DraftPlace { room, thread }, text, reply_to, at } = draft;
        Self {
            room: room.0,
            thread: thread.map(|root| root.0),
            text: text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default(),
            reply_to: reply_to.map(|seq| seq.0),
            at: at.0,
        }
    }
}
