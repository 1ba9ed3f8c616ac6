use bytes::Bytes;
use chinwag_core::chat::{ClientCommand, Draft, Effect, Reply, RoomView};
use chinwag_core::domain::{
    ClientId, ConnectionId, Refusal, RoomId, RoomOverview, RoomReference, RoomSlug, Seq, User, UserName,
    WantedName,
};
use chinwag_core::ports::{Appended, CloseReason, ConnectionEvent, ProtocolId, Socket, StoreFuture};
use std::task::{Context, Poll};

/// One connection of somebody who signed in, or of a visitor, as its gateway sees it.
///
/// A gateway reads what the client says and writes the replies; everything else is behind this. Dropping it ends the connection for
/// others, and with it a visit; what was sent before still goes out (see [`flushed`](Self::flushed)).
pub trait ClientSession: Send + Sync + Sized + 'static {
    /// A room whose view the client is given, and which goes live when it has been [caught up](Self::catch_up).
    type CatchUp: Send;
    /// The moment from which news of the person's rooms may be missing.
    type NewsSince: Send;

    /// Whose it is, under the name of this moment.
    fn user(&self) -> User;

    /// Whether nobody signed in here.
    fn is_visit(&self) -> bool;

    /// Names the connection, uniquely over restarts.
    fn connection_id(&self) -> ConnectionId;

    /// Answers the client with whole frames, in order with everything else that is sent to it. Nothing when there are none. They count for
    /// the person and the address.
    fn send(&self, frames: Bytes);

    /// Notes that so many errors were among the answers. They count for more than their bytes.
    fn note_errors(&self, count: usize);

    /// Ends the connection with a last frame that says why. Does nothing when it is ending already.
    fn close(&self, reason: CloseReason);

    /// Forgets what waits for the client, since the connection is gone.
    fn abandon(&self);

    /// Whether frames can still be sent.
    fn is_open(&self) -> bool;

    /// Ready when the gateway is asked for something. One task is woken, that which asked last.
    fn poll_event(&self, context: &mut Context<'_>) -> Poll<ConnectionEvent>;

    /// Encodes what follows in another protocol from now on, and sends the client its own messages or not.
    fn speak(&self, protocol: ProtocolId, echo: bool);

    /// Notes that the client is there.
    fn mark_alive(&self);

    /// Whether nothing new should be begun for the client: too much waits for it, or it was answered too much lately.
    fn has_to_wait(&self) -> bool;

    /// Resolves when something new may be begun for the client, or it is to be sent away.
    fn may_go_on(&self) -> impl Future<Output = ()> + Send;

    /// Ends the connection for others, but not its stream. Answers whether another session may have that: not when something is still to be
    /// written to it.
    fn retire(&self) -> impl Future<Output = bool> + Send;

    /// Resolves when everything was written, or the client took nothing for as long as the server waits for a sign of life; the
    /// connection is abandoned then. Outlives the session.
    fn flushed(&self) -> impl Future<Output = ()> + Send + 'static;

    /// Takes another token of the same session, before the one that the connection began with ends.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] when it is not good, or of another session.
    fn renew(&self, token: &str) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// The greeting of somebody who signed in: who one is, and one's rooms.
    fn welcome(&self, rooms: &[RoomOverview]) -> Reply;

    /// Tells a client that was just greeted what became known `since`, and resumes the rooms that it has `seen`. `known` are the rooms as
    /// it was told of them.
    fn bring_up_to_date(
        &self,
        since: Self::NewsSince,
        seen: SeenRooms,
        known: &[RoomOverview],
    ) -> impl Future<Output = ()> + Send;

    /// Carries out a command. A connection's commands are handed in one after the other.
    fn carry_out(
        &mut self,
        command: ClientCommand,
    ) -> impl Future<Output = CommandOutcome<Self::CatchUp>> + Send;

    /// Carries out what a person typed in a room.
    fn say(
        &mut self,
        room: RoomId,
        client_id: ClientId,
        text: &str,
    ) -> impl Future<Output = Result<Typed, Refusal>> + Send;

    /// Writes a message, without looking for commands in it. It takes its place in the order of the room when this is called; what is
    /// refused at once is ready at once.
    fn post(&mut self, draft: Draft<'_>) -> StoreFuture<Appended>;

    /// Tells that the person does not type any more.
    fn stop_typing(&self, room: RoomId);

    /// Makes this connection a subscriber of a room, with its last messages (at most `limit`) and those who are present. A room that is
    /// named by an address is made when it does not exist and the configuration allows it. Somebody who signed in becomes a member, a
    /// visitor does not.
    fn enter(
        &self,
        room: RoomReference,
        limit: u32,
    ) -> impl Future<Output = Result<(RoomView, Self::CatchUp), Refusal>> + Send;

    /// The same without being present there before one [appears](Self::appear). Somebody who signed in does not even listen before,
    /// since that would be a membership that nobody asked for: then there is nothing to catch up.
    fn listen(
        &self,
        room: RoomSlug,
    ) -> impl Future<Output = Result<ListenedRoom<Self::CatchUp>, Refusal>> + Send;

    /// Sends what was committed since the view of the room was made, and goes live. If that fails, the connection is closed for the
    /// client to come back: never a silent hole.
    fn catch_up(&self, catch_up: Self::CatchUp) -> impl Future<Output = ()> + Send;

    /// The same with everything that came after a position of the room's log that is a little before the view.
    fn catch_up_since(
        &self,
        catch_up: Self::CatchUp,
        since: Option<LogPosition>,
    ) -> impl Future<Output = ()> + Send;

    /// Makes the person present in a room to which this connection may be listening. One that was not gets what was said `since`, or
    /// what comes from now on.
    fn appear(
        &self,
        room: RoomReference,
        since: Option<LogPosition>,
    ) -> impl Future<Output = Result<Appeared, Refusal>> + Send;

    /// Ends this connection's subscription to a room, and with it the presence there. A membership stays.
    fn exit(&self, room: RoomId);

    /// Whether this connection listens to a room.
    fn listens_to(&self, room: RoomId) -> bool;

    /// Those who are present in a room to which this connection listens, by name; bounded.
    fn people(&self, room: RoomId) -> Option<Vec<User>>;

    /// The others in a room to which this connection listens.
    fn others(&self, room: RoomId) -> Option<Others>;

    /// Gives a visitor this name or a free variant of it. Somebody who signed in keeps the own name.
    fn take_name(&self, name: UserName) -> impl Future<Output = Result<User, Refusal>> + Send;

    /// Ends this visit and begins another one over the same stream: under another name, or in another protocol. When that is refused
    /// this visit has ended nevertheless, and the stream is nobody's.
    fn visit_anew(
        &mut self,
        name: WantedName,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Ends the sign-in, and so all of its connections; a visit ends with this connection.
    fn sign_out(&self) -> impl Future<Output = ()> + Send;
}

/// What a client has that comes back.
#[derive(Debug, Default)]
pub struct SeenRooms {
    /// The epoch in which it was; the present one when the client does not say.
    pub epoch: Option<String>,
    /// The rooms, for each the last place seen of its log.
    pub rooms: Vec<(RoomId, Seq)>,
}

/// What became of a command.
pub enum CommandOutcome<C> {
    /// It is carried out, or refused.
    Done(Result<Reply, Refusal>),
    /// A message has its place; the ack follows when it is stored. The next command need not wait for it.
    Storing(StoreFuture<Appended>),
    /// The person signs out: when the gateway has answered with this, it lets the session [sign out](ClientSession::sign_out).
    SigningOut(Reply),
    /// The connection joined a room: when the gateway has sent the view, it lets the session [catch up](ClientSession::catch_up).
    Joined(Box<RoomView>, C),
}

/// What became of a text that somebody typed.
pub enum Typed {
    /// It is a message and has its place; the answer comes when it is stored.
    Message(StoreFuture<Appended>),
    /// It is a command. The gateway does what its protocol knows for the effect; on [`Effect::SignedOut`] it answers and then lets the
    /// session [sign out](ClientSession::sign_out).
    Command(Effect),
}

/// A room that a connection listens to, or could.
pub struct ListenedRoom<C> {
    /// Who is there.
    pub others: Others,
    /// What is to be caught up when the client was told of the room; nothing for one who does not listen yet.
    pub catch_up: Option<C>,
    /// The room as it was then.
    pub room: RoomOverview,
}

/// Those who are in a room beside one person, as everybody there knows it: what changes is told to whoever listens.
pub struct Others {
    /// By name; bounded.
    pub people: Vec<User>,
    /// How many they are.
    pub online: u32,
}

/// What came of appearing in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeared {
    /// The room.
    pub room: RoomId,
    /// Whether the connection did not listen there before: it should be told anew who is there.
    pub is_new: bool,
}

/// A place in a room's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPosition {
    /// The room.
    pub room: RoomId,
    /// The last event that is known.
    pub seq: Seq,
}
