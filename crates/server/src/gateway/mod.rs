//! One gateway per protocol: bytes to commands, replies to bytes. No rule of the chat lives here.

mod native;
mod silent;
mod websocket;

use crate::app::App;
use axum::Router;
use axum::routing::get;
use chinwag_realtime::Encoders;
use chinwag_wire::native::NativeEncoder;
use silent::Silent;
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/ws", get(native::upgrade))
}

/// What each protocol makes of events.
pub(crate) fn encoders() -> Encoders {
    Encoders {
        native: Arc::new(NativeEncoder),
        simple_room: Arc::new(Silent),
        simple_chat: Arc::new(Silent),
        plain: Arc::new(Silent),
        plain_named: Arc::new(Silent),
        socketio_rooms: Arc::new(Silent),
        socketio_lobby: Arc::new(Silent),
    }
}
