//! The bodies of polls and posts, in which packets stand one behind the other.

use super::Revision;
use chinwag_wire::websocket::text_payloads;

/// Stands between two packets in revision 4. In revision 3 each has its length in UTF-16 code units before it, and a colon.
const SEPARATOR: u8 = 0x1E;

/// The packets of a payload that a client posted, in order, each as it is read by [`EnginePacket::decode`](super::EnginePacket::decode). One
/// at a time, since a packet takes far more memory when it is decoded. What is no packet is told as an empty one, and nothing follows.
pub fn packets(payload: &str, revision: Revision) -> impl Iterator<Item = &str> + Send {
    let counted = if revision == Revision::Three { payload } else { "" };
    let separated = (revision == Revision::Four).then(|| payload.split(char::from(SEPARATOR)));
    Counted(counted).chain(separated.into_iter().flatten())
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

/// What is left of a payload in which each packet has its length before it.
struct Counted<'a>(&'a str);

impl<'a> Iterator for Counted<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        let (packet, rest) = first_counted(self.0).unwrap_or_default();
        self.0 = rest;
        Some(packet)
    }
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
