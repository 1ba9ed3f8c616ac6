//! The rooms vocabulary.

use super::dialect::{Deed, SocketIo, Vocabulary, refused};
use crate::session::{Outcome, Said};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{Refusal, RoomSlug};
use chinwag_realtime::Protocol;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::socketio::{self, Done, Entered, Join};

/// Messages that come with a room.
const HISTORY: u32 = 50;

type Result<T> = std::result::Result<T, ProtocolError>;

impl SocketIo {
    pub(super) async fn join(&mut self, join: std::result::Result<Join, Refusal>) -> Result<Deed> {
        // Whatever comes of it, this is nobody who waits to be seen in the lobby.
        if self.vocabulary == Vocabulary::Undecided {
            self.speak_rooms();
        }
        let Join { username, room } = join.map_err(refused)?;
        // Somebody who signed in has a name.
        if self.session.is_visit() {
            self.session.take_name(username.map_err(refused)?).await.map_err(refused)?;
        }
        let room = room.unwrap_or_else(|| self.app.config.gateways.lobby.0.clone());
        self.move_to(room).await.map_err(refused)
    }

    /// Speaks this vocabulary from now on, in no room yet.
    fn speak_rooms(&mut self) {
        self.exit();
        self.session.connection().speak(Protocol::SocketIoRooms);
        self.vocabulary = Vocabulary::Rooms;
    }

    async fn move_to(&mut self, room: RoomSlug) -> std::result::Result<Deed, Refusal> {
        if self.vocabulary != Vocabulary::Rooms {
            self.speak_rooms();
        }
        let (view, catch_up) = self.session.enter(room.clone(), HISTORY).await?;
        if self.room.as_ref() != Some(&room) {
            self.exit();
        }
        self.room = Some(room);
        let mut frames = Vec::new();
        socketio::write_history(&mut frames, &view.room.slug, &view.page.messages);
        socketio::write_people(&mut frames, &view.people);
        self.send(frames);
        self.session.catch_up(catch_up).await;
        let username = self.session.connection().whose().name;
        Ok(Deed::Done(Done {
            seq: Some(view.room.head),
            entered: Some(Entered { room: view.room.slug, username }),
        }))
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

    pub(super) async fn say_in_room(&mut self, text: Option<String>) -> Result<Deed> {
        let room = self.joined()?;
        let text = text.ok_or_else(|| ProtocolError::new(ErrorCode::BadFrame, "A message is a string."))?;
        match self.say(&room, &text).await.map_err(refused)? {
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
        let room = self.joined()?;
        match self.session.carry_out(ClientCommand::Typing { room }).await {
            Outcome::Done(Err(refusal)) => Err(refused(refusal)),
            Outcome::Done(Ok(_)) | Outcome::Storing(..) | Outcome::Joined(..) | Outcome::SigningOut(_) => {
                Ok(Deed::Done(Done::default()))
            }
        }
    }

    pub(super) fn stopped_typing(&mut self) -> Result<Deed> {
        let room = self.joined()?;
        self.session.stop_typing(&room);
        Ok(Deed::Done(Done::default()))
    }

    pub(super) fn list_people(&self, room: &RoomSlug) {
        if let Some(people) = self.session.people(room) {
            let mut frame = Vec::new();
            socketio::write_people(&mut frame, &people);
            self.send(frame);
        }
    }

    /// The room that was joined.
    fn joined(&self) -> Result<RoomSlug> {
        let room = self.room.clone().filter(|_| self.vocabulary == Vocabulary::Rooms);
        room.ok_or_else(|| ProtocolError::new(ErrorCode::NotMember, "Join a room first."))
    }

    fn notice(&self, sentence: &str) {
        let mut frame = Vec::new();
        socketio::write_notice(&mut frame, sentence, self.app.chat.clock.now());
        self.send(frame);
    }
}
