//! The framing of RFC 6455 without any I/O: the server's frames as bytes, and a decoder for what clients send.
//!
//! It is our own because of two things that no library offers together: a finished frame is shared by all who get it, and an
//! idle connection holds no buffer. Its tests compare it with tungstenite.

mod decoder;
mod frame;

pub use decoder::{Decoder, Incoming, Violation};
pub use frame::{PING, close_code, frame_end, text_payloads, write_close, write_pong, write_text};
