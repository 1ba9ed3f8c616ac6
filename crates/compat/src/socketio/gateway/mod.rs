//! Our own Engine.IO on `/socket.io/`, which polls, speaks over a WebSocket, or changes from the one to the other, and several
//! vocabularies on it.

mod arrival;
mod browser_bundle;
mod cross_origin;
mod engine;
mod engine_sessions;
mod handler;
mod handshake;
mod lobby;
mod polling;
mod preset;
mod receiver;
mod request;
mod rooms;
mod transport;
mod upgrade;

pub(crate) use engine_sessions::EngineSessions;

use crate::Compat;
use axum::Router;
use axum::routing::{any, get};
use chinwag_gateway::SessionFactory;
use std::sync::Arc;

/// `/socket.io/`, with the client for browsers.
pub fn routes<F: SessionFactory>(compat: &Arc<Compat<F>>) -> Router {
    Router::new()
        .route("/socket.io", any(engine::serve::<F>))
        .route("/socket.io/", any(engine::serve::<F>))
        .route("/socket.io/socket.io.js", get(browser_bundle::file::<F>))
        .route("/socket.io/socket.io.min.js", get(browser_bundle::file::<F>))
        .route("/socket.io/socket.io.esm.min.js", get(browser_bundle::file::<F>))
        .with_state(Arc::clone(compat))
}
