use super::client_frame::{write_client_frame, write_pong};
use super::link::{Link, Phase};
use super::server_frame::{CLOSE, PING, PONG, TEXT, first_frame};
use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::fd::OwnedFd;
use std::io;
use std::mem;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

/// All connections of the generator, on one epoll. A connection is named by a number that its owner chooses.
///
/// It reads into one buffer for all, hands whole frames on without copying them, and answers pings by itself.
pub(crate) struct Sockets {
    epoll: OwnedFd,
    target: SocketAddrV4,
    links: Vec<Option<Link>>,
    events: Vec<Event>,
    buffer: Vec<u8>,
    outgoing: Vec<u8>,
    begun: u32,
    received_bytes: u64,
}

/// Who is told what happens on the connections.
pub(crate) trait Listener {
    /// The upgrade is done.
    fn opened(&mut self, sockets: &mut Sockets, link: usize);
    /// A text came.
    fn heard(&mut self, sockets: &mut Sockets, link: usize, text: &[u8]);
    /// The connection broke, was refused or was closed by the server. Its name is free.
    fn ended(&mut self, sockets: &mut Sockets, link: usize, reason: &str);
}

const EVENTS_AT_ONCE: usize = 1024;
const READ_AT_ONCE: usize = 256 * 1024;

/// Connections from one source address: far below the number of ports it has.
const PER_SOURCE: u32 = 200;

impl Sockets {
    pub(crate) fn new(target: SocketAddrV4) -> io::Result<Self> {
        Ok(Self {
            epoll: epoll::create(CreateFlags::CLOEXEC)?,
            target,
            links: Vec::new(),
            events: Vec::with_capacity(EVENTS_AT_ONCE),
            buffer: Vec::new(),
            outgoing: Vec::new(),
            begun: 0,
            received_bytes: 0,
        })
    }

    /// Begins to connect, as `link`, to `path`.
    pub(crate) fn open(&mut self, link: usize, path: &str) -> io::Result<()> {
        self.open_at(link, self.target, path)
    }

    /// The same at another address than all others.
    pub(crate) fn open_at(&mut self, link: usize, target: SocketAddrV4, path: &str) -> io::Result<()> {
        let connection = Link::begin(source(self.begun / PER_SOURCE), target, path)?;
        self.begun += 1;
        epoll::add(&self.epoll, &connection.stream, EventData::new_u64(link as u64), connection.watched)?;
        if self.links.len() <= link {
            self.links.resize_with(link + 1, || None);
        }
        self.links[link] = Some(connection);
        Ok(())
    }

    /// Ends a connection without a word, as a phone in a tunnel does.
    pub(crate) fn drop_link(&mut self, link: usize) {
        // Closing the socket takes it out of the epoll, too.
        self.links[link] = None;
    }

    /// Sends one text.
    pub(crate) fn send(&mut self, link: usize, text: &str) {
        let mut frame = mem::take(&mut self.outgoing);
        frame.clear();
        write_client_frame(&mut frame, text.as_bytes());
        self.send_frames(link, &frame);
        self.outgoing = frame;
    }

    /// Sends finished frames with one write. On a connection that broke they are lost; its end is told by [`turn`](Self::turn).
    pub(crate) fn send_frames(&mut self, link: usize, frames: &[u8]) {
        if let Some(connection) = self.links.get_mut(link).and_then(Option::as_mut) {
            // An error shows again at the next read, which ends the link.
            let _ = connection.write(frames);
            self.watch(link);
        }
    }

    /// Bytes that came so far.
    pub(crate) fn received_bytes(&self) -> u64 {
        self.received_bytes
    }

    /// Waits at most `patience` for something to happen and tells it.
    pub(crate) fn turn(&mut self, patience: Duration, listener: &mut impl Listener) -> io::Result<()> {
        let mut events = mem::take(&mut self.events);
        events.clear();
        let patience = Timespec {
            tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: patience.subsec_nanos().into(),
        };
        match epoll::wait(&self.epoll, spare_capacity(&mut events), Some(&patience)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for event in events.drain(..) {
            let (data, flags) = (event.data, event.flags);
            let link = usize::try_from(data.u64()).unwrap_or(usize::MAX);
            if let Err(error) = self.work(link, flags, listener) {
                self.end(link, &error.to_string(), listener);
            }
        }
        self.events = events;
        Ok(())
    }

    fn work(&mut self, link: usize, flags: EventFlags, listener: &mut impl Listener) -> io::Result<()> {
        let Some(connection) = self.links.get_mut(link).and_then(Option::as_mut) else { return Ok(()) };
        if connection.phase == Phase::Connecting {
            if let Some(error) = connection.stream.take_error()? {
                return Err(error);
            }
            connection.phase = Phase::Upgrading;
        }
        if flags.contains(EventFlags::OUT) {
            connection.flush()?;
            self.watch(link);
        }
        if flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR) {
            self.read(link, listener)?;
        }
        Ok(())
    }

    fn read(&mut self, link: usize, listener: &mut impl Listener) -> io::Result<()> {
        let mut buffer = mem::take(&mut self.buffer);
        let read = match &mut self.links[link] {
            Some(connection) => {
                let before = connection.partial.len();
                let read = connection.read(&mut buffer, READ_AT_ONCE);
                if let Ok(Some(count)) = read {
                    self.received_bytes += (count - before) as u64;
                }
                read
            }
            None => Ok(None),
        };
        let outcome = read.and_then(|count| match count {
            Some(count) => self.digest(link, &buffer[..count], listener),
            None => Ok(()),
        });
        self.buffer = buffer;
        outcome
    }

    /// Works on what came; what is not complete is kept.
    fn digest(&mut self, link: usize, mut bytes: &[u8], listener: &mut impl Listener) -> io::Result<()> {
        if self.phase(link) == Some(Phase::Upgrading) {
            match upgraded(bytes)? {
                Some(size) => bytes = &bytes[size..],
                None => return self.keep(link, bytes),
            }
            if let Some(connection) = &mut self.links[link] {
                connection.phase = Phase::Open;
            }
            listener.opened(self, link);
        }
        while let Some((frame, size)) = first_frame(bytes) {
            match frame.opcode {
                TEXT => listener.heard(self, link, frame.payload),
                PING => {
                    let mut pong = Vec::new();
                    write_pong(&mut pong, frame.payload);
                    self.send_frames(link, &pong);
                }
                PONG => {}
                CLOSE => return Err(io::Error::other(close_reason(frame.payload))),
                other => return Err(io::Error::other(format!("a frame with opcode {other}"))),
            }
            bytes = &bytes[size..];
        }
        self.keep(link, bytes)
    }

    fn keep(&mut self, link: usize, bytes: &[u8]) -> io::Result<()> {
        // The listener may have dropped the link meanwhile.
        if let (Some(connection), false) = (&mut self.links[link], bytes.is_empty()) {
            connection.partial.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn phase(&self, link: usize) -> Option<Phase> {
        self.links[link].as_ref().map(|connection| connection.phase)
    }

    /// Has the epoll watch for what the link wants now.
    fn watch(&mut self, link: usize) {
        if let Some(connection) = &mut self.links[link]
            && connection.watched != connection.wanted()
        {
            connection.watched = connection.wanted();
            let data = EventData::new_u64(link as u64);
            // It can only fail for want of memory; then the link hangs and the scenario says so.
            let _ = epoll::modify(&self.epoll, &connection.stream, data, connection.watched);
        }
    }

    fn end(&mut self, link: usize, reason: &str, listener: &mut impl Listener) {
        if self.links[link].take().is_some() {
            listener.ended(self, link, reason);
        }
    }
}

/// One of the addresses of the loopback network, of which every machine has 16 million.
fn source(number: u32) -> Ipv4Addr {
    let [_, a, b, c] = (number + 1).to_be_bytes();
    Ipv4Addr::new(127, 1 + a, b, c)
}

/// How many bytes the server's answer to the upgrade takes, when it is there.
fn upgraded(bytes: &[u8]) -> io::Result<Option<usize>> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    if bytes.starts_with(b"HTTP/1.1 101") {
        return Ok(Some(end + 4));
    }
    let status = bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
    Err(io::Error::other(format!("the upgrade was refused: {}", String::from_utf8_lossy(status))))
}

fn close_reason(payload: &[u8]) -> String {
    match payload {
        [a, b, reason @ ..] => {
            let code = u16::from_be_bytes([*a, *b]);
            format!("closed by the server: {code} {}", String::from_utf8_lossy(reason))
        }
        _ => "closed by the server".to_owned(),
    }
}
