//! One gateway per protocol: bytes to commands, replies to bytes. No rule of the chat lives here.

mod native;
mod upgrade;

use crate::app::App;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/ws", get(native::upgrade))
}
