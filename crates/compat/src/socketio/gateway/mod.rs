//! Socket.IO (`docs/socketio.md`) on `/socket.io/`: our own Engine.IO, which polls, speaks over a WebSocket, or changes from the
//! one to the other, and several vocabularies on it.

mod arrival;
mod browser_bundle;
mod connection;
mod cross_origin;
mod dialect;
mod ear;
mod engine;
mod guide;
mod lines;
mod lobby;
mod polling;
mod rooms;
mod transport;
mod understand;
mod upgrade;

pub(crate) use lines::Lines;

use crate::app::App;
use axum::Router;
use axum::routing::{any, get};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/socket.io", any(engine::serve))
        .route("/socket.io/", any(engine::serve))
        .route("/socket.io/socket.io.js", get(browser_bundle::file))
        .route("/socket.io/socket.io.min.js", get(browser_bundle::file))
        .route("/socket.io/socket.io.esm.min.js", get(browser_bundle::file))
}
