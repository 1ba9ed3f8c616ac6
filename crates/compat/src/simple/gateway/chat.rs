use super::guest::{Fate, Guest};
use crate::gateway::websocket::InFlight;
use chinwag_core::domain::{Refusal, RoomSlug};
use chinwag_wire::simple::ChatClientFrame;

impl Guest {
    /// Works on a frame of the chat vocabulary.
    pub(super) async fn hear_chat(
        &mut self,
        text: &str,
        in_flight: &mut InFlight<Fate>,
    ) -> Result<(), Refusal> {
        let ChatClientFrame::Chat { room, message } = match ChatClientFrame::decode(text) {
            Ok(frame) => frame,
            Err(sentence) => {
                self.error(sentence);
                return Ok(());
            }
        };
        let room = self.room_or_lobby(room)?;
        // First, so that its own message comes back to the client as well.
        self.listen_to(room.clone()).await?;
        self.say(&room, &message, in_flight).await
    }

    /// Subscribes the client to a room, unless it is.
    pub(super) async fn listen_to(&self, room: RoomSlug) -> Result<(), Refusal> {
        if self.session.connection().subscription(&room).is_none() {
            let (_, catch_up) = self.session.enter(room, 0).await?;
            self.session.catch_up(catch_up).await;
        }
        Ok(())
    }
}
