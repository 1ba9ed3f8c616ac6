//! The REST interface: what is not live.

mod error;
mod health;
mod session;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};
use std::sync::Arc;

/// Bytes of a request's body; all of them are small JSON objects.
const BODY_LIMIT: usize = 16 * 1024;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/session", post(session::sign_in).get(session::show).delete(session::sign_out))
        .route("/api/{*rest}", any(error::unknown))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}
