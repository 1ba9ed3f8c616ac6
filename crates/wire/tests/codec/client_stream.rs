//! What a client may send, as bytes, and what a decoder makes of it.

use chinwag_wire::websocket::{Decoder, Incoming, Violation};
use proptest::collection::vec;
use proptest::prelude::*;
use std::ops::ControlFlow;

/// The largest message that these decoders take.
pub(crate) const LIMIT: usize = 70_000;

/// What a decoder handed over, kept for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Received {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Pong,
    Close(Option<u16>),
}

/// Something valid that a client sends.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text { text: String, cuts: Vec<prop::sample::Index>, between: Vec<Piece> },
    Binary { payload: Vec<u8>, cuts: Vec<prop::sample::Index>, between: Vec<Piece> },
    Ping(Vec<u8>),
    Pong(Vec<u8>),
}

/// The bytes of one masked frame.
pub(crate) fn frame(first: u8, mask: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        short @ 0..126 => bytes.push(0x80 | short as u8),
        middle @ 126..=0xFFFF => {
            bytes.push(0x80 | 126);
            bytes.extend((middle as u16).to_be_bytes());
        }
        long => {
            bytes.push(0x80 | 127);
            bytes.extend((long as u64).to_be_bytes());
        }
    }
    bytes.extend(mask);
    bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

/// Feeds `bytes` in chunks that end at `cuts`, as a gateway does: a close frame is the last thing that is looked at.
pub(crate) fn decode(bytes: &[u8], cuts: &[usize]) -> (Vec<Received>, Option<Violation>) {
    decode_in_steps(bytes, cuts, usize::MAX)
}

/// The same with a pause after each `most` frames.
pub(crate) fn decode_in_steps(
    bytes: &[u8],
    cuts: &[usize],
    most: usize,
) -> (Vec<Received>, Option<Violation>) {
    let mut decoder = Decoder::new(LIMIT);
    let mut received = Vec::new();
    let mut closed = false;
    let mut cuts = cuts.to_vec();
    cuts.push(bytes.len());
    cuts.sort_unstable();
    let mut start = 0;
    for end in cuts {
        let mut chunk = bytes[start..end].to_vec();
        loop {
            let mut step = 0;
            let fed = decoder.feed(&mut chunk, |incoming| {
                step += 1;
                received.push(match incoming {
                    Incoming::Text(text) => Received::Text(text.to_owned()),
                    Incoming::Binary(payload) => Received::Binary(payload.to_vec()),
                    Incoming::Ping(payload) => Received::Ping(payload.to_vec()),
                    Incoming::Pong => Received::Pong,
                    Incoming::Close(code) => {
                        closed = true;
                        Received::Close(code)
                    }
                });
                if closed || step == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if let Err(violation) = fed {
                return (received, Some(violation));
            }
            assert!(step <= most, "{step} frames in a step of {most}");
            if closed {
                return (received, None);
            }
            if !decoder.has_more() {
                break;
            }
            chunk.clear();
        }
        start = end;
    }
    (received, None)
}

/// Places to cut `length` bytes at.
pub(crate) fn places(cuts: &[prop::sample::Index], length: usize) -> Vec<usize> {
    cuts.iter().map(|cut| cut.index(length + 1)).collect()
}

/// A valid stream: its bytes, and what a server must make of it.
pub(crate) fn valid_stream() -> impl Strategy<Value = (Vec<u8>, Vec<Received>)> {
    let end = prop::option::of(prop::option::of((
        prop_oneof![1000..=1003_u16, 1007..=1011_u16, 3000..=4999_u16],
        "\\PC{0,30}",
    )));
    (vec(piece(), 0..6), end, any::<[u8; 4]>()).prop_map(|(pieces, end, mask)| {
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        for piece in &pieces {
            write(piece, mask, &mut bytes, &mut expected);
        }
        if let Some(status) = end {
            let payload = status.as_ref().map_or_else(Vec::new, |(code, reason)| {
                code.to_be_bytes().into_iter().chain(reason.bytes()).collect::<Vec<_>>()
            });
            bytes.extend(frame(0x88, mask, &payload[..payload.len().min(125)]));
            expected.push(Received::Close(status.map(|(code, _)| code)));
        }
        (bytes, expected)
    })
}

fn piece() -> impl Strategy<Value = Piece> {
    let control = prop_oneof![
        vec(any::<u8>(), 0..=125).prop_map(Piece::Ping),
        vec(any::<u8>(), 0..=125).prop_map(Piece::Pong),
    ];
    let text = prop_oneof![
        "\\PC{0,80}",
        // Around the sizes at which the header changes its form.
        (120..130_usize, Just("x")).prop_map(|(length, x)| x.repeat(length)),
        (65_530..65_540_usize, Just("x")).prop_map(|(length, x)| x.repeat(length)),
    ];
    let cuts = || vec(any::<prop::sample::Index>(), 0..4);
    let between = || vec(control.clone(), 0..3);
    prop_oneof![
        (text, cuts(), between()).prop_map(|(text, cuts, between)| Piece::Text { text, cuts, between }),
        (vec(any::<u8>(), 0..300), cuts(), between()).prop_map(|(payload, cuts, between)| Piece::Binary {
            payload,
            cuts,
            between
        }),
        control.clone(),
    ]
}

fn write(piece: &Piece, mask: [u8; 4], bytes: &mut Vec<u8>, expected: &mut Vec<Received>) {
    match piece {
        Piece::Ping(payload) => {
            bytes.extend(frame(0x89, mask, payload));
            expected.push(Received::Ping(payload.clone()));
        }
        Piece::Pong(payload) => {
            bytes.extend(frame(0x8A, mask, payload));
            expected.push(Received::Pong);
        }
        Piece::Text { text, cuts, between } => {
            write_fragments(0x1, text.as_bytes(), cuts, between, mask, bytes, expected);
            expected.push(Received::Text(text.clone()));
        }
        Piece::Binary { payload, cuts, between } => {
            write_fragments(0x2, payload, cuts, between, mask, bytes, expected);
            expected.push(Received::Binary(payload.clone()));
        }
    }
}

/// A message in as many frames as there are cuts and one more, with the control frames `between` the first two.
fn write_fragments(
    opcode: u8,
    payload: &[u8],
    cuts: &[prop::sample::Index],
    between: &[Piece],
    mask: [u8; 4],
    bytes: &mut Vec<u8>,
    expected: &mut Vec<Received>,
) {
    let mut ends = places(cuts, payload.len());
    ends.push(payload.len());
    ends.sort_unstable();
    let last = ends.len() - 1;
    let mut start = 0;
    for (index, end) in ends.into_iter().enumerate() {
        let fin = if index == last { 0x80 } else { 0 };
        let opcode = if index == 0 { opcode } else { 0x0 };
        bytes.extend(frame(fin | opcode, mask, &payload[start..end]));
        if index == 0 && last > 0 {
            for control in between {
                write(control, mask, bytes, expected);
            }
        }
        start = end;
    }
}
