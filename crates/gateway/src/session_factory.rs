use crate::{ClientSession, LogPosition};
use axum::http::HeaderMap;
use chinwag_core::domain::{Millis, Refusal, RoomOverview, RoomSlug, UserId, WantedName};
use chinwag_core::ports::{ProtocolId, Socket};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Lets clients in, and tells what a gateway has to know of the server before it has a session.
pub trait SessionFactory: Send + Sync + 'static {
    /// What a client gets that is let in.
    type Session: ClientSession;
    /// One of the connections that an address may have; dropping it frees the place.
    type Permit: Send + 'static;

    /// Signs a connection from `address` in.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] when no sign-in has this token; passing ones when it cannot be looked up now.
    fn authenticate(
        self: &Arc<Self>,
        token: &str,
        address: IpAddr,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
    ) -> impl Future<Output = Result<Authenticated<Self::Session>, Refusal>> + Send;

    /// Lets a visitor in from `address`. Without `echo` the connection does not get its own messages.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] when a visitor comes back that is not known (any more); a rate limit; passing ones.
    fn visit(
        self: &Arc<Self>,
        visitor: Visitor,
        address: IpAddr,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
        echo: bool,
    ) -> impl Future<Output = Result<Self::Session, Refusal>> + Send;

    /// Where the log of a room ends now, for a client that is not let in yet; `None` when there is no such room.
    ///
    /// # Errors
    /// Passing ones.
    fn log_end(&self, room: RoomSlug) -> impl Future<Output = Result<Option<LogPosition>, Refusal>> + Send;

    /// Resolves when this server stops.
    fn drained(&self) -> impl Future<Output = ()> + Send;

    /// A secret that nobody can guess.
    fn new_token(&self) -> String;

    /// The [epoch](chinwag_core::ports::Store::epoch) of the storage.
    fn epoch(&self) -> &str;

    /// The server's time.
    fn now(&self) -> Millis;

    /// The bounds of a connection.
    fn limits(&self) -> ConnectionLimits;

    /// Room for one more connection from an address, unless it has too many.
    fn permit(&self, address: IpAddr) -> Option<Self::Permit>;

    /// The client's address: that of the connection, or what a trusted proxy tells.
    fn client_address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr;

    /// Whether the page of a request, if it comes from one, may connect without a sign-in.
    fn may_visit(&self, peer: IpAddr, headers: &HeaderMap) -> bool;
}

/// A client that has signed in.
pub struct Authenticated<S: ClientSession> {
    /// Its session.
    pub session: S,
    /// The rooms that its person is in.
    pub rooms: Vec<RoomOverview>,
    /// From when on news of them may be missing.
    pub since: S::NewsSince,
}

/// Who comes without a sign-in.
pub enum Visitor {
    /// Somebody new, under the name that is wanted or a free variant of it; with a secret for the way back, where the protocol has one.
    New {
        /// The name.
        name: WantedName,
        /// The secret.
        way_back: Option<String>,
    },
    /// Somebody who was here over another connection, and is the same visitor by this secret.
    Returning {
        /// The account of the visit.
        user: UserId,
        /// The secret.
        way_back: String,
    },
}

impl Visitor {
    /// Somebody new who does not come back.
    #[must_use]
    pub fn once(name: WantedName) -> Self {
        Self::New { name, way_back: None }
    }
}

/// What a client has to keep to, in every protocol.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Bytes of a frame.
    pub frame_bytes: usize,
    /// Time for the first frame.
    pub hello: Duration,
    /// From one ping to the next.
    pub ping_interval: Duration,
    /// Silence after which a connection is closed.
    pub silence: Duration,
    /// Characters of a message.
    pub message_length: usize,
    /// Events of a room that are replayed to one who comes back.
    pub replay: u32,
}
