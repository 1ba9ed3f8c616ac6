//! One gateway per protocol: bytes to commands, replies to bytes. No rule of the chat lives here.

mod native;
pub(crate) mod simple;
pub(crate) mod socketio;
mod websocket;

pub(crate) use websocket::{asks_for_websocket, refusal};

use crate::app::App;
use axum::Router;
use axum::routing::get;
use chinwag_core::ports::{Clock, Encoder};
use chinwag_realtime::{Encoders, Protocol};
use chinwag_wire::native::NativeEncoder;
use chinwag_wire::simple::{PlainEncoder, PlainNamedEncoder, SimpleChatEncoder, SimpleRoomEncoder};
use chinwag_wire::socketio::{
    Guides, SocketIoGuideEncoder, SocketIoLobbyEncoder, SocketIoRoomsEncoder, SocketIoSilentEncoder,
};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/ws", get(native::upgrade))
        .route("/simple", get(simple::upgrade))
        .route("/simple/", get(simple::upgrade))
        .merge(socketio::routes())
}

/// Each guide has a number among the protocols.
const _: () = assert!(Guides::MOST <= Protocol::GUIDES as usize);

/// What each protocol makes of events.
pub(crate) fn encoders(clock: &Arc<dyn Clock>, guides: &Guides) -> Encoders {
    let guide =
        |guide| Arc::new(SocketIoGuideEncoder::new(Arc::clone(guide), Arc::clone(clock))) as Arc<dyn Encoder>;
    Encoders {
        native: Arc::new(NativeEncoder),
        simple_room: Arc::new(SimpleRoomEncoder),
        simple_chat: Arc::new(SimpleChatEncoder),
        plain: Arc::new(PlainEncoder),
        plain_named: Arc::new(PlainNamedEncoder),
        socketio_rooms: Arc::new(SocketIoRoomsEncoder::new(Arc::clone(clock))),
        socketio_lobby: Arc::new(SocketIoLobbyEncoder),
        socketio_silent: Arc::new(SocketIoSilentEncoder::new(guides.clone())),
        socketio_guides: guides.all().map(guide).collect(),
    }
}
