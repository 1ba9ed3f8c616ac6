//! The rooms vocabulary, and what a client does in a room in the vocabularies of guides, too.

use super::dialect::{Deed, SocketIo, refused};
use super::understand::Vocabulary;
use crate::session::{Outcome, Said};
use chinwag_core::chat::{ClientCommand, RoomView};
use chinwag_core::domain::{Refusal, RoomSlug, Seq};
use chinwag_realtime::Protocol;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::socketio::{self, Done, Entered, Guide, Join, Place};

/// Messages that come with a room.
pub(super) const HISTORY: u32 = 50;

type Result<T> = std::result::Result<T, ProtocolError>;

impl SocketIo {
    pub(super) async fn join(&mut self, join: std::result::Result<Join, Refusal>) -> Result<Deed> {
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
        self.session.connection().speak(Protocol::SocketIoRooms, true);
        self.vocabulary = Vocabulary::Rooms;
    }

    /// Is in this room from now on, and in no other.
    pub(super) async fn move_to(&mut self, room: RoomSlug) -> std::result::Result<Deed, Refusal> {
        let is_here = self.room.as_ref() == Some(&room);
        // In a guide's vocabulary a client adds what it is told to what it shows, so one that is here already is told of no message again.
        let limit = if is_here && matches!(self.vocabulary, Vocabulary::Guide(_)) { 0 } else { HISTORY };
        let (view, catch_up) = self.session.enter(room.clone(), limit).await?;
        if !is_here {
            self.exit();
        }
        self.room = Some(room);
        self.show(&view);
        self.session.catch_up(catch_up).await;
        let username = self.session.connection().whose().name;
        Ok(Deed::Done(Done {
            seq: Some(view.room.head),
            entered: Some(Entered { room: view.room.slug, username }),
        }))
    }

    /// Tells the client what was said in its room, and who is there.
    pub(super) fn show(&self, view: &RoomView) {
        let (room, messages) = (&view.room.slug, &view.page.messages);
        let mut frames = Vec::new();
        if let Vocabulary::Guide(guide) = &self.vocabulary {
            let messages = if guide.history { &messages[..] } else { &[] };
            // First, so that a client is in this room again whatever it gets of the rest; each message has its own place.
            let seq = messages.first().map_or(view.room.head, |first| Seq(first.seq.0 - 1));
            let place = Place { guide: Some(guide.name.clone()), room: room.clone(), seq };
            socketio::write_place(&mut frames, Some(&place));
            for message in messages {
                guide.write_message(&mut frames, room, message);
            }
            self.write_people(&mut frames, guide, view);
        } else {
            // It joins again after a return, and is told of the room anew.
            socketio::write_place(&mut frames, None);
            socketio::write_history(&mut frames, room, messages);
            socketio::write_people(&mut frames, &view.people);
        }
        self.send(frames);
    }

    /// Appends who is in a room, and the greeting of a guide.
    pub(super) fn write_people(&self, out: &mut Vec<u8>, guide: &Guide, view: &RoomView) {
        let room = &view.room.slug;
        guide.write_people(out, room, &view.people, view.online);
        let (own, now) = (self.session.user(), self.app.chat.clock.now());
        guide.write_greeting(out, room, &own, view.online, now);
    }

    pub(super) fn leave(&mut self) -> Result<Deed> {
        self.joined()?;
        self.exit();
        Ok(Deed::Done(Done::default()))
    }

    /// Is not in a room any more.
    pub(super) fn exit(&mut self) {
        if let Some(room) = self.room.take() {
            self.session.exit(&room);
        }
    }

    pub(super) async fn say_in_room(
        &mut self,
        text: Option<String>,
        client_id: Option<String>,
    ) -> Result<Deed> {
        let room = self.joined()?;
        let text = text.ok_or_else(|| ProtocolError::new(ErrorCode::BadFrame, "A message is a string."))?;
        match self.say(&room, &text, client_id).await.map_err(refused)? {
            Said::Posting(storing) => return Ok(Deed::Posting(storing)),
            Said::SignedOut => return Ok(Deed::SigningOut),
            Said::Enter(room) => return self.move_to(room).await.map_err(refused),
            Said::Notice(sentence) => self.notice(&sentence),
            Said::Renamed(user) => self.notice(&format!("You are {} now.", user.name)),
            Said::Exit(room) => {
                self.exit();
                self.notice(&format!("You have left #{room}."));
            }
        }
        Ok(Deed::Done(Done::default()))
    }

    pub(super) async fn typing(&mut self) -> Result<Deed> {
        let Some(room) = self.typed_in()? else { return Ok(Deed::Done(Done::default())) };
        match self.session.carry_out(ClientCommand::Typing { room }).await {
            Outcome::Done(Err(refusal)) => Err(refused(refusal)),
            Outcome::Done(Ok(_)) | Outcome::Storing(..) | Outcome::Joined(..) | Outcome::SigningOut(_) => {
                Ok(Deed::Done(Done::default()))
            }
        }
    }

    pub(super) fn stopped_typing(&mut self) -> Result<Deed> {
        if let Some(room) = self.typed_in()? {
            self.session.stop_typing(&room);
        }
        Ok(Deed::Done(Done::default()))
    }

    pub(super) fn list_people(&self, room: &RoomSlug) {
        let Some(people) = self.session.people(room) else { return };
        let mut frame = Vec::new();
        if let Vocabulary::Guide(guide) = &self.vocabulary {
            let online = self.session.others(room).map_or(0, |others| others.online + 1);
            guide.write_people(&mut frame, room, &people, online);
        } else {
            socketio::write_people(&mut frame, &people);
        }
        self.send(frame);
    }

    /// The room in which a client types. Whoever speaks the rooms vocabulary is told to join one; the others need not know, since
    /// a page that comes back may emit what was typed meanwhile.
    fn typed_in(&self) -> Result<Option<RoomSlug>> {
        match self.vocabulary {
            Vocabulary::Rooms => self.joined().map(Some),
            Vocabulary::Guide(_) | Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => {
                Ok(self.joined().ok())
            }
        }
    }

    /// The room that was joined.
    fn joined(&self) -> Result<RoomSlug> {
        let is_in_rooms = matches!(self.vocabulary, Vocabulary::Rooms | Vocabulary::Guide(_));
        let room = self.room.clone().filter(|_| is_in_rooms);
        room.ok_or_else(|| ProtocolError::new(ErrorCode::NotMember, "Join a room first."))
    }

    pub(super) fn notice(&self, sentence: &str) {
        let (mut frame, now) = (Vec::new(), self.app.chat.clock.now());
        if let Vocabulary::Guide(guide) = &self.vocabulary {
            let room = self.room.clone().unwrap_or_else(|| self.lobby());
            guide.write_notice(&mut frame, &room, sentence, now);
        } else {
            socketio::write_notice(&mut frame, sentence, now);
        }
        self.send(frame);
    }
}
