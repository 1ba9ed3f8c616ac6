use crate::client_stream::{LIMIT, Received, decode, frame};
use chinwag_wire::websocket::close_code::{INVALID_DATA, PROTOCOL_ERROR, TOO_BIG};

const MASK: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

/// Asserts that a message in front of `bytes` arrives and that `bytes` are then refused with `code`.
#[track_caller]
fn refused(code: u16, bytes: &[u8]) {
    let mut all = frame(0x81, MASK, b"before");
    all.extend(bytes);
    let (received, violation) = decode(&all, &[]);
    assert_eq!(received, [Received::Text("before".to_owned())]);
    assert_eq!(violation.map(|violation| violation.code), Some(code), "{violation:?}");
}

fn close(payload: &[u8]) -> Vec<u8> {
    frame(0x88, MASK, payload)
}

#[test]
fn an_unmasked_frame() {
    refused(PROTOCOL_ERROR, &[0x81, 2, b'h', b'i']);
}

#[test]
fn reserved_bits_and_opcodes() {
    for bit in [0x40, 0x20, 0x10] {
        refused(PROTOCOL_ERROR, &frame(0x81 | bit, MASK, b"hi"));
    }
    for opcode in [0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF] {
        refused(PROTOCOL_ERROR, &frame(0x80 | opcode, MASK, b""));
    }
}

#[test]
fn a_length_that_is_not_in_its_shortest_form() {
    refused(PROTOCOL_ERROR, &[0x81, 0x80 | 126, 0, 125]);
    refused(PROTOCOL_ERROR, &[0x81, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
}

#[test]
fn a_message_over_the_limit_before_its_payload_comes() {
    let header = |length: u64| [&[0x82, 0x80 | 127][..], &length.to_be_bytes()].concat();
    refused(TOO_BIG, &header(LIMIT as u64 + 1));
    refused(TOO_BIG, &header(u64::MAX));
}

#[test]
fn fragments_that_are_too_big_together() {
    let half = vec![b'x'; LIMIT / 2 + 1];
    refused(TOO_BIG, &[frame(0x01, MASK, &half), frame(0x80, MASK, &half)].concat());
    let fits = [frame(0x01, MASK, &half[..LIMIT / 2]), frame(0x80, MASK, &half[..LIMIT / 2])].concat();
    assert_eq!(decode(&fits, &[]).1, None);
}

#[test]
fn text_that_is_not_utf8() {
    refused(INVALID_DATA, &frame(0x81, MASK, b"\xC3\x28"));
    refused(INVALID_DATA, &frame(0x81, MASK, b"\xED\xA0\x80"));
    refused(INVALID_DATA, &[frame(0x01, MASK, b"ok \xE2"), frame(0x80, MASK, b"ok")].concat());
}

#[test]
fn a_character_may_be_spread_over_fragments() {
    let bytes = [frame(0x01, MASK, b"\xE2\x82"), frame(0x80, MASK, b"\xAC")].concat();
    assert_eq!(decode(&bytes, &[]), (vec![Received::Text("€".to_owned())], None));
}

#[test]
fn fragments_out_of_order() {
    refused(PROTOCOL_ERROR, &frame(0x80, MASK, b"nothing to continue"));
    refused(PROTOCOL_ERROR, &[frame(0x01, MASK, b"begun"), frame(0x81, MASK, b"another")].concat());
}

#[test]
fn control_frames_that_are_long_or_fragmented() {
    for opcode in [0x8, 0x9, 0xA] {
        refused(PROTOCOL_ERROR, &frame(opcode, MASK, b""));
        refused(PROTOCOL_ERROR, &frame(0x80 | opcode, MASK, &[b'x'; 126]));
    }
}

#[test]
fn close_payloads() {
    refused(PROTOCOL_ERROR, &close(&[3]));
    for code in [0_u16, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535] {
        refused(PROTOCOL_ERROR, &close(&code.to_be_bytes()));
    }
    refused(INVALID_DATA, &close(b"\x03\xE8\xFF"));
    for code in [1000_u16, 1001, 1011, 1014, 3000, 4000, 4999] {
        let (received, violation) = decode(&close(&code.to_be_bytes()), &[]);
        assert_eq!((received, violation), (vec![Received::Close(Some(code))], None));
    }
    assert_eq!(decode(&close(b""), &[]), (vec![Received::Close(None)], None));
}
