//! What the server writes: unmasked, unfragmented frames (RFC 6455, section 5.2).

/// Status codes of close frames: those of RFC 6455, section 7.4.1, and Chinwag's own (`docs/native-protocol.md`).
pub mod close_code {
    /// The purpose of the connection is fulfilled.
    pub const NORMAL: u16 = 1000;
    /// The client broke the framing.
    pub const PROTOCOL_ERROR: u16 = 1002;
    /// The client sent a kind of data that is not taken.
    pub const UNSUPPORTED: u16 = 1003;
    /// Text that is not UTF-8.
    pub const INVALID_DATA: u16 = 1007;
    /// The client does what the server does not put up with.
    pub const POLICY: u16 = 1008;
    /// A message over the limit.
    pub const TOO_BIG: u16 = 1009;
    /// The server restarts: connect again.
    pub const SERVICE_RESTART: u16 = 1012;
    /// The server cannot do it now: connect again in a while.
    pub const TRY_AGAIN_LATER: u16 = 1013;
    /// The server restarts: reconnect and resume.
    pub const RESTART: u16 = 4000;
    /// The client read too slowly: reconnect and resume.
    pub const TOO_SLOW: u16 = 4001;
    /// No sign of life: reconnect and resume.
    pub const TIMEOUT: u16 = 4002;
    /// The server is busy or its storage failed: reconnect in a moment and resume.
    pub const BUSY: u16 = 4003;
    /// The token is unknown or has ended.
    pub const UNAUTHORIZED: u16 = 4100;
    /// The session was signed out.
    pub const SIGNED_OUT: u16 = 4101;
    /// The first frame was not a `hello`, or came too late.
    pub const NO_HELLO: u16 = 4102;
    /// The session was ended from another device, or by another password.
    pub const REVOKED: u16 = 4104;
}

/// A ping without a payload, as a finished frame.
pub const PING: &[u8] = &[FINAL | 0x9, 0];

const FINAL: u8 = 0x80;
const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PONG: u8 = 0xA;

/// Appends a text frame whose payload `write` appends; the payload must be UTF-8.
pub fn write_text(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    // Most frames need the middle of the three header sizes; the payload is moved by a few bytes when it does not.
    let start = out.len();
    out.extend_from_slice(&[FINAL | TEXT, 126, 0, 0]);
    write(out);
    let length = out.len() - start - 4;
    match u16::try_from(length) {
        Ok(short) if short < 126 => {
            out[start + 1] = short as u8;
            out.drain(start + 2..start + 4);
        }
        Ok(middle) => out[start + 2..start + 4].copy_from_slice(&middle.to_be_bytes()),
        Err(_) => {
            out[start + 1] = 127;
            out.splice(start + 2..start + 4, (length as u64).to_be_bytes());
        }
    }
}

/// Appends a close frame. The reason is cut at a character so that it fits into a control frame.
pub fn write_close(out: &mut Vec<u8>, code: u16, reason: &str) {
    let mut end = reason.len().min(123);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    out.extend_from_slice(&[FINAL | CLOSE, 2 + end as u8]);
    out.extend_from_slice(&code.to_be_bytes());
    out.extend_from_slice(&reason.as_bytes()[..end]);
}

/// Appends the pong that answers a ping with this payload (at most 125 bytes, as the decoder ensures).
pub fn write_pong(out: &mut Vec<u8>, payload: &[u8]) {
    let payload = &payload[..payload.len().min(125)];
    out.extend_from_slice(&[FINAL | PONG, payload.len() as u8]);
    out.extend_from_slice(payload);
}

/// Where the frame ends into which the first `written` bytes of `frames` reach: `written` itself at a boundary.
///
/// `frames` are whole frames of the functions above. With this a close frame can follow a half-written batch.
#[must_use]
pub fn frame_end(frames: &[u8], written: usize) -> usize {
    let mut end = 0;
    while end < written {
        match Extent::of(frames.get(end..).unwrap_or_default()) {
            Some(extent) => end = end.saturating_add(extent.end()),
            None => return frames.len(),
        }
    }
    end.min(frames.len())
}

/// The payloads of the text frames among `frames`, which are whole frames of the functions above.
pub fn text_payloads(frames: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = frames;
    let frames = std::iter::from_fn(move || {
        let extent = Extent::of(rest)?;
        let (frame, behind) = rest.split_at_checked(extent.end())?;
        rest = behind;
        frame.split_at_checked(extent.header)
    });
    frames.filter(|(header, _)| header[0] & 0xF == TEXT).map(|(_, payload)| payload)
}

/// The sizes of a frame's parts.
struct Extent {
    header: usize,
    payload: usize,
}

impl Extent {
    /// Of the frame at the beginning of `bytes`; `None` when its header is not complete.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes.get(1..)? {
            [126, a, b, ..] => Some(Self { header: 4, payload: usize::from(u16::from_be_bytes([*a, *b])) }),
            [127, rest @ ..] => {
                let length = u64::from_be_bytes(*rest.first_chunk()?);
                Some(Self { header: 10, payload: usize::try_from(length).unwrap_or(usize::MAX) })
            }
            [short, ..] => Some(Self { header: 2, payload: usize::from(*short) }),
            [] => None,
        }
    }

    fn end(&self) -> usize {
        self.header.saturating_add(self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(length: usize) -> Vec<u8> {
        let mut out = Vec::new();
        write_text(&mut out, |payload| payload.resize(4 + length, b'x'));
        out
    }

    #[test]
    fn headers_have_the_shortest_form() {
        // The closure above sees the frame's own header, hence the 4.
        assert_eq!(text(0)[..2], [0x81, 0]);
        assert_eq!(text(125)[..2], [0x81, 125]);
        assert_eq!(text(126)[..4], [0x81, 126, 0, 126]);
        assert_eq!(text(65_535)[..4], [0x81, 126, 255, 255]);
        assert_eq!(text(65_536)[..10], [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        for length in [0, 125, 126, 65_535, 65_536] {
            assert!(text(length).iter().rev().take(length).all(|byte| *byte == b'x'));
        }
    }

    #[test]
    fn finds_the_end_of_a_half_written_frame() {
        let mut frames = text(3);
        let first = frames.len();
        frames.extend(text(300));
        let second = frames.len();
        frames.extend(text(70_000));
        for (written, end) in [(0, 0), (1, first), (first, first), (first + 1, second), (second, second)] {
            assert_eq!(frame_end(&frames, written), end, "{written} bytes written");
        }
        assert_eq!(frame_end(&frames, second + 5), frames.len());
    }

    #[test]
    fn finds_the_texts_of_a_batch() {
        let mut frames = Vec::new();
        for text in ["one", &"two".repeat(100), &"three".repeat(20_000)] {
            write_text(&mut frames, |payload| payload.extend_from_slice(text.as_bytes()));
            frames.extend_from_slice(PING);
        }
        write_close(&mut frames, close_code::NORMAL, "");
        let texts: Vec<_> = text_payloads(&frames).map(<[u8]>::len).collect();
        assert_eq!(texts, [3, 300, 100_000]);
        assert_eq!(text_payloads(&frames[..frames.len() - 1]).count(), 3);
    }

    #[test]
    fn close_reasons_are_cut_at_a_character() {
        let mut out = Vec::new();
        write_close(&mut out, close_code::RESTART, &"ä".repeat(100));
        assert_eq!(out.len(), 2 + 2 + 122);
    }
}
