//! The native protocol (`docs/native-protocol.md`) on `/ws`.

mod connection;
mod dialect;
mod farewell;
mod frame;
mod hello;

use super::websocket::{accept, admit, refusal, serve};
use crate::addresses::client_address;
use crate::app::App;
use crate::origin;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Response, StatusCode};
use std::net::SocketAddr;
use std::sync::Arc;

/// `GET /ws`
pub(crate) async fn upgrade(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
) -> Response<Body> {
    if !origin::is_allowed(request.headers(), &app.config) {
        return refusal(
            StatusCode::FORBIDDEN,
            "Pages of this origin may not connect; see allowed_origins.\n",
        );
    }
    let address = client_address(peer.ip(), request.headers(), &app.config.trusted_proxies);
    let place = match admit(&app, address) {
        Ok(place) => place,
        Err(response) => return *response,
    };
    let accepted = match accept(&mut request) {
        Ok(accepted) => accepted,
        Err(response) => return *response,
    };
    tokio::spawn(serve(connection::meet(app, accepted.upgrade), place));
    accepted.response
}
