use super::EnginePacket;
use crate::websocket::text_payloads;

/// Stands between two packets of a polled payload.
const SEPARATOR: u8 = 0x1E;

/// The packets of a payload that a client posted, in order.
pub fn packets(payload: &str) -> impl Iterator<Item = EnginePacket> {
    payload.split(char::from(SEPARATOR)).map(EnginePacket::decode)
}

/// The payload for a poll, made of whole frames.
#[must_use]
pub fn payload(frames: &[u8]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(frames.len());
    for packet in text_payloads(frames) {
        if !payload.is_empty() {
            payload.push(SEPARATOR);
        }
        payload.extend_from_slice(packet);
    }
    payload
}
