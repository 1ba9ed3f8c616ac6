//! WebSocket connections, the same for every gateway that speaks over them: who may connect, reading, writing, the end.

mod admission;
mod connection_loop;
mod direct;
mod frame_source;
mod handler;
mod handshake;
mod in_flight;
mod linger;
mod reader;
mod socket;
mod unreadable;

pub use admission::admit;
pub use connection_loop::{ConnectionLoop, serve, serve_sessions};
pub use direct::{first_frame, refuse};
pub use frame_source::FrameSource;
pub use handler::ProtocolHandler;
pub use handshake::{
    Accepted, Upgraded, accept, asks_for_websocket, first_subprotocol, has_lost_its_upgrade, refusal,
    take_over,
};
pub use in_flight::InFlight;
pub use linger::linger;
pub use reader::{FromText, Gone, Reader, ReceivedFrame};
pub use socket::{CloseCode, WebSocket};
pub use unreadable::UnreadableRow;
