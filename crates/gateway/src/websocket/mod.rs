//! WebSocket connections, the same for every gateway that speaks over them: who may connect, reading, writing, the end.

mod admission;
mod conversation;
mod direct;
mod ending;
mod handshake;
mod in_flight;
mod reader;
mod socket;
mod source;

pub(crate) use admission::admit;
pub(crate) use conversation::{Conversation, Dialect, serve};
pub(crate) use direct::{first_frame, refuse};
pub(crate) use ending::bid_farewell;
pub(crate) use handshake::{accept, asks_for_websocket, first_subprotocol, refusal, take_over};
pub(crate) use in_flight::InFlight;
pub(crate) use reader::{FromText, Gone, Reader, Received};
pub(crate) use socket::{Farewell, WebSocket};
pub(crate) use source::Source;
