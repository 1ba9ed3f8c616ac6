use super::handshake::broken;
use super::receiver::ReceivedPacket;
use super::request::{EventRequest, RequestKind, Vocabulary};
use crate::Compat;
use crate::named_room::NamedRoom;
use crate::socketio::codec::{self, ClientEvent, ClientPacket, Done, EnginePacket, Revision};
use bytes::Bytes;
use chinwag_core::domain::{ClientId, Refusal, RoomId, RoomSlug, UserName};
use chinwag_core::ports::CloseReason;
use chinwag_core::ports::{Appended, StoreFuture};
use chinwag_gateway::websocket::{InFlight, ProtocolHandler};
use chinwag_gateway::{ClientSession as _, LogPosition, SessionFactory, Typed};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use std::sync::Arc;
use std::time::Duration;

/// A Socket.IO client in the main namespace.
pub(super) struct SocketIo<F: SessionFactory> {
    pub(super) compat: Arc<Compat<F>>,
    pub(super) session: F::Session,
    pub(super) vocabulary: Vocabulary,
    /// The room that is talked in; in the lobby vocabulary the lobby, unless another one was entered.
    pub(super) room: Option<NamedRoom>,
    /// Where the lobby's log ended when the client was told of it, for one who does not listen there yet.
    pub(super) lobby_end: Option<LogPosition>,
    /// The name that was asked for last, by a client that tells it again and again.
    pub(super) asked_name: Option<UserName>,
    /// Messages that were written.
    written: u64,
    /// Messages that came before a room was joined, and wait for that.
    pub(super) early: Vec<EventRequest>,
    pub(super) revision: Revision,
    /// Whether the client has left the namespace, and may enter it again over the same connection.
    has_left: bool,
}

/// For this time a client may be one that joins a room, and so nobody in the lobby.
pub(super) const TIME_TO_JOIN: Duration = Duration::from_secs(1);
/// Told to a client that emits an event of no vocabulary.
const EVENTS: &str = "There are join, leave, send-message, typing and stopped-typing for rooms, and chat_message and set_name for the \
    lobby; see docs/socketio.md.";

/// What became of an event.
pub(super) enum Handled {
    Done(Done),
    /// A message is on its way to the storage.
    Storing(StoreFuture<Appended>),
    SigningOut,
}

/// What a client is told of one of its events.
pub(super) struct Completion {
    ack: Option<u64>,
    vocabulary: Vocabulary,
    result: Result<Done, ProtocolError>,
}

impl<F: SessionFactory> SocketIo<F> {
    pub(super) fn new(compat: Arc<Compat<F>>, session: F::Session, revision: Revision) -> Self {
        Self {
            compat,
            session,
            vocabulary: Vocabulary::Undecided,
            room: None,
            lobby_end: None,
            asked_name: None,
            written: 0,
            early: Vec::new(),
            revision,
            has_left: false,
        }
    }

    async fn on_requests(&mut self, requests: Vec<EventRequest>, in_flight: &mut InFlight<Completion>) {
        for request in requests {
            // One of them may have been the last.
            if !self.session.is_open() {
                return;
            }
            self.on_request(request, in_flight).await;
        }
    }

    async fn on_request(
        &mut self,
        EventRequest { ack, kind }: EventRequest,
        in_flight: &mut InFlight<Completion>,
    ) {
        if matches!(self.vocabulary, Vocabulary::Undecided) && kind.shows_in_lobby() {
            self.appear().await;
        }
        let (vocabulary, done) = match kind {
            RequestKind::Preset(preset, emitted) => {
                (Vocabulary::Preset(Arc::clone(&preset)), self.on_preset_event(preset, emitted).await)
            }
            RequestKind::Own(event) => match event {
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
            Ok(Handled::Done(done)) => self.complete(vec![Completion { ack, vocabulary, result: Ok(done) }]),
            Err(error) => self.complete(vec![Completion { ack, vocabulary, result: Err(error) }]),
            Ok(Handled::Storing(storing)) => in_flight.push(async move {
                let stored = storing.await.map(|Appended { seq, .. }| Done { seq: Some(seq), entered: None });
                Completion { ack, vocabulary, result: stored.map_err(refused) }
            }),
            Ok(Handled::SigningOut) => {
                self.complete(vec![Completion { ack, vocabulary, result: Ok(Done::default()) }]);
                self.settle(in_flight).await;
                self.session.sign_out().await;
            }
        }
    }

    /// Carries out what was typed in a room, as far as all vocabularies do the same.
    pub(super) async fn say(
        &mut self,
        room: RoomId,
        text: &str,
        given_id: Option<String>,
    ) -> Result<Typed, Refusal> {
        let Self { compat, session, written, .. } = self;
        let connection = session.connection_id().0;
        let client_id = |part: usize| {
            *written += 1;
            // The parts of a text have names of their own. One that is too long is as good as none.
            let part = if part == 0 { String::new() } else { part.to_string() };
            let given = given_id.as_ref().and_then(|id| ClientId::parse(&format!("sio{part}:{id}")).ok());
            // A person may write through several connections, of which each has its own number.
            given.map_or_else(|| ClientId::parse(&format!("sio-{connection}-{written}")), Ok)
        };
        compat.say(session, room, text, client_id).await
    }

    fn unknown(&self, name: &str) -> ProtocolError {
        tracing::debug!(event = name, "a Socket.IO client emitted an event that nobody knows");
        match &self.vocabulary {
            Vocabulary::Preset(preset) => preset.correct(name),
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby | Vocabulary::Rooms => {
                ProtocolError::new(ErrorCode::UnknownType, format!("There is no event {name:?}. {EVENTS}"))
            }
        }
    }

    fn write_error(&self, out: &mut Vec<u8>, vocabulary: &Vocabulary, error: &ProtocolError) {
        match vocabulary {
            Vocabulary::Rooms => codec::write_rooms_error(out, &error.message),
            Vocabulary::Preset(preset) => {
                let room = self.room_name();
                preset.write_notice(out, &room, &error.message, self.compat.sessions.now());
            }
            // In the lobby a message without text is nothing.
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby
                if error.code == ErrorCode::MessageEmpty => {}
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => {
                codec::write_lobby_error(out, &error.message);
            }
        }
    }

    /// The name of the room that is talked in, or of the lobby.
    pub(super) fn room_name(&self) -> RoomSlug {
        self.room.as_ref().map_or_else(|| self.lobby(), |room| room.slug.clone())
    }

    pub(super) fn lobby(&self) -> RoomSlug {
        self.compat.lobby().clone()
    }

    pub(super) fn send(&self, frames: Vec<u8>) {
        self.session.send(Bytes::from(frames));
    }
}

impl<F: SessionFactory> ProtocolHandler for SocketIo<F> {
    type Session = F::Session;
    type Frame = ReceivedPacket;
    type Completion = Completion;

    fn session(&self) -> &F::Session {
        &self.session
    }

    fn has_left(&self) -> bool {
        self.has_left
    }

    async fn on_frame(&mut self, received: ReceivedPacket, in_flight: &mut InFlight<Completion>) {
        let packet = match received {
            ReceivedPacket::Packet(packet) => EnginePacket::decode(&packet),
            ReceivedPacket::Waited => {
                if matches!(self.vocabulary, Vocabulary::Undecided) {
                    self.appear().await;
                }
                let early = std::mem::take(&mut self.early);
                return self.on_requests(early, in_flight).await;
            }
        };
        match packet {
            EnginePacket::Message(ClientPacket::Event(emit)) => {
                let due = self.due(emit);
                self.on_requests(due, in_flight).await;
            }
            EnginePacket::Message(ClientPacket::ConnectElsewhere { namespace }) => {
                let mut answer = Vec::new();
                codec::write_invalid_namespace(&mut answer, &namespace);
                self.session.note_errors(1);
                self.send(answer);
            }
            EnginePacket::Message(ClientPacket::Disconnect) if self.revision == Revision::Four => {
                self.has_left = true;
            }
            EnginePacket::Message(ClientPacket::Disconnect) | EnginePacket::Close => {
                self.session.close(CloseReason::Requested(None));
            }
            EnginePacket::Ping => self.send(codec::PONG.to_vec()),
            EnginePacket::Broken(reason) | EnginePacket::Unreadable(reason) => {
                self.session.close(broken(reason))
            }
            EnginePacket::Message(ClientPacket::Connect { .. } | ClientPacket::Ack)
            | EnginePacket::Pong
            | EnginePacket::Noop
            | EnginePacket::Probe
            | EnginePacket::Upgrade => {}
        }
    }

    fn complete(&mut self, completions: Vec<Completion>) {
        let (mut frames, mut errors) = (Vec::new(), 0);
        for Completion { ack, vocabulary, result } in completions {
            if let Err(error) = &result {
                errors += 1;
                self.write_error(&mut frames, &vocabulary, error);
            }
            match (ack, &vocabulary) {
                (None, _) => {}
                (Some(ack), Vocabulary::Preset(preset)) => preset.write_ack(&mut frames, ack, &result),
                (Some(ack), _) => codec::write_ack(&mut frames, ack, &result),
            }
        }
        self.session.note_errors(errors);
        self.send(frames);
    }

    async fn on_presence_missed(&mut self) {
        let Some(room) = self.room.clone() else { return };
        match self.vocabulary {
            Vocabulary::Rooms | Vocabulary::Preset(_) => self.list_people(&room),
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => self.greet_again(room.id),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
