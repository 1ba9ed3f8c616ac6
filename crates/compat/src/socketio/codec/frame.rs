//! The packets that the server writes, as finished WebSocket text frames.

use chinwag_wire::websocket::write_text;
use serde::Serialize;

/// Asks for a sign of life.
pub const PING: &[u8] = b"\x81\x012";
/// Answers a client's ping.
pub const PONG: &[u8] = b"\x81\x013";
/// Says that a new WebSocket carries.
pub const PROBE_ANSWER: &[u8] = b"\x81\x063probe";
/// Says nothing: it ends a poll.
pub const NOOP: &[u8] = b"\x81\x016";
/// Ends a connection that polls; its client comes back.
pub const ENGINE_CLOSE: &[u8] = b"\x81\x011";
/// Ends a connection whose client is not to come back by itself.
pub const DISCONNECT: &[u8] = b"\x81\x0241";

/// Appends a packet: its type (of Engine.IO and Socket.IO) and its parts as they stand, then `data`.
pub(super) fn write_packet(out: &mut Vec<u8>, head: &[&[u8]], data: &impl Serialize) {
    write_text(out, |payload| {
        for part in head {
            payload.extend_from_slice(part);
        }
        write_json(payload, data);
    });
}

/// Appends an event with its argument.
pub(super) fn write_event(out: &mut Vec<u8>, name: &str, argument: &impl Serialize) {
    write_packet(out, &[b"42"], &(name, argument));
}

/// Writing these types into memory cannot fail: they have string keys only and the vector takes every byte.
pub(super) fn write_json(out: &mut Vec<u8>, data: &impl Serialize) {
    let _ = serde_json::to_writer(out, data);
}
