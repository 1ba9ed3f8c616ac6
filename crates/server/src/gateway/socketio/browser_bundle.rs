//! The client for browsers, so that a page needs nothing but this server. The build of the web client takes it from npm.

use super::cross_origin;
use crate::app::App;
use crate::gateway::websocket::refusal;
use crate::web_client;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use std::sync::Arc;

/// `GET /socket.io/socket.io.js`
pub(super) async fn readable(app: State<Arc<App>>, method: Method, headers: HeaderMap) -> Response<Body> {
    deliver(&app, method, headers, Uri::from_static("/socket.io/socket.io.js")).await
}

/// `GET /socket.io/socket.io.min.js`
pub(super) async fn minified(app: State<Arc<App>>, method: Method, headers: HeaderMap) -> Response<Body> {
    deliver(&app, method, headers, Uri::from_static("/socket.io/socket.io.min.js")).await
}

async fn deliver(app: &App, method: Method, headers: HeaderMap, file: Uri) -> Response<Body> {
    if !app.config.gateways.socketio {
        return refusal(StatusCode::NOT_FOUND, super::engine::SHUT);
    }
    let allowed = cross_origin::answer(&headers);
    let mut response = web_client::serve_file(method, file, headers).await;
    cross_origin::allow(&mut response, allowed);
    response
}
