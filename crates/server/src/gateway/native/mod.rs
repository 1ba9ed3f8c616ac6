//! The native protocol (`docs/native-protocol.md`) on `/ws`.

mod close_code;
mod frame;
mod handler;
mod handshake;
mod hello;

use crate::app::App;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, Response, StatusCode};
use chinwag_core::ports::ProtocolId;
use chinwag_gateway::SessionFactory as _;
use chinwag_gateway::websocket::{accept, admit, refusal, serve};
use std::net::SocketAddr;
use std::sync::Arc;

/// The first of the composition root's table.
const PROTOCOL: ProtocolId = ProtocolId(0);

/// `GET /ws`, and `POST /ws` for a page that wants to know why no handshake gets through: 403 means its origin, 426 a proxy.
pub(crate) async fn upgrade(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
) -> Response<Body> {
    // A page that opens no WebSocket asks so, since it is not told why; a POST says its origin, as a handshake does.
    let is_asking = request.method() == Method::POST;
    if !app.access.may_sign_in(peer.ip(), request.headers()) {
        return refusal(
            StatusCode::FORBIDDEN,
            "Pages of this origin may not connect. Whoever runs the server names it with --allowed-origins, and has the proxy pass on the \
             Host as the browser sent it.\n",
        );
    }
    if super::token_in(request.uri().query()) {
        return refusal(
            StatusCode::BAD_REQUEST,
            "A token does not belong into the address of the native protocol: say it in hello.\n",
        );
    }
    let address = app.client_address(peer.ip(), request.headers());
    let permit = match admit(&*app, address) {
        Ok(permit) => permit,
        Err(response) => return *response,
    };
    let accepted = match accept(&mut request) {
        Ok(accepted) => accepted,
        Err(response) => {
            if is_asking {
                app.access.note_lost_upgrade(peer.ip());
            }
            return *response;
        }
    };
    tokio::spawn(serve(handshake::run(app, address, accepted.upgrade), permit));
    accepted.response
}
