//! The bodies of polls and posts, in which packets stand one behind the other.

use super::{EnginePacket, Revision};
use chinwag_wire::websocket::text_payloads;

/// Stands between two packets in revision 4. In revision 3 each has its length in UTF-16 code units before it, and a colon.
const SEPARATOR: u8 = 0x1E;

/// The packets of a payload that a client posted, in order.
#[must_use]
pub fn packets(payload: &str, revision: Revision) -> Vec<EnginePacket> {
    match revision {
        Revision::Three => counted(payload),
        Revision::Four => payload.split(char::from(SEPARATOR)).map(EnginePacket::decode).collect(),
    }
}

/// The payload for a poll, made of whole frames.
#[must_use]
pub fn payload(frames: &[u8], revision: Revision) -> Vec<u8> {
    let mut payload = Vec::with_capacity(frames.len());
    for packet in text_payloads(frames) {
        match revision {
            Revision::Three => {
                let units = String::from_utf8_lossy(packet).encode_utf16().count();
                payload.extend_from_slice(format!("{units}:").as_bytes());
            }
            Revision::Four if payload.is_empty() => {}
            Revision::Four => payload.push(SEPARATOR),
        }
        payload.extend_from_slice(packet);
    }
    payload
}

fn counted(mut payload: &str) -> Vec<EnginePacket> {
    let mut packets = Vec::new();
    while !payload.is_empty() {
        let Some((packet, rest)) = first_counted(payload) else {
            packets.push(EnginePacket::Unreadable("A packet of Engine.IO 3 has its length before it."));
            break;
        };
        packets.push(EnginePacket::decode(packet));
        payload = rest;
    }
    packets
}

fn first_counted(payload: &str) -> Option<(&str, &str)> {
    let (units, rest) = payload.split_once(':')?;
    let mut left: usize = units.parse().ok()?;
    for (place, letter) in rest.char_indices() {
        if left == 0 {
            return Some(rest.split_at(place));
        }
        left = left.checked_sub(letter.len_utf16())?;
    }
    (left == 0).then_some((rest, ""))
}
