use super::client::{Completion, Mode, SimpleClient};
use super::json_kind::JsonKind;
use crate::named_room::NamedRoom;
use crate::simple::codec::{RoomClientFrame, SimpleRoomEncoder};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{Refusal, RoomSlug, UserName};
use chinwag_gateway::websocket::InFlight;
use chinwag_gateway::{ClientSession as _, CommandOutcome, SessionFactory};

/// Messages that come with a room.
const HISTORY: u32 = 100;

impl<F: SessionFactory> SimpleClient<F> {
    /// Works on a frame of the room vocabulary.
    pub(super) async fn on_room_frame(
        &mut self,
        text: &str,
        in_flight: &mut InFlight<Completion>,
    ) -> Result<(), Refusal> {
        let frame = match RoomClientFrame::decode(text) {
            Ok(frame) => frame,
            Err(sentence) => {
                self.cannot_read(text, sentence);
                return Ok(());
            }
        };
        self.unreadable.end();
        let room = match &self.mode {
            Mode::Room { room, .. } => room.as_ref().map(|room| room.id),
            Mode::Undecided(_) | Mode::Plain(_) | Mode::Chat(_) => None,
        };
        match (frame, room) {
            (RoomClientFrame::Join { username, room }, _) => self.join(&username, room).await,
            (RoomClientFrame::Message { .. } | RoomClientFrame::Typing { .. }, None) => {
                self.error("Join a room first.".to_owned());
                Ok(())
            }
            (RoomClientFrame::Message { text }, Some(room)) => self.say(room, &text, in_flight).await,
            (RoomClientFrame::Typing { is_typing: false }, Some(room)) => {
                self.session.stop_typing(room);
                Ok(())
            }
            (RoomClientFrame::Typing { is_typing: true }, Some(room)) => {
                match self.session.carry_out(ClientCommand::Typing { room }).await {
                    CommandOutcome::Done(done) => done.map(|_| ()),
                    CommandOutcome::Storing(..)
                    | CommandOutcome::Joined(..)
                    | CommandOutcome::SigningOut(_) => Ok(()),
                }
            }
        }
    }

    async fn join(&mut self, username: &str, room: Option<String>) -> Result<(), Refusal> {
        let name = UserName::parse(username)?;
        let room = self.room_or_lobby(room)?;
        // By the name that was asked for, of which one may have a variant, or by the one that one has.
        let asked = matches!(&self.mode, Mode::Room { asked: Some(asked), .. } if *asked == name);
        // Somebody who signed in has a name.
        let is_known = !self.session.is_visit() || asked || self.session.user().name == name.as_str();
        // Somebody else comes: the one before leaves.
        if !is_known && !self.begin_anew(JsonKind::Room, Some(name)).await {
            return Ok(());
        }
        self.move_to(room).await
    }

    /// Enters a room, and leaves the one before it.
    pub(super) async fn move_to(&mut self, room: RoomSlug) -> Result<(), Refusal> {
        let (view, catch_up) = self.session.enter(room.clone().into(), HISTORY).await?;
        let room = NamedRoom::entered(room, &view.room);
        if let Mode::Room { room: current, .. } = &mut self.mode
            && let Some(before) = current.replace(room.clone())
            && before.id != room.id
        {
            self.session.exit(before.id);
        }
        let mut frame = Vec::new();
        SimpleRoomEncoder.joined(&self.session.user(), &room.slug, &view, &mut frame);
        self.send(frame);
        self.session.catch_up(catch_up).await;
        Ok(())
    }
}
