use rustix::event::epoll::EventFlags;
use socket2::{Domain, Socket, Type};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::{io, mem};

/// One connection of the generator.
pub(super) struct Link {
    pub(super) stream: TcpStream,
    pub(super) phase: Phase,
    /// The beginning of a frame whose rest has not come.
    pub(super) partial: Vec<u8>,
    /// What the socket did not take yet. Before the connection stands, the request for the upgrade.
    unsent: Vec<u8>,
    /// What the epoll watches for.
    pub(super) watched: EventFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Connecting,
    Upgrading,
    Open,
}

impl Link {
    /// Begins to connect from `source`. The request for `path` goes out when the connection stands.
    pub(super) fn begin(source: Ipv4Addr, target: SocketAddrV4, path: &str) -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.bind(&SocketAddrV4::new(source, 0).into())?;
        socket.set_tcp_nodelay(true)?;
        match socket.connect(&target.into()) {
            Ok(()) => {}
            Err(error) if error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error()) => {}
            Err(error) => return Err(error),
        }
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {target}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        Ok(Self {
            stream: socket.into(),
            phase: Phase::Connecting,
            partial: Vec::new(),
            unsent: request.into_bytes(),
            watched: EventFlags::OUT,
        })
    }

    /// Writes at once what the socket takes, and keeps the rest in order.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.unsent.is_empty() {
            self.unsent.extend_from_slice(bytes);
            return Ok(());
        }
        let written = or_nothing(self.stream.write(bytes))?;
        self.unsent.extend_from_slice(&bytes[written..]);
        Ok(())
    }

    /// Writes of what is kept as much as the socket takes.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let written = or_nothing(self.stream.write(&self.unsent))?;
        if written == self.unsent.len() {
            self.unsent = Vec::new();
        } else {
            self.unsent.drain(..written);
        }
        Ok(())
    }

    /// What the epoll is to watch for in this phase.
    pub(super) fn wanted(&self) -> EventFlags {
        match self.phase {
            Phase::Connecting => EventFlags::OUT,
            Phase::Upgrading | Phase::Open if self.unsent.is_empty() => EventFlags::IN,
            Phase::Upgrading | Phase::Open => EventFlags::IN | EventFlags::OUT,
        }
    }

    /// Reads once, behind what is left of the last read; `buffer` grows when it must. Answers how many bytes `buffer` then
    /// begins with that are to be worked on, or `None` when there was nothing to read.
    pub(super) fn read(&mut self, buffer: &mut Vec<u8>, at_once: usize) -> io::Result<Option<usize>> {
        let kept = self.partial.len();
        if buffer.len() < kept + at_once {
            buffer.resize(kept + at_once, 0);
        }
        match self.stream.read(&mut buffer[kept..]) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => {
                buffer[..kept].copy_from_slice(&mem::take(&mut self.partial));
                Ok(Some(kept + count))
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn or_nothing(written: io::Result<usize>) -> io::Result<usize> {
    match written {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(0),
        other => other,
    }
}
