//! The rooms vocabulary, and what a client does in a room in the vocabularies of presets, too.

use super::handler::{Handled, SocketIo, refused};
use super::request::Vocabulary;
use crate::named_room::NamedRoom;
use crate::socketio::codec::{self, Done, Entered, Join, Offset, Preset};
use chinwag_core::chat::{ClientCommand, Effect, RoomView};
use chinwag_core::domain::{Refusal, RoomId, RoomSlug, Seq};
use chinwag_gateway::{ClientSession as _, CommandOutcome, SessionFactory, Typed};
use chinwag_wire::native::{ErrorCode, ProtocolError};

/// Messages that come with a room.
pub(super) const HISTORY: u32 = 50;

type Result<T> = std::result::Result<T, ProtocolError>;

impl<F: SessionFactory> SocketIo<F> {
    pub(super) async fn join(&mut self, join: std::result::Result<Join, Refusal>) -> Result<Handled> {
        // Whatever comes of it, this is nobody who waits to be seen in the lobby.
        if matches!(self.vocabulary, Vocabulary::Undecided) {
            self.speak_rooms();
        }
        let Join { username, room } = join.map_err(refused)?;
        // Somebody who signed in has a name.
        if self.session.is_visit() {
            self.session.take_name(username.map_err(refused)?).await.map_err(refused)?;
        }
        if !matches!(self.vocabulary, Vocabulary::Rooms) {
            self.speak_rooms();
        }
        self.move_to(room.unwrap_or_else(|| self.lobby())).await.map_err(refused)
    }

    /// Speaks this vocabulary from now on, in no room yet.
    fn speak_rooms(&mut self) {
        self.exit();
        self.session.speak(self.compat.protocols.socketio_rooms(), true);
        self.vocabulary = Vocabulary::Rooms;
    }

    /// Is in this room from now on, and in no other.
    pub(super) async fn move_to(&mut self, room: RoomSlug) -> std::result::Result<Handled, Refusal> {
        let is_here = self.room.as_ref().is_some_and(|here| here.slug == room);
        // In a preset's vocabulary a client adds what it is told to what it shows, so one that is here already is told of no message again.
        let limit = if is_here && matches!(self.vocabulary, Vocabulary::Preset(_)) { 0 } else { HISTORY };
        let (view, catch_up) = self.session.enter(room.clone().into(), limit).await?;
        let room = NamedRoom::entered(room, &view.room);
        // It may be the same room by an earlier name.
        if self.room.as_ref().is_some_and(|here| here.id != room.id) {
            self.exit();
        }
        let entered = room.slug.clone();
        self.room = Some(room);
        self.show(&view);
        self.session.catch_up(catch_up).await;
        let username = self.session.user().name;
        Ok(Handled::Done(Done {
            seq: Some(view.room.head),
            entered: Some(Entered { room: entered, username }),
        }))
    }

    /// Tells the client what was said in its room, and who is there.
    pub(super) fn show(&self, view: &RoomView) {
        let (room, messages) = (&self.room_name(), &view.page.messages);
        let mut frames = Vec::new();
        if let Vocabulary::Preset(preset) = &self.vocabulary {
            let messages = if preset.history { &messages[..] } else { &[] };
            // First, so that a client is in this room again whatever it gets of the rest; each message has its own place.
            let seq = messages.first().map_or(view.room.head, |first| Seq(first.seq.0 - 1));
            let offset = Offset { preset: Some(preset.name.clone()), room: room.clone(), seq };
            codec::write_offset(&mut frames, Some(&offset));
            for message in messages {
                preset.write_message(&mut frames, room, message.into());
            }
            self.write_people(&mut frames, preset, view);
        } else {
            // It joins again after a return, and is told of the room anew.
            codec::write_offset(&mut frames, None);
            codec::write_history(&mut frames, room, messages);
            codec::write_people(&mut frames, &view.people);
        }
        self.send(frames);
    }

    /// Appends who is in a room, and the greeting of a preset.
    pub(super) fn write_people(&self, out: &mut Vec<u8>, preset: &Preset, view: &RoomView) {
        let room = &self.room_name();
        preset.write_people(out, room, &view.people, view.online);
        let (own, now) = (self.session.user(), self.compat.sessions.now());
        preset.write_greeting(out, room, &own, view.online, now);
    }

    pub(super) fn leave(&mut self) -> Result<Handled> {
        self.joined()?;
        self.exit();
        Ok(Handled::Done(Done::default()))
    }

    /// Is not in a room any more.
    pub(super) fn exit(&mut self) {
        if let Some(room) = self.room.take() {
            self.session.exit(room.id);
        }
    }

    pub(super) async fn say_in_room(
        &mut self,
        text: Option<String>,
        client_id: Option<String>,
    ) -> Result<Handled> {
        let room = self.joined()?;
        let text = text.ok_or_else(|| ProtocolError::new(ErrorCode::BadFrame, "A message is a string."))?;
        match self.say(room, &text, client_id).await.map_err(refused)? {
            Typed::Message(storing) => return Ok(Handled::Storing(storing)),
            Typed::Command(Effect::SignedOut) => return Ok(Handled::SigningOut),
            Typed::Command(Effect::Enter(room)) => return self.move_to(room).await.map_err(refused),
            Typed::Command(Effect::Notice(sentence)) => self.notice(&sentence),
            Typed::Command(Effect::Renamed(user)) => self.notice(&format!("You are {} now.", user.name)),
            Typed::Command(Effect::Exit(_)) => {
                let left = self.room_name();
                self.exit();
                self.notice(&format!("You have left #{left}."));
            }
        }
        Ok(Handled::Done(Done::default()))
    }

    pub(super) async fn typing(&mut self) -> Result<Handled> {
        let Some(room) = self.typed_in()? else { return Ok(Handled::Done(Done::default())) };
        match self.session.carry_out(ClientCommand::Typing { room }).await {
            CommandOutcome::Done(Err(refusal)) => Err(refused(refusal)),
            CommandOutcome::Done(Ok(_))
            | CommandOutcome::Storing(..)
            | CommandOutcome::Joined(..)
            | CommandOutcome::SigningOut(_) => Ok(Handled::Done(Done::default())),
        }
    }

    pub(super) fn stopped_typing(&mut self) -> Result<Handled> {
        if let Some(room) = self.typed_in()? {
            self.session.stop_typing(room);
        }
        Ok(Handled::Done(Done::default()))
    }

    pub(super) fn list_people(&self, room: &NamedRoom) {
        let Some(people) = self.session.people(room.id) else { return };
        let mut frame = Vec::new();
        if let Vocabulary::Preset(preset) = &self.vocabulary {
            let online = self.session.others(room.id).map_or(0, |others| others.online + 1);
            preset.write_people(&mut frame, &room.slug, &people, online);
        } else {
            codec::write_people(&mut frame, &people);
        }
        self.send(frame);
    }

    /// The room in which a client types. Whoever speaks the rooms vocabulary is told to join one; the others need not know, since
    /// a page that comes back may emit what was typed meanwhile.
    fn typed_in(&self) -> Result<Option<RoomId>> {
        match self.vocabulary {
            Vocabulary::Rooms => self.joined().map(Some),
            Vocabulary::Preset(_) | Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => {
                Ok(self.joined().ok())
            }
        }
    }

    /// The room that was joined.
    fn joined(&self) -> Result<RoomId> {
        let is_in_rooms = matches!(self.vocabulary, Vocabulary::Rooms | Vocabulary::Preset(_));
        let room = self.room.as_ref().filter(|_| is_in_rooms).map(|room| room.id);
        room.ok_or_else(|| ProtocolError::new(ErrorCode::NotMember, "Join a room first."))
    }

    pub(super) fn notice(&self, sentence: &str) {
        let (mut frame, now) = (Vec::new(), self.compat.sessions.now());
        if let Vocabulary::Preset(preset) = &self.vocabulary {
            let room = self.room_name();
            preset.write_notice(&mut frame, &room, sentence, now);
        } else {
            codec::write_notice(&mut frame, sentence, now);
        }
        self.send(frame);
    }
}
