use super::connection::{broken, invalid_namespace};
use super::ear::Heard;
use super::understand::{Meaning, Vocabulary, Wish};
use crate::app::App;
use crate::gateway::websocket::{Dialect, InFlight};
use crate::session::{Said, Session};
use bytes::Bytes;
use chinwag_core::domain::{ClientId, Refusal, RoomId, RoomSlug, Seq, UserName};
use chinwag_core::ports::{Answer, Appended};
use chinwag_realtime::CloseReason;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::socketio::{self, ClientEvent, ClientPacket, Done, EnginePacket};
use std::sync::Arc;
use std::time::Duration;

/// A Socket.IO client in the main namespace.
pub(super) struct SocketIo {
    pub(super) app: Arc<App>,
    pub(super) session: Session,
    pub(super) vocabulary: Vocabulary,
    /// The room that is talked in; in the lobby vocabulary the lobby, unless another one was entered.
    pub(super) room: Option<RoomSlug>,
    /// Where the lobby's log ended when the client was told of it, for one who does not listen there yet.
    pub(super) moment: Option<(RoomId, Seq)>,
    /// The name that was asked for last, by a client that tells it again and again.
    pub(super) asked_name: Option<UserName>,
    /// Messages that were written.
    written: u64,
    /// Messages that came before a room was joined, and wait for that.
    pub(super) early: Vec<Wish>,
}

/// Told to a client that emits an event of no vocabulary.
const EVENTS: &str = "There are join, leave, send-message, typing and stopped-typing for rooms, and chat_message and set_name for the \
    lobby; see docs/socketio.md.";

/// What became of an event.
pub(super) enum Deed {
    Done(Done),
    /// A message is on its way to the storage.
    Posting(Answer<Appended>),
    SigningOut,
}

/// What a client is told of one of its events.
pub(super) struct Fate {
    ack: Option<u64>,
    vocabulary: Vocabulary,
    result: Result<Done, ProtocolError>,
}

impl SocketIo {
    /// For this time a client may be one that joins a room, and so nobody in the lobby.
    pub(super) const TIME_TO_JOIN: Duration = Duration::from_secs(1);

    pub(super) fn new(app: Arc<App>, session: Session) -> Self {
        Self {
            app,
            session,
            vocabulary: Vocabulary::Undecided,
            room: None,
            moment: None,
            asked_name: None,
            written: 0,
            early: Vec::new(),
        }
    }

    async fn hear_events(&mut self, wishes: Vec<Wish>, in_flight: &mut InFlight<Fate>) {
        for wish in wishes {
            // One of them may have been the last.
            if !self.session.connection().outbox().is_open() {
                return;
            }
            self.hear_event(wish, in_flight).await;
        }
    }

    async fn hear_event(&mut self, Wish { ack, meaning }: Wish, in_flight: &mut InFlight<Fate>) {
        if matches!(self.vocabulary, Vocabulary::Undecided) && meaning.shows_in_lobby() {
            self.appear().await;
        }
        let (vocabulary, done) = match meaning {
            Meaning::Guide(guide, emitted) => {
                (Vocabulary::Guide(Arc::clone(&guide)), self.hear_guide(guide, emitted).await)
            }
            Meaning::Own(event) => match event {
                ClientEvent::Join(join) => (Vocabulary::Rooms, self.join(join).await),
                ClientEvent::Leave => (Vocabulary::Rooms, self.leave()),
                ClientEvent::SendMessage(text) => (Vocabulary::Rooms, self.say_in_room(text, None).await),
                ClientEvent::Typing => (Vocabulary::Rooms, self.typing().await),
                ClientEvent::StoppedTyping => (Vocabulary::Rooms, self.stopped_typing()),
                ClientEvent::ChatMessage(text) => (Vocabulary::Lobby, self.say_in_lobby(text).await),
                ClientEvent::SetName(name) => (Vocabulary::Lobby, self.set_name(name).await),
                ClientEvent::Unknown(name) => (self.vocabulary.clone(), Err(self.unknown(&name))),
            },
        };
        match done {
            Ok(Deed::Done(done)) => self.tell(vec![Fate { ack, vocabulary, result: Ok(done) }]),
            Err(error) => self.tell(vec![Fate { ack, vocabulary, result: Err(error) }]),
            Ok(Deed::Posting(storing)) => in_flight.push(async move {
                let stored = storing.await.map(|Appended { seq, .. }| Done { seq: Some(seq), entered: None });
                Fate { ack, vocabulary, result: stored.map_err(refused) }
            }),
            Ok(Deed::SigningOut) => {
                self.tell(vec![Fate { ack, vocabulary, result: Ok(Done::default()) }]);
                self.settle(in_flight).await;
                self.session.sign_out().await;
            }
        }
    }

    /// Carries out what was typed in a room, as far as all vocabularies do the same.
    pub(super) async fn say(
        &mut self,
        room: &RoomSlug,
        text: &str,
        given_id: Option<String>,
    ) -> Result<Said, Refusal> {
        self.written += 1;
        let id = match given_id {
            // One that is too long is as good as none.
            Some(given) => ClientId::parse(&format!("sio:{given}")).ok(),
            None => None,
        };
        // A person may write through several connections, of which each has its own number.
        let own = || ClientId::parse(&format!("sio-{}-{}", self.session.connection().id.0, self.written));
        let id = id.map_or_else(own, Ok)?;
        self.session.say(room, id, text).await
    }

    fn unknown(&self, name: &str) -> ProtocolError {
        tracing::debug!(event = name, "a Socket.IO client emitted an event that nobody knows");
        match &self.vocabulary {
            Vocabulary::Guide(guide) => guide.correct(name),
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby | Vocabulary::Rooms => {
                ProtocolError::new(ErrorCode::UnknownType, format!("There is no event {name:?}. {EVENTS}"))
            }
        }
    }

    fn write_error(&self, out: &mut Vec<u8>, vocabulary: &Vocabulary, error: &ProtocolError) {
        match vocabulary {
            Vocabulary::Rooms => socketio::write_rooms_error(out, &error.message),
            Vocabulary::Guide(guide) => {
                let room = self.room.clone().unwrap_or_else(|| self.lobby());
                guide.write_notice(out, &room, &error.message, self.app.chat.clock.now());
            }
            // In the lobby a message without text is nothing.
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby
                if error.code == ErrorCode::MessageEmpty => {}
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => {
                socketio::write_lobby_error(out, &error.message);
            }
        }
    }

    pub(super) fn lobby(&self) -> RoomSlug {
        self.app.config.gateways.lobby.0.clone()
    }

    pub(super) fn send(&self, frames: Vec<u8>) {
        self.session.connection().send(Bytes::from(frames));
    }
}

impl Dialect for SocketIo {
    type Speech = Heard;
    type Fate = Fate;

    fn session(&self) -> &Session {
        &self.session
    }

    async fn hear(&mut self, heard: Heard, in_flight: &mut InFlight<Fate>) {
        let packet = match heard {
            Heard::Packet(packet) => packet,
            Heard::Waited => {
                if matches!(self.vocabulary, Vocabulary::Undecided) {
                    self.appear().await;
                }
                let early = std::mem::take(&mut self.early);
                return self.hear_events(early, in_flight).await;
            }
        };
        match packet {
            EnginePacket::Message(ClientPacket::Event(request)) => {
                let due = self.due(request);
                self.hear_events(due, in_flight).await;
            }
            EnginePacket::Message(ClientPacket::ConnectElsewhere { namespace }) => {
                let mut answer = Vec::new();
                invalid_namespace(&namespace, &mut answer);
                self.send(answer);
            }
            EnginePacket::Message(ClientPacket::Disconnect) | EnginePacket::Close => {
                self.session.connection().close(CloseReason::Requested(None));
            }
            EnginePacket::Ping => self.send(socketio::PONG.to_vec()),
            EnginePacket::Broken(reason) => self.session.connection().close(broken(reason)),
            EnginePacket::Message(ClientPacket::Connect { .. } | ClientPacket::Ack)
            | EnginePacket::Pong
            | EnginePacket::Noop
            | EnginePacket::Probe
            | EnginePacket::Upgrade => {}
        }
    }

    fn tell(&mut self, fates: Vec<Fate>) {
        let mut frames = Vec::new();
        for Fate { ack, vocabulary, result } in fates {
            if let Err(error) = &result {
                self.write_error(&mut frames, &vocabulary, error);
            }
            match (ack, &vocabulary) {
                (None, _) => {}
                (Some(ack), Vocabulary::Guide(guide)) => guide.write_ack(&mut frames, ack, &result),
                (Some(ack), _) => socketio::write_ack(&mut frames, ack, &result),
            }
        }
        self.send(frames);
    }

    async fn tell_people(&mut self) {
        let Some(room) = &self.room else { return };
        match self.vocabulary {
            Vocabulary::Rooms | Vocabulary::Guide(_) => self.list_people(room),
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => self.greet_again(room),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
