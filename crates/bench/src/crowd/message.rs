//! The texts of the bench, 128 bytes that begin with a mark and the time of sending, and what is read from frames.

use memchr::memmem;
use std::io::Write as _;

/// Bytes of a message's text.
const LENGTH: usize = 128;
const MARK: &[u8] = b"\"text\":\"@";
const DIGITS: usize = 16;

/// Appends a text that was sent at this time.
pub(super) fn write_text(out: &mut Vec<u8>, nanoseconds: u64) {
    const REST: &str = " It is raining again, so let us meet in the big room upstairs; please bring the figures of the last two months.";
    const { assert!(1 + DIGITS + REST.len() == LENGTH) };
    // Writing into a vector cannot fail.
    let _ = write!(out, "@{nanoseconds:016x}{REST}");
}

/// When the text in this frame was sent, if it is one of ours.
pub(super) fn sent_at(frame: &[u8]) -> Option<u64> {
    let place = memmem::find(frame, MARK)? + MARK.len();
    let digits = str::from_utf8(frame.get(place..place + DIGITS)?).ok()?;
    u64::from_str_radix(digits, 16).ok()
}

/// The number behind the first `key` in a frame.
pub(crate) fn number(frame: &[u8], key: &[u8]) -> Option<u64> {
    let place = memmem::find(frame, key)? + key.len();
    let digits = &frame[place..];
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_when_it_was_sent() {
        let mut frame = br#"{"type":"message","room":"r1","text":""#.to_vec();
        let head = frame.len();
        write_text(&mut frame, 0x1234_5678);
        assert_eq!(frame.len() - head, LENGTH);
        frame.extend_from_slice(br#"","at":1795341600127}"#);
        assert_eq!(sent_at(&frame), Some(0x1234_5678));
        assert_eq!(sent_at(br#"{"type":"message","text":"@12"}"#), None);
        assert_eq!(sent_at(br#"{"type":"ack"}"#), None);
    }

    #[test]
    fn numbers_are_read() {
        let frame = br#"{"type":"ack","ref":4,"room":"r1","seq":129,"at":1795341602000}"#;
        assert_eq!((number(frame, b"\"ref\":"), number(frame, b"\"seq\":")), (Some(4), Some(129)));
        assert_eq!(number(frame, b"\"headSeq\":"), None);
        assert_eq!(number(frame, b"\"room\":"), None);
    }
}
