//! The protocols of others' clients: two vocabularies of [simple] JSON, bare text, and [Socket.IO](socketio) with the vocabularies of
//! published tutorials. Each has a `codec`, which knows its bytes, and a `gateway`, which serves its clients through the session that
//! the server gives it.
//!
//! Behind their clients stand visitors, who are members of no room, or people who signed in elsewhere and bring a token.

mod long_text;
mod named_room;
mod posted;
mod posting;
mod protocols;
pub mod simple;
pub mod socketio;
mod url_token;
mod wishes;

pub use posted::{Changed, Posted};
pub use protocols::Protocols;
pub use socketio::codec::Presets;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Response, Uri};
use chinwag_core::domain::RoomSlug;
use chinwag_gateway::SessionFactory;
use socketio::EngineSessions;
use std::sync::Arc;

/// What the gateways of these protocols work with.
pub struct Compat<F> {
    sessions: Arc<F>,
    settings: Settings,
    protocols: Protocols,
    engine_sessions: Arc<EngineSessions>,
}

/// What is configured of these protocols.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether the simple protocols are spoken.
    pub simple: bool,
    /// Whether Socket.IO is spoken.
    pub socketio: bool,
    /// A path under which it is spoken, beside its usual one.
    pub socketio_path: String,
    /// Whether bare text comes back to whoever wrote it, unless the address says something else.
    pub text_echo: bool,
    /// Whether a token may stand in the address that a client connects to.
    pub token_in_url: bool,
    /// The room of those who name none.
    pub lobby: RoomSlug,
    /// What this node is called, if there may be several. The requests of a client that polls have to find it again, so a proxy
    /// sees it in their session id.
    pub node: Option<String>,
    /// Answers with a file of the Socket.IO client for browsers, by the path of the request.
    pub browser_bundle: fn(&Method, &Uri, &HeaderMap) -> Response<Body>,
}

impl<F: SessionFactory> Compat<F> {
    /// The gateways of a server whose encoders are those of `protocols`.
    #[must_use]
    pub fn new(sessions: Arc<F>, settings: Settings, protocols: Protocols) -> Self {
        Self { sessions, settings, protocols, engine_sessions: Arc::default() }
    }

    /// A new id of an Engine.IO session.
    fn new_sid(&self) -> String {
        let token = self.sessions.new_token();
        match &self.settings.node {
            Some(node) => format!("{node}-{token}"),
            None => token,
        }
    }

    fn lobby(&self) -> &RoomSlug {
        &self.settings.lobby
    }
}
