use super::farewell::SimpleFarewell;
use super::parameters::Wishes;
use super::speech::Speech;
use super::voice;
use crate::app::App;
use crate::gateway::websocket::{Dialect, InFlight, WebSocket, refuse};
use crate::session::{Said, Session, Visitor};
use bytes::Bytes;
use chinwag_core::domain::{ClientId, Refusal, RoomId, RoomSlug, Seq, UserName, WantedName};
use chinwag_core::ports::Appended;
use chinwag_wire::simple::{
    Kind, PONG, RoomClientFrame, SimpleChatEncoder, SimpleRoomEncoder, is_ping, kind,
};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpStream;

/// The name of somebody who says none.
pub(super) const NAMELESS: WantedName = WantedName::Numbered("Guest");

/// A client of the simple protocols. Behind it stands a visitor.
pub(super) struct Guest {
    pub(super) app: Arc<App>,
    pub(super) session: Session,
    stream: Arc<TcpStream>,
    pub(super) tongue: Tongue,
    /// Messages that were written. Each is named by its number, since nobody else writes for a visitor.
    written: u64,
}

/// What the client speaks, with what has to be remembered for it.
pub(super) enum Tongue {
    /// It has said nothing and hears the bare text of the lobby. Its first message decides.
    Undecided,
    /// Bare text, in this room.
    Plain(RoomSlug),
    /// One room at a time.
    Room {
        /// The name that the client wanted, and perhaps a variant of which it has.
        asked: Option<UserName>,
        room: Option<RoomSlug>,
    },
    /// Several rooms.
    Chat,
}

/// What became of a message.
pub(super) type Fate = Result<Appended, Refusal>;

impl Dialect for Guest {
    type Speech = Speech;
    type Fate = Fate;

    fn session(&self) -> &Session {
        &self.session
    }

    async fn hear(&mut self, Speech(text): Speech, in_flight: &mut InFlight<Fate>) {
        // It decides nothing, and is no text that somebody wrote.
        if !matches!(self.tongue, Tongue::Plain(_)) && is_ping(&text) {
            return self.send(PONG.to_vec());
        }
        if matches!(self.tongue, Tongue::Undecided) && !self.decide(&text).await {
            return;
        }
        let heard = match self.kind() {
            Kind::Plain => self.hear_plain(&text, in_flight),
            Kind::Room => self.hear_room(&text, in_flight).await,
            Kind::Chat => self.hear_chat(&text, in_flight).await,
        };
        if let Err(refusal) = heard {
            self.error(refusal.to_string());
        }
    }

    fn tell(&mut self, fates: Vec<Fate>) {
        // Who writes sees the message come back like everybody else's, so only what failed is told.
        for refusal in fates.into_iter().filter_map(Result::err) {
            self.error(refusal.to_string());
        }
    }

    async fn tell_people(&mut self) {
        // Only the room vocabulary has lists of people.
        if let Tongue::Room { room: Some(room), .. } = &self.tongue
            && let Some(people) = self.session.people(room)
        {
            let mut frame = Vec::new();
            SimpleRoomEncoder.users(&people, &mut frame);
            self.send(frame);
        }
    }
}

impl Guest {
    /// Lets a client in that speaks JSON. What it said first has still to be heard.
    pub(super) async fn speaking(
        app: Arc<App>,
        kind: Kind,
        name: Option<UserName>,
        address: IpAddr,
        stream: &Arc<TcpStream>,
    ) -> Result<Self, Refusal> {
        let wanted = name.clone().map_or(NAMELESS, WantedName::Named);
        let (protocol, socket) = (voice::protocol(kind), socket(stream));
        let session =
            Session::visit(Arc::clone(&app), Visitor::once(wanted), address, protocol, socket, true).await?;
        let tongue = Tongue::of(kind, name, &app);
        Ok(Self { app, session, stream: Arc::clone(stream), tongue, written: 0 })
    }

    /// Lets a client in that listens to a room, and gives it what was said there since `moment`. Unless it `is_decided` that it
    /// speaks bare text, its first message decides.
    pub(super) async fn listening(
        app: Arc<App>,
        wishes: Wishes,
        is_decided: bool,
        address: IpAddr,
        moment: Option<(RoomId, Seq)>,
        stream: &Arc<TcpStream>,
    ) -> Result<Self, Refusal> {
        let Wishes { room, name, protocol, echo } = wishes;
        let session =
            Session::visit(Arc::clone(&app), Visitor::once(name), address, protocol, socket(stream), echo)
                .await?;
        let (_, catch_up) = session.enter(room.clone(), 0).await?;
        session.catch_up_since(catch_up, moment).await;
        let tongue = if is_decided { Tongue::Plain(room) } else { Tongue::Undecided };
        Ok(Self { app, session, stream: Arc::clone(stream), tongue, written: 0 })
    }

    /// Decides what the client speaks. Answers whether it is still there.
    async fn decide(&mut self, first: &str) -> bool {
        let kind = kind(first);
        match kind {
            Kind::Plain => {
                self.tongue = Tongue::of(kind, None, &self.app);
                true
            }
            Kind::Room | Kind::Chat => self.begin_anew(kind, asked_name(kind, first)).await,
        }
    }

    /// Makes the client another visitor, who is nowhere yet. Answers whether that was allowed; otherwise it is sent away.
    pub(super) async fn begin_anew(&mut self, kind: Kind, name: Option<UserName>) -> bool {
        let wanted = name.clone().map_or(NAMELESS, WantedName::Named);
        self.tongue = Tongue::of(kind, name, &self.app);
        let begun = self.session.visit_anew(wanted, voice::protocol(kind), socket(&self.stream)).await;
        if let Err(refusal) = &begun {
            let (frames, close) = voice::turned_away(kind, refusal);
            refuse::<SimpleFarewell>(&self.stream, frames, close).await;
        }
        begun.is_ok()
    }

    fn kind(&self) -> Kind {
        match &self.tongue {
            Tongue::Undecided | Tongue::Plain(_) => Kind::Plain,
            Tongue::Room { .. } => Kind::Room,
            Tongue::Chat => Kind::Chat,
        }
    }

    /// The room that a frame names, or the lobby.
    pub(super) fn room_or_lobby(&self, room: Option<String>) -> Result<RoomSlug, Refusal> {
        room.map_or_else(|| Ok(self.app.config.gateways.lobby.0.clone()), |room| RoomSlug::of_name(&room))
    }

    pub(super) fn next_client_id(&mut self) -> Result<ClientId, Refusal> {
        self.written += 1;
        ClientId::parse(&self.written.to_string())
    }

    /// Carries out what was typed in a room.
    pub(super) async fn say(
        &mut self,
        room: &RoomSlug,
        text: &str,
        in_flight: &mut InFlight<Fate>,
    ) -> Result<(), Refusal> {
        let client_id = self.next_client_id()?;
        match self.session.say(room, client_id, text).await? {
            Said::Posting(storing) => in_flight.push(storing),
            Said::Notice(hint) => self.hint(hint),
            Said::Renamed(user) => self.hint(format!("You are {} now.", user.name)),
            Said::Enter(room) => self.enter(room).await?,
            Said::Exit(room) => self.exit(&room),
            Said::SignedOut => {
                self.settle(in_flight).await;
                self.session.sign_out().await;
            }
        }
        Ok(())
    }

    async fn enter(&mut self, room: RoomSlug) -> Result<(), Refusal> {
        match &self.tongue {
            Tongue::Room { .. } => self.move_to(room).await,
            Tongue::Chat => {
                self.listen_to(room.clone()).await?;
                self.hint(format!("You listen to #{room} now."));
                Ok(())
            }
            Tongue::Undecided | Tongue::Plain(_) => Ok(()),
        }
    }

    fn exit(&mut self, room: &RoomSlug) {
        self.session.exit(room);
        if let Tongue::Room { room: current, .. } = &mut self.tongue {
            *current = None;
        }
        self.hint(format!("You have left #{room}."));
    }

    pub(super) fn error(&self, sentence: String) {
        let mut frame = Vec::new();
        voice::error(self.kind(), sentence, &mut frame);
        self.send(frame);
    }

    /// Tells the client alone something. Clients of bare text type no commands, so there is nothing to hint at.
    fn hint(&self, sentence: String) {
        let mut frame = Vec::new();
        match self.kind() {
            Kind::Room => SimpleRoomEncoder.system(sentence, &mut frame),
            Kind::Chat => SimpleChatEncoder.system(sentence, &mut frame),
            Kind::Plain => {}
        }
        self.send(frame);
    }

    pub(super) fn send(&self, frame: Vec<u8>) {
        self.session.connection().send(Bytes::from(frame));
    }
}

impl Tongue {
    fn of(kind: Kind, asked: Option<UserName>, app: &App) -> Self {
        match kind {
            Kind::Plain => Self::Plain(app.config.gateways.lobby.0.clone()),
            Kind::Room => Self::Room { asked, room: None },
            Kind::Chat => Self::Chat,
        }
    }
}

/// The name for which a client asks with its first message.
pub(super) fn asked_name(kind: Kind, first: &str) -> Option<UserName> {
    match (kind, RoomClientFrame::decode(first)) {
        (Kind::Room, Ok(RoomClientFrame::Join { username, .. })) => UserName::parse(&username).ok(),
        (Kind::Room | Kind::Chat | Kind::Plain, _) => None,
    }
}

fn socket(stream: &Arc<TcpStream>) -> Box<WebSocket<SimpleFarewell>> {
    Box::new(WebSocket::new(stream))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::websocket::Conversation;

    /// In bytes. Ten thousand idle listeners feel each of them.
    #[test]
    fn an_idle_client_takes_little_memory() {
        let conversation = size_of::<Conversation<Guest>>();
        assert!(conversation <= 288, "the conversation has {conversation} bytes");
    }
}
