use super::close_code::{INVALID_DATA, PROTOCOL_ERROR, TOO_BIG};
use std::ops::ControlFlow;

/// Reads what a client sends: masked frames, possibly in fragments (RFC 6455, sections 5.2 to 5.5).
///
/// Bytes of a frame that is not complete yet are kept here; between frames it holds no memory.
#[derive(Debug)]
pub struct Decoder {
    max_message: usize,
    /// The beginning of a frame whose rest has not come, or what came behind a frame at which the sink broke off.
    partial: Vec<u8>,
    /// The fragments of a message so far. Few clients send any, so they stand apart.
    fragments: Option<Box<Fragments>>,
    /// Whether the sink broke off before everything was looked at.
    broke_off: bool,
}

#[derive(Debug)]
struct Fragments {
    text: bool,
    payload: Vec<u8>,
}

/// What came in, complete and unmasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incoming<'a> {
    /// A text message.
    Text(&'a str),
    /// A binary message.
    Binary(&'a [u8]),
    /// A ping, to be answered with its payload.
    Ping(&'a [u8]),
    /// A pong.
    Pong,
    /// A close frame with its code, when it has one.
    Close(Option<u16>),
}

impl Incoming<'_> {
    /// Bytes of the payload.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(payload) | Self::Ping(payload) => payload.len(),
            Self::Pong | Self::Close(_) => 0,
        }
    }
}

/// A client broke the protocol; the connection is to be closed with `code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The status code for the close frame.
    pub code: u16,
    /// What was wrong.
    pub reason: &'static str,
}

struct Header {
    fin: bool,
    opcode: u8,
    mask: [u8; 4],
    /// Bytes before the payload.
    size: usize,
    payload: usize,
}

impl Decoder {
    /// A decoder that takes messages of at most `max_message` bytes.
    #[must_use]
    pub fn new(max_message: usize) -> Self {
        Self { max_message, partial: Vec::new(), fragments: None, broke_off: false }
    }

    /// Takes the next bytes from the connection and hands everything that is complete now to `sink`, in order, until
    /// that breaks off; what is behind is kept, and comes first the next time. `input` is unmasked in place.
    ///
    /// # Errors
    /// A [`Violation`]. The decoder must not be used after it.
    pub fn feed(
        &mut self,
        input: &mut [u8],
        mut sink: impl FnMut(Incoming<'_>) -> ControlFlow<()>,
    ) -> Result<(), Violation> {
        if self.partial.is_empty() {
            let used = self.drain(input, &mut sink)?;
            self.partial.extend_from_slice(&input[used..]);
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.partial);
        bytes.extend_from_slice(input);
        match self.drain(&mut bytes, &mut sink)? {
            0 => self.partial = bytes,
            // Copied, so that the memory is as large as what is left.
            used => self.partial = bytes[used..].to_vec(),
        }
        Ok(())
    }

    /// Whether bytes are kept that were not looked at, because the sink broke off: [`feed`](Self::feed) goes on with them, without new
    /// ones, too.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.broke_off
    }

    fn drain(
        &mut self,
        bytes: &mut [u8],
        sink: &mut impl FnMut(Incoming<'_>) -> ControlFlow<()>,
    ) -> Result<usize, Violation> {
        let mut used = 0;
        self.broke_off = false;
        while let Some(header) = self.header(&bytes[used..])? {
            let start = used + header.size;
            let Some(payload) = bytes.get_mut(start..start + header.payload) else { break };
            unmask(payload, header.mask);
            used = start + header.payload;
            if self.frame(&header, payload, sink)?.is_break() {
                self.broke_off = used < bytes.len();
                return Ok(used);
            }
        }
        Ok(used)
    }

    /// The header at the beginning of `bytes`, or `None` when it is not complete.
    fn header(&self, bytes: &[u8]) -> Result<Option<Header>, Violation> {
        let [first, second, rest @ ..] = bytes else { return Ok(None) };
        let (fin, opcode) = (first & 0x80 != 0, first & 0x0F);
        if first & 0x70 != 0 {
            return Err(violation("No extension was agreed on, so the reserved bits must be 0."));
        }
        if second & 0x80 == 0 {
            return Err(violation("Frames from a client must be masked."));
        }
        let (length, extra) = match (second & 0x7F, rest) {
            (126, [a, b, ..]) => (u64::from(u16::from_be_bytes([*a, *b])), 2),
            (127, _) => match rest.first_chunk() {
                Some(bytes) => (u64::from_be_bytes(*bytes), 8),
                None => return Ok(None),
            },
            (126, _) => return Ok(None),
            (short, _) => (u64::from(short), 0),
        };
        let shortest = match length {
            0..126 => 0,
            126..=0xFFFF => 2,
            _ => 8,
        };
        if extra != shortest {
            return Err(violation("The payload length must have its shortest form."));
        }
        match opcode {
            0x0..=0x2 => {}
            0x8..=0xA if !fin || length > 125 => {
                return Err(violation("Control frames have at most 125 bytes and are not fragmented."));
            }
            0x8..=0xA => {}
            _ => return Err(violation("This opcode is reserved.")),
        }
        let payload = usize::try_from(length).unwrap_or(usize::MAX);
        let before = self.fragments.as_ref().map_or(0, |fragments| fragments.payload.len());
        if opcode <= 0x2 && payload.saturating_add(before) > self.max_message {
            return Err(Violation { code: TOO_BIG, reason: "This message is too big." });
        }
        let Some(mask) = rest.get(extra..).and_then(|rest| rest.first_chunk()) else { return Ok(None) };
        Ok(Some(Header { fin, opcode, mask: *mask, size: 2 + extra + 4, payload }))
    }

    fn frame(
        &mut self,
        header: &Header,
        payload: &[u8],
        sink: &mut impl FnMut(Incoming<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Violation> {
        match (header.opcode, self.fragments.take()) {
            (0x8, _) => Ok(sink(Incoming::Close(close_status(payload)?))),
            (0x9, fragments) => {
                self.fragments = fragments;
                Ok(sink(Incoming::Ping(payload)))
            }
            (0xA, fragments) => {
                self.fragments = fragments;
                Ok(sink(Incoming::Pong))
            }
            (0x0, Some(mut fragments)) => {
                fragments.payload.extend_from_slice(payload);
                if header.fin {
                    return message(fragments.text, &fragments.payload, sink);
                }
                self.fragments = Some(fragments);
                Ok(ControlFlow::Continue(()))
            }
            (0x0, None) => Err(violation("There is no message to continue.")),
            (_, Some(_)) => Err(violation("The message before this one is not complete.")),
            (opcode, None) if header.fin => message(opcode == 0x1, payload, sink),
            (opcode, None) => {
                self.fragments = Some(Box::new(Fragments { text: opcode == 0x1, payload: payload.to_vec() }));
                Ok(ControlFlow::Continue(()))
            }
        }
    }
}

fn message(
    text: bool,
    payload: &[u8],
    sink: &mut impl FnMut(Incoming<'_>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Violation> {
    if !text {
        return Ok(sink(Incoming::Binary(payload)));
    }
    match std::str::from_utf8(payload) {
        Ok(text) => Ok(sink(Incoming::Text(text))),
        Err(_) => Err(Violation { code: INVALID_DATA, reason: "Text must be UTF-8." }),
    }
}

fn close_status(payload: &[u8]) -> Result<Option<u16>, Violation> {
    match payload {
        [] => Ok(None),
        [_] => Err(violation("A close frame has no payload or a code of two bytes.")),
        [a, b, reason @ ..] => {
            let code = u16::from_be_bytes([*a, *b]);
            if !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) {
                return Err(violation("This close code must not be sent."));
            }
            if std::str::from_utf8(reason).is_err() {
                return Err(Violation { code: INVALID_DATA, reason: "Text must be UTF-8." });
            }
            Ok(Some(code))
        }
    }
}

fn violation(reason: &'static str) -> Violation {
    Violation { code: PROTOCOL_ERROR, reason }
}

fn unmask(payload: &mut [u8], mask: [u8; 4]) {
    let wide = u64::from_ne_bytes([mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3]]);
    let (words, rest) = payload.as_chunks_mut::<8>();
    for word in words {
        *word = (u64::from_ne_bytes(*word) ^ wide).to_ne_bytes();
    }
    for (byte, mask) in rest.iter_mut().zip(mask.iter().cycle()) {
        *byte ^= mask;
    }
}
