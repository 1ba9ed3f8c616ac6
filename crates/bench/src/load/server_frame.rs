/// A frame as a server sends it: whole and not masked.
pub(super) struct ServerFrame<'a> {
    pub(super) opcode: u8,
    pub(super) payload: &'a [u8],
}

pub(super) const TEXT: u8 = 0x1;
pub(super) const CLOSE: u8 = 0x8;
pub(super) const PING: u8 = 0x9;
pub(super) const PONG: u8 = 0xA;

/// The first frame of `bytes` and how many bytes it takes; `None` while it is not complete.
pub(super) fn first_frame(bytes: &[u8]) -> Option<(ServerFrame<'_>, usize)> {
    let (opcode, length) = (bytes.first()? & 0x0F, bytes.get(1)? & 0x7F);
    let (start, length): (usize, usize) = match length {
        126 => (4, usize::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?)).ok()?),
        short => (2, usize::from(short)),
    };
    let end = start.checked_add(length)?;
    Some((ServerFrame { opcode, payload: bytes.get(start..end)? }, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_all_sizes_are_cut() {
        for length in [0, 125, 126, 65_535, 65_536] {
            let mut bytes = vec![0x80 | TEXT];
            match length {
                0..126 => bytes.push(length as u8),
                126..65_536 => bytes.extend([&[126][..], &(length as u16).to_be_bytes()].concat()),
                _ => bytes.extend([&[127][..], &(length as u64).to_be_bytes()].concat()),
            }
            let head = bytes.len();
            bytes.resize(head + length, b'x');
            assert!(first_frame(&bytes[..head + length - usize::from(length > 0)]).is_none() || length == 0);
            bytes.extend_from_slice(b"next");
            let (frame, size) = first_frame(&bytes).unwrap();
            assert_eq!((frame.opcode, frame.payload.len(), size), (TEXT, length, head + length));
        }
    }

    #[test]
    fn half_a_header_is_no_frame() {
        assert!(first_frame(&[]).is_none());
        assert!(first_frame(&[0x81]).is_none());
        assert!(first_frame(&[0x81, 126, 0]).is_none());
        assert!(first_frame(&[0x81, 127, 255, 255, 255, 255, 255, 255, 255, 255]).is_none());
    }
}
