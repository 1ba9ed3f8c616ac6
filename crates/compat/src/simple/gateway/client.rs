use super::close_code::SimpleCloseCode;
use super::handshake::Visit;
use super::json_kind::JsonKind;
use super::parameters::PlainOptions;
use super::replies;
use super::text_frame::TextFrame;
use crate::Compat;
use crate::named_room::NamedRoom;
use crate::simple::codec::{PONG, SimpleChatEncoder, SimpleKind, SimpleRoomEncoder, is_ping, kind};
use bytes::Bytes;
use chinwag_core::chat::Effect;
use chinwag_core::domain::{ClientId, Refusal, RoomId, RoomSlug, UserName, WantedName};
use chinwag_core::ports::{Appended, CloseReason, ProtocolId};
use chinwag_gateway::websocket::{InFlight, ProtocolHandler, UnreadableRow, WebSocket, refuse};
use chinwag_gateway::{ClientSession as _, SessionFactory, Typed, Visitor};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::net::TcpStream;

/// The name of somebody who says none.
pub(super) const NAMELESS: WantedName = WantedName::Numbered("Guest");

/// A client of the simple protocols. Behind it stands a visitor, or the person whose token its address has.
pub(super) struct SimpleClient<F: SessionFactory> {
    pub(super) compat: Arc<Compat<F>>,
    pub(super) session: F::Session,
    stream: Arc<TcpStream>,
    pub(super) mode: Mode,
    pub(super) written: Written,
    pub(super) unreadable: UnreadableRow,
}

/// Messages that were written. Each is named by its number, since nobody else writes for a visitor. Somebody who signed in may write by other
/// connections, too, and has numbers that no other connection has.
#[derive(Default)]
pub(super) struct Written(u64);

/// What the client speaks, with what has to be remembered for it.
pub(super) enum Mode {
    /// It has said nothing that tells what it speaks, and hears the bare text of this room, the lobby.
    Undecided(RoomId),
    /// Bare text, in this room.
    Plain(RoomId),
    /// One room at a time.
    Room {
        /// The name that the client wanted, and perhaps a variant of which it has.
        asked: Option<UserName>,
        room: Option<NamedRoom>,
    },
    /// Several rooms, by the names by which the client knows them.
    Chat(HashMap<RoomSlug, RoomId>),
}

/// What became of a message.
pub(super) type Completion = Result<Appended, Refusal>;

impl<F: SessionFactory> ProtocolHandler for SimpleClient<F> {
    type Session = F::Session;
    type Frame = TextFrame;
    type Completion = Completion;

    fn session(&self) -> &F::Session {
        &self.session
    }

    async fn on_frame(&mut self, TextFrame(text): TextFrame, in_flight: &mut InFlight<Completion>) {
        // It decides nothing, and is no text that somebody wrote.
        if !matches!(self.mode, Mode::Plain(_)) && is_ping(&text) {
            return self.send(PONG.to_vec());
        }
        if let Mode::Undecided(lobby) = self.mode
            && !self.decide(&text, lobby).await
        {
            return;
        }
        let done = match self.kind() {
            SimpleKind::Plain => {
                self.on_plain(&text, in_flight).await;
                Ok(())
            }
            SimpleKind::Room => self.on_room_frame(&text, in_flight).await,
            SimpleKind::Chat => self.on_chat_frame(&text, in_flight).await,
        };
        if let Err(refusal) = done {
            self.error(refusal.to_string());
        }
    }

    fn complete(&mut self, completions: Vec<Completion>) {
        // Who writes sees the message come back like everybody else's, so only what failed is told.
        for refusal in completions.into_iter().filter_map(Result::err) {
            self.error(refusal.to_string());
        }
    }

    async fn on_presence_missed(&mut self) {
        // Only the room vocabulary has lists of people.
        if let Mode::Room { room: Some(room), .. } = &self.mode
            && let Some(people) = self.session.people(room.id)
        {
            let mut frame = Vec::new();
            SimpleRoomEncoder.users(&people, &mut frame);
            self.send(frame);
        }
    }

    fn on_subscription_ended(&self) -> Option<CloseReason> {
        // Without its room a client of bare text is deaf; when it comes back it hears the next room of that name.
        Some(CloseReason::BeginAnew)
    }
}

impl<F: SessionFactory> SimpleClient<F> {
    /// Lets a client in that speaks JSON. What it said first has still to be heard.
    pub(super) async fn speaking(
        compat: Arc<Compat<F>>,
        kind: JsonKind,
        name: Option<UserName>,
        visit: &Visit,
        stream: &Arc<TcpStream>,
    ) -> Result<Self, Refusal> {
        let wanted = name.clone().map_or(NAMELESS, WantedName::Named);
        let session = begin(&compat, visit, wanted, kind.protocol(&compat), true, stream).await?;
        let mode = Mode::speaking(kind, name);
        Ok(Self::new(compat, session, stream, mode))
    }

    /// Lets a client in that listens to a room, and gives it what was said there `since` then. Unless it `is_decided` that it
    /// speaks bare text, its first message decides.
    pub(super) async fn listening(
        compat: Arc<Compat<F>>,
        options: PlainOptions,
        is_decided: bool,
        visit: &Visit,
        stream: &Arc<TcpStream>,
    ) -> Result<Self, Refusal> {
        let PlainOptions { room, name, is_named, echo } = options;
        let session = begin(&compat, visit, name, compat.protocols.plain(is_named), echo, stream).await?;
        let (view, catch_up) = session.enter(room.into(), 0).await?;
        session.catch_up_since(catch_up, visit.since).await;
        let mode = if is_decided { Mode::Plain(view.room.id) } else { Mode::Undecided(view.room.id) };
        Ok(Self::new(compat, session, stream, mode))
    }

    fn new(compat: Arc<Compat<F>>, session: F::Session, stream: &Arc<TcpStream>, mode: Mode) -> Self {
        let written =
            if session.is_visit() { Written::default() } else { Written::of(&compat.sessions.new_token()) };
        let unreadable = UnreadableRow::default();
        Self { compat, session, stream: Arc::clone(stream), mode, written, unreadable }
    }

    /// Decides what the client speaks, if this shows it. Answers whether it is still there.
    async fn decide(&mut self, text: &str, lobby: RoomId) -> bool {
        let Some(kind) = kind(text) else { return true };
        match JsonKind::of(kind) {
            None => {
                self.mode = Mode::Plain(lobby);
                true
            }
            Some(kind) => self.begin_anew(kind, kind.asked_name(text)).await,
        }
    }

    /// Makes the client another visitor, who is nowhere yet. Answers whether that was allowed; otherwise it is sent away.
    pub(super) async fn begin_anew(&mut self, kind: JsonKind, name: Option<UserName>) -> bool {
        let wanted = name.clone().map_or(NAMELESS, WantedName::Named);
        if let (Mode::Undecided(lobby), false) = (&self.mode, self.session.is_visit()) {
            // Whoever signed in stays who it is.
            self.session.exit(*lobby);
            self.session.speak(kind.protocol(&self.compat), true);
            self.mode = Mode::speaking(kind, name);
            return true;
        }
        self.mode = Mode::speaking(kind, name);
        let begun = self.session.visit_anew(wanted, kind.protocol(&self.compat), socket(&self.stream)).await;
        if let Err(refusal) = &begun {
            let (frames, close) = replies::turned_away(kind.into(), refusal);
            refuse::<SimpleCloseCode>(&self.stream, frames, close).await;
        }
        begun.is_ok()
    }

    fn kind(&self) -> SimpleKind {
        match &self.mode {
            Mode::Undecided(_) | Mode::Plain(_) => SimpleKind::Plain,
            Mode::Room { .. } => SimpleKind::Room,
            Mode::Chat(_) => SimpleKind::Chat,
        }
    }

    /// The room that a frame names, or the lobby.
    pub(super) fn room_or_lobby(&self, room: Option<String>) -> Result<RoomSlug, Refusal> {
        room.map_or_else(|| Ok(self.compat.lobby().clone()), |room| RoomSlug::parse(&room))
    }

    /// Carries out what was typed in a room.
    pub(super) async fn say(
        &mut self,
        room: RoomId,
        text: &str,
        in_flight: &mut InFlight<Completion>,
    ) -> Result<(), Refusal> {
        let Self { compat, session, written, .. } = self;
        match compat.say(session, room, text, |_| written.next_id()).await? {
            Typed::Message(storing) => in_flight.push(storing),
            Typed::Command(Effect::Notice(hint)) => self.hint(hint),
            Typed::Command(Effect::Renamed(user)) => self.hint(format!("You are {} now.", user.name)),
            Typed::Command(Effect::Enter(room)) => self.enter(room).await?,
            Typed::Command(Effect::Exit(room)) => self.exit(room),
            Typed::Command(Effect::SignedOut) => {
                self.settle(in_flight).await;
                self.session.sign_out().await;
            }
        }
        Ok(())
    }

    async fn enter(&mut self, room: RoomSlug) -> Result<(), Refusal> {
        match &self.mode {
            Mode::Room { .. } => self.move_to(room).await,
            Mode::Chat(_) => {
                self.listen_to(room.clone()).await?;
                self.hint(format!("You listen to #{room} now."));
                Ok(())
            }
            Mode::Undecided(_) | Mode::Plain(_) => Ok(()),
        }
    }

    fn exit(&mut self, room: RoomId) {
        self.session.exit(room);
        let name = match &mut self.mode {
            Mode::Room { room: current, .. } => current.take().map(|left| left.slug),
            Mode::Chat(rooms) => {
                let name = rooms.iter().find(|(_, id)| **id == room).map(|(name, _)| name.clone());
                rooms.retain(|_, id| *id != room);
                name
            }
            Mode::Undecided(_) | Mode::Plain(_) => None,
        };
        if let Some(name) = name {
            self.hint(format!("You have left #{name}."));
        }
    }

    pub(super) fn error(&self, sentence: String) {
        let mut frame = Vec::new();
        replies::error(self.kind(), sentence, &mut frame);
        self.session.note_errors(1);
        self.send(frame);
    }

    /// Says why a frame means nothing to the server. One who goes on sending what is no JSON is sent away.
    pub(super) fn cannot_read(&mut self, text: &str, sentence: String) {
        self.error(sentence);
        if kind(text) != Some(SimpleKind::Plain) {
            self.unreadable.end();
        } else if let Some(reason) = self.unreadable.go_on() {
            self.session.close(reason);
        }
    }

    /// Tells the client alone something. Clients of bare text type no commands, so there is nothing to hint at.
    fn hint(&self, sentence: String) {
        let mut frame = Vec::new();
        match self.kind() {
            SimpleKind::Room => SimpleRoomEncoder.system(sentence, &mut frame),
            SimpleKind::Chat => SimpleChatEncoder.system(sentence, &mut frame),
            SimpleKind::Plain => {}
        }
        self.send(frame);
    }

    pub(super) fn send(&self, frame: Vec<u8>) {
        self.session.send(Bytes::from(frame));
    }
}

impl Written {
    /// Numbers from a place that nobody guesses, of the 2^63 that there are.
    fn of(secret: &str) -> Self {
        let place =
            secret.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(67).wrapping_add(u64::from(byte)));
        Self(place >> 1)
    }

    pub(super) fn next_id(&mut self) -> Result<ClientId, Refusal> {
        self.0 += 1;
        ClientId::parse(&self.0.to_string())
    }
}

impl Mode {
    fn speaking(kind: JsonKind, asked: Option<UserName>) -> Self {
        match kind {
            JsonKind::Room => Self::Room { asked, room: None },
            JsonKind::Chat => Self::Chat(HashMap::new()),
        }
    }
}

/// The session of a client: of the person whose token the address has, or of a visitor who wants this name.
async fn begin<F: SessionFactory>(
    compat: &Compat<F>,
    visit: &Visit,
    name: WantedName,
    protocol: ProtocolId,
    echo: bool,
    stream: &Arc<TcpStream>,
) -> Result<F::Session, Refusal> {
    let Some(token) = visit.token.taken() else {
        let visitor = Visitor::once(name);
        return compat.sessions.visit(visitor, visit.address, protocol, socket(stream), echo).await;
    };
    let signed_in = compat.sessions.authenticate(token, visit.address, protocol, socket(stream)).await?;
    if !echo {
        signed_in.session.speak(protocol, echo);
    }
    Ok(signed_in.session)
}

fn socket(stream: &Arc<TcpStream>) -> Box<WebSocket<SimpleCloseCode>> {
    Box::new(WebSocket::new(stream))
}
