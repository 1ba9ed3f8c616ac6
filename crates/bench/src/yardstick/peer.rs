use super::upgrade::read_upgrade;
use rustix::event::epoll::EventFlags;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::mem;
use std::net::TcpStream;

/// One connection of the yardstick. An idle one holds nothing on the heap but the list of its rooms.
pub(super) struct Peer {
    stream: TcpStream,
    /// Of an upgraded connection.
    rooms: Option<Box<[u32]>>,
    /// The beginning of a request or a frame whose rest has not come.
    partial: Vec<u8>,
    /// What the socket did not take yet.
    unsent: Vec<u8>,
    watched_for_room: bool,
}

/// What a peer said.
pub(super) enum Received<'a> {
    Entered(&'a [u32]),
    Message { room: u32, text: &'a [u8] },
}

/// Bytes that may wait for a peer that does not read.
const LONGEST_QUEUE: usize = 64 << 20;

impl Peer {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, rooms: None, partial: Vec::new(), unsent: Vec::new(), watched_for_room: false }
    }

    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    pub(super) fn rooms(&self) -> &[u32] {
        self.rooms.as_deref().unwrap_or_default()
    }

    /// Reads once and tells what came.
    pub(super) fn read(
        &mut self,
        buffer: &mut Vec<u8>,
        mut tell: impl FnMut(Received<'_>),
    ) -> io::Result<()> {
        let kept = self.partial.len();
        if buffer.len() < 2 * kept + 4096 {
            buffer.resize(2 * kept + 4096, 0);
        }
        let count = match self.stream.read(&mut buffer[kept..]) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error),
        };
        buffer[..kept].copy_from_slice(&mem::take(&mut self.partial));
        let mut bytes = &mut buffer[..kept + count];
        if self.rooms.is_none() {
            let Some(upgrade) = read_upgrade(bytes).map_err(io::Error::other)? else {
                self.partial = bytes.to_vec();
                return Ok(());
            };
            self.write(upgrade.response.as_bytes())?;
            tell(Received::Entered(&upgrade.rooms));
            self.rooms = Some(upgrade.rooms);
            bytes = &mut bytes[upgrade.size..];
        }
        while let Some(frame) = unmask_first(bytes) {
            let Frame { opcode, start, end } = frame?;
            match opcode {
                0x1 => {
                    let (room, text) = addressed(&bytes[start..end])?;
                    tell(Received::Message { room, text });
                }
                0x8 => return Err(ErrorKind::ConnectionAborted.into()),
                _ => {}
            }
            bytes = &mut bytes[end..];
        }
        if !bytes.is_empty() {
            self.partial = bytes.to_vec();
        }
        Ok(())
    }

    /// Writes at once what the socket takes, and keeps the rest in order.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut written = 0;
        if self.unsent.is_empty() {
            written = match self.stream.write(bytes) {
                Ok(count) if count == bytes.len() => return Ok(()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
                other => other?,
            };
        }
        self.keep(&bytes[written..])
    }

    /// Keeps what is to be written with the next [`flush`](Self::flush). Answers whether it is the first that is kept.
    pub(super) fn gather(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let first = self.unsent.is_empty();
        self.keep(bytes)?;
        Ok(first)
    }

    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.unsent.len() + bytes.len() > LONGEST_QUEUE {
            return Err(io::Error::other("the peer does not read"));
        }
        self.unsent.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes of what is kept as much as the socket takes.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self.stream.write(&self.unsent) {
            Ok(count) if count == self.unsent.len() => self.unsent = Vec::new(),
            Ok(count) => drop(self.unsent.drain(..count)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether the epoll watches for something else than this peer needs.
    pub(super) fn needs_change_of_watch(&self) -> bool {
        self.watched_for_room == self.unsent.is_empty()
    }

    /// What the epoll should watch for from now on, if that is something else than before.
    pub(super) fn change_of_watch(&mut self) -> Option<EventFlags> {
        self.needs_change_of_watch().then(|| {
            self.watched_for_room = !self.watched_for_room;
            if self.watched_for_room { EventFlags::IN | EventFlags::OUT } else { EventFlags::IN }
        })
    }
}

/// The room that a text begins with, and the text itself.
fn addressed(bytes: &[u8]) -> io::Result<(u32, &[u8])> {
    let colon = bytes.iter().position(|byte| *byte == b':');
    let (room, rest) = bytes.split_at(colon.ok_or_else(|| io::Error::other("a text without a room"))?);
    let number = |room: u32, digit: &u8| room.checked_mul(10)?.checked_add(char::from(*digit).to_digit(10)?);
    let room = room.iter().try_fold(0, number).ok_or_else(|| io::Error::other("a room is a number"))?;
    Ok((room, &rest[1..]))
}

struct Frame {
    opcode: u8,
    start: usize,
    end: usize,
}

/// Unmasks the first frame of `bytes` in place; `None` while it is not complete.
fn unmask_first(bytes: &mut [u8]) -> Option<io::Result<Frame>> {
    let (opcode, second) = (bytes.first()? & 0x0F, *bytes.get(1)?);
    let (head, length) = match second & 0x7F {
        126 => (4, usize::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?))),
        127 => return Some(Err(io::Error::other("a frame above 64 KiB"))),
        short => (2, usize::from(short)),
    };
    if second & 0x80 == 0 {
        return Some(Err(io::Error::other("a frame without a mask")));
    }
    let key: [u8; 4] = *bytes.get(head..)?.first_chunk()?;
    let (start, end) = (head + 4, head + 4 + length);
    let payload = bytes.get_mut(start..end)?;
    let word = u32::from_ne_bytes(key);
    let mut words = payload.chunks_exact_mut(4);
    for chunk in &mut words {
        let mixed = u32::from_ne_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]) ^ word;
        chunk.copy_from_slice(&mixed.to_ne_bytes());
    }
    for (byte, key) in words.into_remainder().iter_mut().zip(key) {
        *byte ^= key;
    }
    Some(Ok(Frame { opcode, start, end }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::write_client_frame;

    #[test]
    fn unmasks_what_the_generator_masks() {
        for length in [0, 1, 5, 125, 126, 300] {
            let text: Vec<u8> = (0..length).map(|place| place as u8).collect();
            let mut bytes = Vec::new();
            write_client_frame(&mut bytes, &text);
            let complete = bytes.len();
            assert!(unmask_first(&mut bytes.clone()[..complete - 1]).is_none());
            bytes.extend_from_slice(b"next");
            let frame = unmask_first(&mut bytes).unwrap().unwrap();
            assert_eq!((frame.opcode, frame.end), (1, complete));
            assert_eq!(bytes[frame.start..frame.end], text);
        }
    }

    #[test]
    fn a_text_begins_with_its_room() {
        assert_eq!(addressed(b"17:a:b").unwrap(), (17, &b"a:b"[..]));
        for wrong in ["17", "x:a", "99999999999:a"] {
            assert!(addressed(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
