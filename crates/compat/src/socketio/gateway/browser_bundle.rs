//! The client for browsers, so that a page needs nothing but this server. The build of the web client takes it from npm.

use super::cross_origin;
use crate::Compat;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::refusal;
use std::sync::Arc;

/// Its files: readable, small, and as a module.
pub(super) const FILES: [&str; 3] = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"];

/// `GET` one of its files, under whatever path.
pub(super) async fn file<F: SessionFactory>(
    State(compat): State<Arc<Compat<F>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if !compat.settings.socketio {
        return refusal(StatusCode::NOT_FOUND, super::engine::SHUT);
    }
    let allowed = cross_origin::answer(&headers);
    let file = uri.path().rsplit('/').next().unwrap_or_default();
    let uri = format!("{}/{file}", super::USUAL_PATH).parse().unwrap_or(uri);
    let mut response = (compat.settings.browser_bundle)(&method, &uri, &headers);
    cross_origin::allow(&mut response, allowed);
    response
}
