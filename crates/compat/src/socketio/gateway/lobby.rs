//! The lobby vocabulary.

use super::handler::{Handled, SocketIo, refused};
use super::request::Vocabulary;
use crate::named_room::NamedRoom;
use crate::socketio::codec::{self, Done};
use chinwag_core::chat::{ClientCommand, Effect, Reply};
use chinwag_core::domain::{Refusal, RoomId, RoomReference, RoomSlug, User, UserName};
use chinwag_gateway::{Appeared, ClientSession as _, CommandOutcome, Others, SessionFactory, Typed};
use chinwag_wire::native::{ErrorCode, ProtocolError};

impl<F: SessionFactory> SocketIo<F> {
    /// Appends who the client is and who is there.
    pub(super) fn write_welcome(&self, out: &mut Vec<u8>, Others { mut people, online }: Others) {
        let own = self.session.user();
        people.push(own.clone());
        codec::write_welcome(out, &own, &people, online + 1);
    }

    /// Tells the client anew who is in a room to which it listens.
    pub(super) fn greet_again(&self, room: RoomId) {
        if let Some(others) = self.session.others(room) {
            let mut frame = Vec::new();
            self.write_welcome(&mut frame, others);
            self.send(frame);
        }
    }

    /// Lets the others in the lobby see this client.
    pub(super) async fn appear(&mut self) {
        if let Err(refusal) = self.enter_lobby().await {
            self.hint(&refusal.to_string());
        }
    }

    async fn enter_lobby(&mut self) -> Result<RoomId, Refusal> {
        if matches!(self.vocabulary, Vocabulary::Undecided) {
            self.vocabulary = Vocabulary::Silent;
        }
        let Appeared { room, is_new } = self.appear_in_lobby().await?;
        if is_new {
            self.greet_again(room);
        }
        Ok(room)
    }

    /// Makes the person present in the lobby.
    async fn appear_in_lobby(&mut self) -> Result<Appeared, Refusal> {
        let slug = self.lobby();
        let known = self.room.as_ref().map(|room| room.id);
        let lobby = known.map_or_else(|| slug.clone().into(), RoomReference::Id);
        let appearance = self.session.appear(lobby, self.lobby_end).await?;
        self.room = Some(NamedRoom { id: appearance.room, slug });
        Ok(appearance)
    }

    pub(super) async fn say_in_lobby(&mut self, text: Option<String>) -> Result<Handled, ProtocolError> {
        let room = self.in_lobby().await?;
        let text = text.ok_or_else(|| ProtocolError::new(ErrorCode::BadFrame, "text is a string."))?;
        match self.say(room, &text, None).await.map_err(refused)? {
            Typed::Message(storing) => return Ok(Handled::Storing(storing)),
            Typed::Command(Effect::SignedOut) => return Ok(Handled::SigningOut),
            Typed::Command(Effect::Enter(room)) => self.change_room(room).await.map_err(refused)?,
            Typed::Command(Effect::Exit(_)) if self.room_name() == self.lobby() => {
                self.hint("This is the lobby. To leave it, close the connection.");
            }
            Typed::Command(Effect::Exit(_)) => {
                let lobby = self.lobby();
                self.change_room(lobby).await.map_err(refused)?;
            }
            Typed::Command(Effect::Notice(sentence)) => self.hint(&sentence),
            Typed::Command(Effect::Renamed(user)) => self.profile(&user),
        }
        Ok(Handled::Done(Done::default()))
    }

    pub(super) async fn set_name(
        &mut self,
        name: Result<UserName, Refusal>,
    ) -> Result<Handled, ProtocolError> {
        self.in_lobby().await?;
        let name = name.map_err(refused)?;
        match self.session.carry_out(ClientCommand::Rename { name }).await {
            CommandOutcome::Done(Ok(Reply::Renamed(user))) => self.profile(&user),
            CommandOutcome::Done(Err(refusal)) => return Err(refused(refusal)),
            CommandOutcome::Done(Ok(_))
            | CommandOutcome::Storing(..)
            | CommandOutcome::Joined(..)
            | CommandOutcome::SigningOut(_) => {}
        }
        Ok(Handled::Done(Done::default()))
    }

    /// Talks in another room from now on, as if it were the lobby.
    async fn change_room(&mut self, room: RoomSlug) -> Result<(), Refusal> {
        // To enter it again would pass over what is said just now.
        if let Some(here) = self.room.as_ref().filter(|here| here.slug == room)
            && self.session.listens_to(here.id)
        {
            self.greet_again(here.id);
            return Ok(());
        }
        let (view, catch_up) = self.session.enter(room.clone().into(), 0).await?;
        let room = NamedRoom::entered(room, &view.room);
        if self.room.as_ref().is_some_and(|here| here.id != room.id) {
            self.exit();
        }
        self.greet_again(room.id);
        self.room = Some(room);
        self.session.catch_up(catch_up).await;
        Ok(())
    }

    /// The room in which a client talks that speaks this vocabulary, or does so from now on.
    async fn in_lobby(&mut self) -> Result<RoomId, ProtocolError> {
        match self.vocabulary {
            Vocabulary::Lobby => {}
            Vocabulary::Undecided | Vocabulary::Silent => {
                self.session.speak(self.compat.protocols.socketio_lobby(), true);
                self.vocabulary = Vocabulary::Lobby;
                // What is needed after a return is told when it connects.
                let mut frame = Vec::new();
                codec::write_offset(&mut frame, None);
                self.send(frame);
            }
            Vocabulary::Rooms | Vocabulary::Preset(_) => {
                let sentence = "You speak another vocabulary than the lobby's. Use its events, or another connection for the lobby.";
                return Err(ProtocolError::new(ErrorCode::BadFrame, sentence));
            }
        }
        if let Some(room) = &self.room {
            return Ok(room.id);
        }
        // It could not be entered before.
        self.enter_lobby().await.map_err(refused)
    }

    fn profile(&self, own: &User) {
        let mut frame = Vec::new();
        codec::write_profile(&mut frame, own);
        self.send(frame);
    }

    /// Says something to this client alone.
    fn hint(&self, sentence: &str) {
        let mut frame = Vec::new();
        codec::write_lobby_error(&mut frame, sentence);
        self.send(frame);
    }
}
