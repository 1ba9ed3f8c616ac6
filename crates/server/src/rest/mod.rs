//! The REST interface: what is not live.

mod accounts;
mod activity;
mod admin;
mod avatar_content;
mod avatars;
mod blocks;
mod caller;
mod drafts;
mod emoji;
mod error;
mod file_content;
mod files;
mod groups;
mod health;
mod health_report;
mod input;
mod invites;
mod members;
mod messages;
mod moderation;
mod name_keeper;
mod newcomer;
mod oidc;
mod openapi;
mod password_reset;
mod push;
mod reference;
mod room_address;
mod rooms;
mod saved;
mod scheduled;
mod search;
mod server;
mod session;
mod settings;
mod uploads;

use crate::access::let_nobody_keep;
use crate::app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use std::sync::Arc;
use std::time::Duration;

/// Bytes of a request's body; all of them are small JSON objects.
const BODY_LIMIT: usize = 16 * 1024;
/// For a request with its body and the answer.
const TIME: Duration = Duration::from_secs(30);

pub(crate) use file_content::routes as file_routes;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::from(openapi::described())
        .route("/api/docs", get(reference::show))
        .route("/api/{*rest}", any(error::unknown))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .method_not_allowed_fallback(error::wrong_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn(in_time))
        .layer(from_fn(let_nobody_keep))
}

/// Gives up a request whose body does not come, so that its connection is not kept for ever.
async fn in_time(request: Request, next: Next) -> Response {
    // A file may take as long as it needs, if its bytes keep coming.
    let path = request.uri().path();
    let method = request.method();
    let takes_bytes = avatars::takes_bytes(method, path) || emoji::takes_bytes(method, path);
    if path == files::PATH || path.starts_with(uploads::PATH) || takes_bytes {
        return next.run(request).await;
    }
    match tokio::time::timeout(TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
