use super::client::{Completion, SimpleClient};
use chinwag_gateway::websocket::InFlight;
use chinwag_core::domain::{Refusal, RoomSlug};
use crate::simple::codec::ChatClientFrame;
use chinwag_gateway::{ClientSession as _, SessionFactory};

impl<F: SessionFactory> SimpleClient<F> {
    /// Works on a frame of the chat vocabulary.
    pub(super) async fn on_chat_frame(
        &mut self,
        text: &str,
        in_flight: &mut InFlight<Completion>,
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
        if !self.session.listens_to(&room) {
            let (_, catch_up) = self.session.enter(room, 0).await?;
            self.session.catch_up(catch_up).await;
        }
        Ok(())
    }
}
