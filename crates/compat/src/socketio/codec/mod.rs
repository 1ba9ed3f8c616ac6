//! The packets of Socket.IO (protocol revisions 4 and 5) on Engine.IO (3 and 4), text only, with the vocabularies of `docs/socketio.md`.
//!
//! Everything that is written is a finished WebSocket text frame, so that an event has the same bytes for every connection.
//! For a client that polls, the [packets are taken out of the frames](payload) again.

mod answer;
mod client_event;
mod comings;
mod engine;
mod frame;
mod lobby;
mod offset;
mod packet;
mod payload;
mod preset;
mod rooms;

/// How others are told that somebody is connected.
const VIA: &str = "socketio";

pub use answer::{
    Done, EngineError, Entered, write_ack, write_connect_error, write_connected, write_invalid_namespace,
    write_open,
};
pub use client_event::{ClientEvent, Join};
pub use engine::{EnginePacket, Revision};
pub use frame::{DISCONNECT, ENGINE_CLOSE, NOOP, PING, PONG, PROBE_ANSWER};
pub use lobby::{SocketIoLobbyEncoder, write_profile, write_welcome};
pub use offset::{Offset, PrivateId, write_offset};
pub use packet::{Auth, ClientPacket, Emit};
pub use payload::{packets, payload};
pub use preset::{Preset, PresetAction, PresetEvent, Presets, SocketIoPresetEncoder, SocketIoSilentEncoder};
pub use rooms::{SocketIoRoomsEncoder, write_history, write_notice, write_people};

pub use lobby::write_error as write_lobby_error;
pub use rooms::write_error as write_rooms_error;
