//! The vocabularies of guides: the same deeds by other names.

use super::dialect::{Deed, SocketIo, refused};
use super::understand::Vocabulary;
use chinwag_core::domain::{Refusal, RoomSlug, UserName};
use chinwag_realtime::Protocol;
use chinwag_wire::native::ProtocolError;
use chinwag_wire::socketio::{Aim, Done, Emitted, Guide};
use std::sync::Arc;

impl SocketIo {
    /// Carries out an event of a guide's vocabulary, which is spoken from now on.
    pub(super) async fn hear_guide(
        &mut self,
        guide: Arc<Guide>,
        emitted: Emitted,
    ) -> Result<Deed, ProtocolError> {
        let begins = self.speak_as_taught(&guide, emitted.aim);
        let Emitted { aim, name, room, text, client_id } = emitted;
        if let Some(name) = name {
            self.take_name(&name).await.map_err(refused)?;
        }
        let room = room.filter(|room| !room.is_empty()).map(|room| RoomSlug::of_name(&room));
        let room = room.transpose().map_err(refused)?;
        match aim {
            Aim::Join => self.move_to(room.unwrap_or_else(|| self.lobby())).await.map_err(refused),
            // Whoever is here already has another name now.
            Aim::Name if self.room.is_some() => Ok(Deed::Done(Done::default())),
            Aim::Name => self.move_to(self.lobby()).await.map_err(refused),
            Aim::Say => {
                let is_new = begins || self.room.is_none();
                let lobby = (is_new && !guide.needs_join()).then(|| self.lobby());
                // Whoever says something for another room is there from now on.
                if let Some(room) = room.or(lobby)
                    && (is_new || self.room.as_ref() != Some(&room))
                {
                    self.move_to(room).await.map_err(refused)?;
                }
                self.say_in_room(text, client_id).await
            }
            Aim::Typing => self.typing().await,
            Aim::StopTyping => self.stopped_typing(),
            Aim::Leave => self.leave(),
        }
    }

    /// Speaks this vocabulary from now on. Answers whether the client did not before.
    pub(super) fn speak_as_taught(&mut self, guide: &Arc<Guide>, aim: Aim) -> bool {
        if matches!(self.vocabulary, Vocabulary::Guide(_)) {
            return false;
        }
        // Whoever comes to a room is told what was said there, and so must not hear any of it before.
        if guide.needs_join() || matches!(aim, Aim::Join | Aim::Name) {
            self.exit();
        }
        self.session.connection().speak(Protocol::SocketIoGuide(guide.number), guide.echo);
        self.vocabulary = Vocabulary::Guide(Arc::clone(guide));
        true
    }

    /// Gives a visitor this name, if it is not the one that was asked for before: what came of that may be another one.
    async fn take_name(&mut self, name: &str) -> Result<(), Refusal> {
        if !self.session.is_visit() {
            return Ok(());
        }
        let name = UserName::parse(name)?;
        if self.asked_name.as_ref() != Some(&name) {
            self.session.take_name(name.clone()).await?;
            self.asked_name = Some(name);
        }
        Ok(())
    }
}
