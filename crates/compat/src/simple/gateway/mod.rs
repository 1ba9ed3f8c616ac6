//! The simple protocols (`docs/simple-protocol.md`) on `/` and `/simple`: JSON or bare text, without a sign-in.

mod chat;
mod farewell;
mod guest;
mod meeting;
mod parameters;
mod plain;
mod room;
mod speech;
mod voice;

use super::websocket::{accept, admit, first_subprotocol, refusal, serve};
use crate::addresses::client_address;
use crate::app::App;
use crate::origin;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Response, StatusCode, header};
use meeting::{Arrival, meet};
use parameters::Parameters;
use std::net::SocketAddr;
use std::sync::Arc;

/// `GET /simple`, and `GET /` when it asks for a WebSocket.
pub(crate) async fn upgrade(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
) -> Response<Body> {
    let gateways = &app.config.gateways;
    if !gateways.simple {
        return refusal(
            StatusCode::NOT_FOUND,
            "The simple protocol is not spoken here; see gateways.simple.\n",
        );
    }
    if !origin::may_visit(request.headers(), gateways) {
        return refusal(
            StatusCode::FORBIDDEN,
            "Pages of this origin may not connect; see gateways.origins.\n",
        );
    }
    let address = client_address(peer.ip(), request.headers(), &app.config.trusted_proxies);
    let place = match admit(&app, address) {
        Ok(place) => place,
        Err(response) => return *response,
    };
    let parameters = Parameters::of(request.uri());
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
    let Ok(moment) = app.chat.look_at(parameters.room_or(&gateways.lobby.0)).await else {
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "The server cannot reach its storage.\n");
    };
    let arrival = Arrival { address, parameters, moment };
    tokio::spawn(serve(meet(app, accepted.upgrade, arrival), place));
    accepted.response
}
