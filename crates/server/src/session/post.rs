//! Messages on their way into a room.

use super::LiveSession;
use chinwag_core::domain::{ClientId, Refusal, RoomSlug};
use chinwag_core::ports::{Answer, Appended, Expected};
use futures_util::FutureExt as _;
use futures_util::future::ready;

impl LiveSession {
    /// Writes a message exactly as it is. It takes its place when this is called.
    pub(super) fn post(&mut self, room: &RoomSlug, client_id: ClientId, text: &str) -> Answer<Appended> {
        if std::mem::take(&mut self.said_away) {
            self.app.hub.set_away(&self.connection, false);
        }
        match self.expected(room) {
            Ok(expected) => self.app.chat.send_message(self.actor, room.clone(), client_id, text, expected),
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    /// Writes a message with the white space around its text. It takes its place when this is called.
    pub(crate) fn post_exactly(
        &mut self,
        room: &RoomSlug,
        client_id: ClientId,
        text: &str,
    ) -> Answer<Appended> {
        match self.expected(room) {
            Ok(expected) => {
                self.app.chat.send_exact_message(self.actor, room.clone(), client_id, text, expected)
            }
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    /// Lets the room know that a message is coming. One whose listeners cannot be served as fast as people write takes a breath.
    fn expected(&self, room: &RoomSlug) -> Result<Expected, Refusal> {
        match self.connection.subscription(room) {
            Some(subscription) => {
                let expected = subscription.expect_message().ok_or(Refusal::Busy)?;
                Ok(Some(Box::new(expected)))
            }
            None => Ok(None),
        }
    }
}
