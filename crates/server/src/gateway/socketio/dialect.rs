use super::connection::{broken, invalid_namespace};
use super::ear::Heard;
use super::transport::Transport;
use crate::app::App;
use crate::gateway::websocket::{Dialect, InFlight};
use crate::session::{Said, Session};
use bytes::Bytes;
use chinwag_core::domain::{ClientId, Refusal, RoomId, RoomSlug, Seq, WantedName};
use chinwag_core::ports::{Answer, Appended};
use chinwag_realtime::{CloseReason, Protocol};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::socketio::{self, ClientEvent, ClientPacket, Done, EnginePacket, Request};
use std::net::IpAddr;
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
    /// Messages that were written.
    written: u64,
    /// What came before a room was joined, and waits for that.
    early: Vec<Request>,
}

/// What a client is told that speaks another vocabulary.
const EVENTS: &str = "There are join, leave, send-message, typing and stopped-typing for rooms, and chat_message and set_name for the \
    lobby; see docs/socketio.md.";

/// What a client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// It hears the lobby, where nobody sees it yet: its first event decides, or the time.
    Undecided,
    Lobby,
    Rooms,
}

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
    /// Events that wait for a client to join, at most.
    const EARLY: usize = 20;

    /// Lets a client in: as the person of a session, or as a visitor.
    pub(super) async fn begin(
        app: &Arc<App>,
        address: IpAddr,
        token: Option<&str>,
        transport: &Transport,
    ) -> Result<Self, Refusal> {
        let (app, socket) = (Arc::clone(app), Box::new(transport.clone()));
        let session = match token {
            Some(token) => Session::open(Arc::clone(&app), token, Protocol::SocketIoLobby, socket).await?.0,
            None => {
                let name = WantedName::Numbered("User");
                let protocol = Protocol::SocketIoLobby;
                Session::visit(Arc::clone(&app), name, address, protocol, socket, true).await?
            }
        };
        let mut own = Self {
            app,
            session,
            vocabulary: Vocabulary::Undecided,
            room: None,
            moment: None,
            written: 0,
            early: Vec::new(),
        };
        let mut connected = Vec::new();
        socketio::write_connected(&mut connected, &own.app.chat.secrets.new_token());
        own.send(connected);
        own.welcome().await;
        Ok(own)
    }

    /// The events to carry out now that this one has come, in order. A client that comes back emits what was written meanwhile before its
    /// page joins the room again, so what is for a room waits for that.
    fn due(&mut self, request: Request) -> Vec<Request> {
        let is_for_a_room = match request.event {
            ClientEvent::Leave
            | ClientEvent::SendMessage(_)
            | ClientEvent::Typing
            | ClientEvent::StoppedTyping => true,
            ClientEvent::Join(_)
            | ClientEvent::ChatMessage(_)
            | ClientEvent::SetName(_)
            | ClientEvent::Unknown(_) => false,
        };
        if self.vocabulary == Vocabulary::Undecided && is_for_a_room && self.early.len() < Self::EARLY {
            self.early.push(request);
            return Vec::new();
        }
        let early = std::mem::take(&mut self.early);
        if matches!(request.event, ClientEvent::Join(_)) {
            std::iter::once(request).chain(early).collect()
        } else {
            early.into_iter().chain([request]).collect()
        }
    }

    async fn hear_event(&mut self, Request { ack, event }: Request, in_flight: &mut InFlight<Fate>) {
        if self.vocabulary == Vocabulary::Undecided && !matches!(event, ClientEvent::Join(_)) {
            self.appear().await;
        }
        let (vocabulary, done) = match event {
            ClientEvent::Join(join) => (Vocabulary::Rooms, self.join(join).await),
            ClientEvent::Leave => (Vocabulary::Rooms, self.leave()),
            ClientEvent::SendMessage(text) => (Vocabulary::Rooms, self.say_in_room(text).await),
            ClientEvent::Typing => (Vocabulary::Rooms, self.typing().await),
            ClientEvent::StoppedTyping => (Vocabulary::Rooms, self.stopped_typing()),
            ClientEvent::ChatMessage(text) => (Vocabulary::Lobby, self.say_in_lobby(text).await),
            ClientEvent::SetName(name) => (Vocabulary::Lobby, self.set_name(name).await),
            ClientEvent::Unknown(name) => {
                tracing::debug!(event = name, "a Socket.IO client emitted an event that nobody knows");
                let sentence = format!("There is no event {name:?}. {EVENTS}");
                (self.vocabulary, Err(ProtocolError::new(ErrorCode::UnknownType, sentence)))
            }
        };
        let fate = |result| Fate { ack, vocabulary, result };
        match done {
            Ok(Deed::Done(done)) => self.tell(vec![fate(Ok(done))]),
            Err(error) => self.tell(vec![fate(Err(error))]),
            Ok(Deed::Posting(storing)) => in_flight.push(async move {
                let stored = storing.await.map(|Appended { seq, .. }| Done { seq: Some(seq), entered: None });
                Fate { ack, vocabulary, result: stored.map_err(refused) }
            }),
            Ok(Deed::SigningOut) => {
                self.tell(vec![fate(Ok(Done::default()))]);
                self.settle(in_flight).await;
                self.session.sign_out().await;
            }
        }
    }

    /// Carries out what was typed in a room, as far as both vocabularies do the same.
    pub(super) async fn say(&mut self, room: &RoomSlug, text: &str) -> Result<Said, Refusal> {
        self.written += 1;
        // A person may write through several connections, of which each has its own number.
        let id = ClientId::parse(&format!("sio-{}-{}", self.session.connection().id.0, self.written))?;
        self.session.say(room, id, text).await
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
                if self.vocabulary == Vocabulary::Undecided {
                    self.appear().await;
                }
                for request in std::mem::take(&mut self.early) {
                    self.hear_event(request, in_flight).await;
                }
                return;
            }
        };
        match packet {
            EnginePacket::Message(ClientPacket::Event(request)) => {
                for request in self.due(request) {
                    self.hear_event(request, in_flight).await;
                }
            }
            EnginePacket::Message(ClientPacket::ConnectElsewhere { namespace }) => {
                let mut answer = Vec::new();
                invalid_namespace(&namespace, &mut answer);
                self.send(answer);
            }
            EnginePacket::Message(ClientPacket::Disconnect) | EnginePacket::Close => {
                self.session.connection().close(CloseReason::Requested(None));
            }
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
                match vocabulary {
                    Vocabulary::Rooms => socketio::write_rooms_error(&mut frames, &error.message),
                    // In the lobby a message without text is nothing.
                    Vocabulary::Undecided | Vocabulary::Lobby if error.code == ErrorCode::MessageEmpty => {}
                    Vocabulary::Undecided | Vocabulary::Lobby => {
                        socketio::write_lobby_error(&mut frames, &error.message);
                    }
                }
            }
            if let Some(ack) = ack {
                socketio::write_ack(&mut frames, ack, &result);
            }
        }
        self.send(frames);
    }

    async fn tell_people(&mut self) {
        let Some(room) = &self.room else { return };
        match self.vocabulary {
            Vocabulary::Rooms => self.list_people(room),
            Vocabulary::Undecided | Vocabulary::Lobby => self.greet_again(room).await,
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
