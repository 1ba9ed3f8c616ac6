mod chat;
mod client;
mod close_code;
mod handshake;
mod json_kind;
mod parameters;
mod plain;
mod replies;
mod room;
mod text_frame;

use crate::Compat;
use crate::url_token::{NOT_TAKEN, UrlToken};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Response, StatusCode, header};
use axum::routing::get;
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::{ConnectionLoop, accept, admit, first_subprotocol, refusal, serve};
use client::SimpleClient;
use handshake::Visit;
use parameters::PlainParameters;
use std::net::SocketAddr;
use std::sync::Arc;

/// `/simple`. A server may let [`upgrade`] answer at another address, too.
pub fn routes<F: SessionFactory>(compat: &Arc<Compat<F>>) -> Router {
    let upgrade = |State(compat): State<Arc<Compat<F>>>, peer, request| upgrade(compat, peer, request);
    Router::new()
        .route("/simple", get(upgrade))
        .route("/simple/", get(upgrade))
        .with_state(Arc::clone(compat))
}

/// Bytes that an idle client takes, beside its session's connection and its task.
#[must_use]
pub const fn idle_client_bytes<F: SessionFactory>() -> usize {
    size_of::<ConnectionLoop<SimpleClient<F>>>()
}

/// Answers a handshake of a client of these protocols, and serves it from then on.
pub async fn upgrade<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
) -> Response<Body> {
    if !compat.settings.simple {
        return refusal(
            StatusCode::NOT_FOUND,
            "The simple protocol is not spoken here; see gateways.simple.\n",
        );
    }
    let sessions = &compat.sessions;
    if !sessions.may_visit(peer.ip(), request.headers()) {
        return refusal(
            StatusCode::FORBIDDEN,
            "Pages of this origin may not connect. Whoever runs the server names it with --gateways-origins, or lets all in with \
             --open-gateways.\n",
        );
    }
    let token = UrlToken::of(request.uri(), compat.settings.token_in_url);
    if token == UrlToken::NotTaken {
        return refusal(StatusCode::BAD_REQUEST, NOT_TAKEN);
    }
    let address = sessions.client_address(peer.ip(), request.headers());
    let permit = match admit(&**sessions, address) {
        Ok(permit) => permit,
        Err(response) => return *response,
    };
    let parameters = PlainParameters::of(request.uri());
    let subprotocol = first_subprotocol(request.headers());
    let mut accepted = match accept(&mut request) {
        Ok(accepted) => accepted,
        Err(response) => return *response,
    };
    // It changes nothing of what is spoken.
    if let Some(subprotocol) = subprotocol {
        accepted.response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }
    // Before the client learns that it is connected: what is posted from then on has to reach it.
    let Ok(since) = sessions.log_end(parameters.room_or(compat.lobby())).await else {
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "The server cannot reach its storage.\n");
    };
    let visit = Visit { address, token, parameters, since };
    tokio::spawn(serve(handshake::run(compat, accepted.upgrade, visit), permit));
    accepted.response
}
