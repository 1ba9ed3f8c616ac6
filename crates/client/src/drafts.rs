//! What one has begun to write.

use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use crate::verbs::done;
use chinwag_wire::native::{ClientFrame, Draft};

/// A text that is not sent yet.
#[derive(Clone, Copy, Debug)]
pub struct DraftText<'a> {
    /// The text; empty when nothing is left of it.
    pub text: &'a str,
    /// The message of the same room that it is to answer.
    pub reply_to: Option<i64>,
}

impl Client {
    /// Keeps what one has begun to write in a room, or under the message `thread` of it, for one's other devices.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn keep_draft(
        &self,
        room: i64,
        thread: Option<i64>,
        DraftText { text, reply_to }: DraftText<'_>,
    ) -> Result<(), RequestError> {
        let text = text.to_owned();
        let make = |reference| ClientFrame::Draft(Draft { reference, room, thread, text, reply_to });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }
}
