//! The vocabularies of presets: the same actions by other names.

use super::handler::{Handled, SocketIo, refused};
use super::request::Vocabulary;
use crate::socketio::codec::{Done, Preset, PresetAction, PresetEvent};
use crate::wishes;
use chinwag_core::domain::Refusal;
use chinwag_gateway::{ClientSession as _, SessionFactory};
use chinwag_wire::native::ProtocolError;
use std::sync::Arc;

impl<F: SessionFactory> SocketIo<F> {
    /// Carries out an event of a preset's vocabulary, which is spoken from now on.
    pub(super) async fn on_preset_event(
        &mut self,
        preset: Arc<Preset>,
        event: PresetEvent,
    ) -> Result<Handled, ProtocolError> {
        let begins = self.speak_as_taught(&preset, event.action);
        let PresetEvent { action, name, room, text, client_id } = event;
        if let Some(name) = name {
            self.take_name(&name).await.map_err(refused)?;
        }
        let room = room.as_deref().and_then(wishes::room);
        match action {
            PresetAction::Join => self.move_to(room.unwrap_or_else(|| self.lobby())).await.map_err(refused),
            // Whoever is here already has another name now.
            PresetAction::Name if self.room.is_some() => Ok(Handled::Done(Done::default())),
            PresetAction::Name => self.move_to(self.lobby()).await.map_err(refused),
            PresetAction::Say => {
                let is_new = begins || self.room.is_none();
                let lobby = (is_new && !preset.needs_join()).then(|| self.lobby());
                // Whoever says something for another room is there from now on.
                if let Some(room) = room.or(lobby)
                    && (is_new || self.room.as_ref().is_none_or(|here| here.slug != room))
                {
                    self.move_to(room).await.map_err(refused)?;
                }
                self.say_in_room(text, client_id).await
            }
            PresetAction::Typing => self.typing().await,
            PresetAction::StopTyping => self.stopped_typing(),
            PresetAction::Leave => self.leave(),
        }
    }

    /// Speaks this vocabulary from now on. Answers whether the client did not before.
    pub(super) fn speak_as_taught(&mut self, preset: &Arc<Preset>, action: PresetAction) -> bool {
        if matches!(self.vocabulary, Vocabulary::Preset(_)) {
            return false;
        }
        // Whoever comes to a room is told what was said there, and so must not hear any of it before.
        if preset.needs_join() || matches!(action, PresetAction::Join | PresetAction::Name) {
            self.exit();
        }
        self.session.speak(self.compat.protocols.socketio_preset(preset), preset.echo);
        self.vocabulary = Vocabulary::Preset(Arc::clone(preset));
        true
    }

    /// Gives a visitor this name, if it is not the one that was asked for before: what came of that may be another one.
    async fn take_name(&mut self, name: &str) -> Result<(), Refusal> {
        if !self.session.is_visit() {
            return Ok(());
        }
        let Some(name) = wishes::name(name) else { return Ok(()) };
        if self.asked_name.as_ref() != Some(&name) {
            self.session.take_name(name.clone()).await?;
            self.asked_name = Some(name);
        }
        Ok(())
    }
}
