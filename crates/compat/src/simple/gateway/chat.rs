use super::client::{Completion, Mode, SimpleClient};
use crate::simple::codec::ChatClientFrame;
use chinwag_core::domain::{Refusal, RoomId, RoomSlug};
use chinwag_gateway::websocket::InFlight;
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
                self.cannot_read(text, sentence);
                return Ok(());
            }
        };
        let room = self.room_or_lobby(room)?;
        self.unreadable.end();
        // First, so that its own message comes back to the client as well.
        let room = self.listen_to(room).await?;
        self.say(room, &message, in_flight).await
    }

    /// Subscribes the client to a room, unless it is.
    pub(super) async fn listen_to(&mut self, name: RoomSlug) -> Result<RoomId, Refusal> {
        if let Mode::Chat(rooms) = &self.mode
            && let Some(room) = rooms.get(&name).copied().filter(|room| self.session.listens_to(*room))
        {
            return Ok(room);
        }
        let (view, catch_up) = self.session.enter(name.clone().into(), 0).await?;
        self.session.catch_up(catch_up).await;
        if let Mode::Chat(rooms) = &mut self.mode {
            rooms.insert(name, view.room.id);
        }
        Ok(view.room.id)
    }
}
