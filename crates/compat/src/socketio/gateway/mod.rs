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
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Response;
use axum::routing::{any, get};
use chinwag_gateway::SessionFactory;
use std::net::SocketAddr;
use std::sync::Arc;

/// Where clients look for Socket.IO unless they are told otherwise.
const USUAL_PATH: &str = "/socket.io";

/// `/socket.io/` and the configured path, each with the client for browsers.
pub fn routes<F: SessionFactory>(compat: &Arc<Compat<F>>) -> Router {
    let other = Some(compat.settings.socketio_path.as_str()).filter(|path| *path != USUAL_PATH);
    let mut routes = Router::new();
    for path in [USUAL_PATH].into_iter().chain(other) {
        routes =
            routes.route(path, any(engine::serve::<F>)).route(&format!("{path}/"), any(engine::serve::<F>));
        for file in browser_bundle::FILES {
            routes = routes.route(&format!("{path}/{file}"), get(browser_bundle::file::<F>));
        }
    }
    routes.with_state(Arc::clone(compat))
}

/// Answers a request of Engine.IO that came to another path.
pub async fn serve<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    peer: ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    engine::serve(State(compat), peer, request).await
}
