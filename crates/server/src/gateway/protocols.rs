//! The table of protocols: a [`ProtocolId`] is the place of an encoder in it.

use chinwag_core::ports::{Encoder, ProtocolId};
use chinwag_realtime::{Encoders, Protocol};
use chinwag_wire::native::NativeEncoder;
use std::sync::Arc;

/// The first place behind the native protocol.
pub(crate) const FIRST_OTHER: ProtocolId = ProtocolId(1);

/// What the live side calls a protocol.
pub(crate) fn realtime(ProtocolId(place): ProtocolId) -> Protocol {
    match place {
        0 => Protocol::Native,
        1 => Protocol::SimpleRoom,
        2 => Protocol::SimpleChat,
        3 => Protocol::Plain,
        4 => Protocol::PlainNamed,
        5 => Protocol::SocketIoRooms,
        6 => Protocol::SocketIoLobby,
        7 => Protocol::SocketIoSilent,
        preset => Protocol::SocketIoGuide(preset - 8),
    }
}

/// The native encoder and those of `others`.
pub(crate) fn encoders(others: Vec<Arc<dyn Encoder>>) -> Encoders {
    let mut others = others.into_iter();
    let mut next = || others.next().unwrap_or_else(|| Arc::new(NativeEncoder));
    Encoders {
        native: Arc::new(NativeEncoder),
        simple_room: next(),
        simple_chat: next(),
        plain: next(),
        plain_named: next(),
        socketio_rooms: next(),
        socketio_lobby: next(),
        socketio_silent: next(),
        socketio_guides: others.collect(),
    }
}
