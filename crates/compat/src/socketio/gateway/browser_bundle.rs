//! The client for browsers, so that a page needs nothing but this server. The build of the web client takes it from npm.

use super::cross_origin;
use crate::app::App;
use crate::gateway::websocket::refusal;
use crate::web_client;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use std::sync::Arc;

/// `GET` one of its files: readable, small, or as a module.
pub(super) async fn file(
    app: State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if !app.config.gateways.socketio {
        return refusal(StatusCode::NOT_FOUND, super::engine::SHUT);
    }
    let allowed = cross_origin::answer(&headers);
    let mut response = web_client::serve_file(method, uri, headers).await;
    cross_origin::allow(&mut response, allowed);
    response
}
