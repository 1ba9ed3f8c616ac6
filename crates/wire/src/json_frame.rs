use crate::websocket;
use serde::Serialize;

/// Appends `frame` as a finished WebSocket text frame to `out`.
pub fn json_frame(frame: &impl Serialize, out: &mut Vec<u8>) {
    websocket::write_text(out, |payload| {
        // Writing these types into memory cannot fail: they have string keys only and the vector takes every byte.
        let _ = serde_json::to_writer(payload, frame);
    });
}

/// The bytes of `body` as they leave in an answer over HTTP.
#[must_use]
pub fn json_body(body: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    // As with frames.
    let _ = serde_json::to_writer(&mut out, body);
    out
}
