//! One gateway per protocol: bytes to commands, replies to bytes. No rule of the chat lives here.

mod native;
pub(crate) mod simple;
pub(crate) mod socketio;
mod websocket;

pub(crate) use websocket::{asks_for_websocket, refusal};

use crate::app::App;
use axum::Router;
use axum::routing::get;
use chinwag_core::ports::Clock;
use chinwag_realtime::Encoders;
use chinwag_wire::native::NativeEncoder;
use chinwag_wire::simple::{PlainEncoder, PlainNamedEncoder, SimpleChatEncoder, SimpleRoomEncoder};
use chinwag_wire::socketio::{SocketIoLobbyEncoder, SocketIoRoomsEncoder};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/ws", get(native::upgrade))
        .route("/simple", get(simple::upgrade))
        .route("/simple/", get(simple::upgrade))
        .merge(socketio::routes())
}

/// What each protocol makes of events.
pub(crate) fn encoders(clock: &Arc<dyn Clock>) -> Encoders {
    Encoders {
        native: Arc::new(NativeEncoder),
        simple_room: Arc::new(SimpleRoomEncoder),
        simple_chat: Arc::new(SimpleChatEncoder),
        plain: Arc::new(PlainEncoder),
        plain_named: Arc::new(PlainNamedEncoder),
        socketio_rooms: Arc::new(SocketIoRoomsEncoder::new(Arc::clone(clock))),
        socketio_lobby: Arc::new(SocketIoLobbyEncoder),
    }
}
