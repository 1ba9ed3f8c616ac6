//! The bare yardstick: what fan-out over WebSocket costs at the very least.
//!
//! One thread, one epoll. It upgrades, and takes the rooms of a connection from the path (`/room/17`, or `/room/17,18` for
//! several). A text that a client sends begins with the room that it is for (`17:`). The yardstick never looks into the rest
//! and never stores it; it puts a header before it, once, and writes the same bytes to each member. What gathers for a connection
//! while the events of one wake-up are worked on goes out with one write.

mod peer;
mod upgrade;

use peer::{Peer, Received};
use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::fd::OwnedFd;
use socket2::{Domain, Socket, Type};
use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{mem, time::Duration};

/// The server. Connections and rooms are named by their place in a list.
pub(crate) struct Yardstick {
    epoll: OwnedFd,
    listener: TcpListener,
    address: SocketAddrV4,
    peers: Vec<Option<Peer>>,
    free: Vec<usize>,
    rooms: HashMap<u32, Room>,
    /// Rooms in which something waits.
    waiting: Vec<u32>,
    buffer: Vec<u8>,
}

#[derive(Default)]
struct Room {
    members: Vec<usize>,
    frames: Vec<u8>,
}

const LISTENER: u64 = u64::MAX;
const EVENTS_AT_ONCE: usize = 1024;
const READ_AT_ONCE: usize = 64 * 1024;
const BACKLOG: i32 = 4096;

/// How often a yardstick that may be stopped looks whether it is.
const LOOK: Duration = Duration::from_millis(20);

impl Yardstick {
    /// A server on a port of the loopback address; 0 for a free one.
    pub(crate) fn bind(port: u16) -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.set_reuse_address(true)?;
        socket.bind(&SocketAddrV4::new(Ipv4Addr::LOCALHOST, port).into())?;
        socket.listen(BACKLOG)?;
        let listener: TcpListener = socket.into();
        let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, listener.local_addr()?.port());
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        epoll::add(&epoll, &listener, EventData::new_u64(LISTENER), EventFlags::IN)?;
        Ok(Self {
            epoll,
            listener,
            address,
            peers: Vec::new(),
            free: Vec::new(),
            rooms: HashMap::new(),
            waiting: Vec::new(),
            buffer: vec![0; READ_AT_ONCE],
        })
    }

    pub(crate) fn address(&self) -> SocketAddrV4 {
        self.address
    }

    /// Serves until `stop` is set, if there is one.
    pub(crate) fn run(&mut self, stop: Option<&AtomicBool>) -> io::Result<()> {
        let patience = stop.map(|_| Timespec { tv_sec: 0, tv_nsec: LOOK.subsec_nanos().into() });
        let mut events: Vec<Event> = Vec::with_capacity(EVENTS_AT_ONCE);
        while !stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            match epoll::wait(&self.epoll, spare_capacity(&mut events), patience.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            for event in events.drain(..) {
                let (data, flags) = (event.data, event.flags);
                match data.u64() {
                    LISTENER => self.accept()?,
                    peer => self.work(usize::try_from(peer).unwrap_or(usize::MAX), flags),
                }
            }
            self.write_rooms();
        }
        Ok(())
    }

    fn accept(&mut self) -> io::Result<()> {
        loop {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::ConnectionAborted => continue,
                Err(error) => return Err(error),
            };
            stream.set_nonblocking(true)?;
            stream.set_nodelay(true)?;
            let place = self.free.pop().unwrap_or(self.peers.len());
            epoll::add(&self.epoll, &stream, EventData::new_u64(place as u64), EventFlags::IN)?;
            if place == self.peers.len() {
                self.peers.push(None);
            }
            self.peers[place] = Some(Peer::new(stream));
        }
    }

    fn work(&mut self, place: usize, flags: EventFlags) {
        let Some(Some(peer)) = self.peers.get_mut(place) else { return };
        let fine = !flags.contains(EventFlags::OUT) || peer.flush().is_ok();
        let fine = fine && (flags == EventFlags::OUT || self.read(place).is_ok());
        self.settle(place, fine);
    }

    /// Lets go of a broken peer; has the epoll watch a sound one for what it needs.
    fn settle(&mut self, place: usize, fine: bool) {
        let Some(peer) = &mut self.peers[place] else { return };
        if fine {
            if let Some(flags) = peer.change_of_watch() {
                let _ = epoll::modify(&self.epoll, peer.stream(), EventData::new_u64(place as u64), flags);
            }
            return;
        }
        for room in peer.rooms() {
            if let Some(room) = self.rooms.get_mut(room) {
                room.members.retain(|member| *member != place);
            }
        }
        self.peers[place] = None;
        self.free.push(place);
    }

    fn read(&mut self, place: usize) -> io::Result<()> {
        let mut buffer = mem::take(&mut self.buffer);
        let Some(peer) = &mut self.peers[place] else { return Ok(()) };
        let (rooms, waiting) = (&mut self.rooms, &mut self.waiting);
        let result = peer.read(&mut buffer, |received| match received {
            Received::Entered(entered) => {
                for room in entered {
                    rooms.entry(*room).or_default().members.push(place);
                }
            }
            Received::Message { room, text } => {
                let frames = &mut rooms.entry(room).or_default().frames;
                if frames.is_empty() {
                    waiting.push(room);
                }
                write_text(frames, text);
            }
        });
        self.buffer = buffer;
        result
    }

    fn write_rooms(&mut self) {
        let mut gathered = Vec::new();
        for number in mem::take(&mut self.waiting) {
            let Some(room) = self.rooms.get_mut(&number) else { continue };
            let frames = mem::take(&mut room.frames);
            let mut changed = Vec::new();
            for place in &room.members {
                let Some(peer) = &mut self.peers[*place] else { continue };
                // What there is for a connection in one room only need not be copied together.
                let written = if peer.rooms().len() > 1 {
                    peer.gather(&frames).map(|first| gathered.extend(first.then_some(*place)))
                } else {
                    peer.write(&frames)
                };
                if written.is_err() || (peer.rooms().len() == 1 && peer.needs_change_of_watch()) {
                    changed.push((*place, written.is_ok()));
                }
            }
            for (place, fine) in changed {
                self.settle(place, fine);
            }
        }
        for place in gathered {
            let flushed = self.peers[place].as_mut().map(|peer| peer.flush().is_ok());
            self.settle(place, flushed.unwrap_or_default());
        }
    }
}

/// Appends a text frame as a server sends it.
fn write_text(out: &mut Vec<u8>, text: &[u8]) {
    const FINAL_TEXT: u8 = 0x81;
    match u16::try_from(text.len()) {
        Ok(short) if short < 126 => out.extend_from_slice(&[FINAL_TEXT, short as u8]),
        Ok(middle) => {
            out.extend_from_slice(&[FINAL_TEXT, 126]);
            out.extend_from_slice(&middle.to_be_bytes());
        }
        Err(_) => {
            out.extend_from_slice(&[FINAL_TEXT, 127]);
            out.extend_from_slice(&(text.len() as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(text);
}
