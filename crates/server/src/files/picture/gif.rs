//! GIF without what is not shown. Its pictures are kept as they are, since to encode them anew would take long and look worse: what is copied is only
//! what a player needs, part by part, and ends where the format ends.

const EXTENSION: u8 = 0x21;
const PICTURE: u8 = 0x2c;
const END: u8 = 0x3b;
/// Extensions that say how long a picture is shown, and how often all of them are.
const TIMING: u8 = 0xf9;
const APPLICATION: u8 = 0xff;
const LOOPS: &[u8] = b"NETSCAPE2.0";

/// A GIF without comments, texts and what programs note. None for what does not keep to the format.
pub(super) fn without_remarks(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { bytes, at: 0 };
    let mut out = Vec::with_capacity(bytes.len());
    let head = reader.take(13)?;
    if !head.starts_with(b"GIF8") {
        return None;
    }
    out.extend_from_slice(head);
    out.extend_from_slice(reader.take(colors(head[10]))?);
    let mut pictures = 0;
    loop {
        match reader.byte() {
            Some(EXTENSION) => {
                let label = reader.byte()?;
                let begin = reader.at;
                let name = reader.bytes.get(begin + 1..begin + 1 + usize::from(*reader.bytes.get(begin)?))?;
                let is_needed = label == TIMING || (label == APPLICATION && name == LOOPS);
                let blocks = reader.blocks()?;
                if is_needed {
                    out.extend_from_slice(&[EXTENSION, label]);
                    out.extend_from_slice(blocks);
                }
            }
            Some(PICTURE) => {
                let place = reader.take(9)?;
                out.push(PICTURE);
                out.extend_from_slice(place);
                out.extend_from_slice(reader.take(colors(place[8]))?);
                out.extend_from_slice(reader.take(1)?);
                out.extend_from_slice(reader.blocks()?);
                pictures += 1;
            }
            // Some programs forget the end. What stands behind it belongs to something else.
            Some(END) | None => break,
            Some(_) => return None,
        }
    }
    out.push(END);
    (pictures > 0).then_some(out)
}

/// Bytes of a table of colours, if these flags say that there is one.
fn colors(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    /// Blocks up to the empty one, with their lengths.
    fn blocks(&mut self) -> Option<&'b [u8]> {
        let begin = self.at;
        loop {
            match self.byte()? {
                0 => return self.bytes.get(begin..self.at),
                length => self.take(usize::from(length))?,
            };
        }
    }
}
