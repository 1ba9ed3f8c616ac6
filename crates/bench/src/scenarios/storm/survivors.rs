use crate::load::{Listener, Sockets};
use anyhow::{bail, ensure};
use std::mem;

/// Clients that remember what they have seen, come back with it, and check what they get.
pub(super) struct Survivors {
    clients: Vec<Client>,
    rooms: Vec<Room>,
    live: usize,
    said: u64,
    /// Clients whose connection broke and who are to try again.
    lost: Vec<usize>,
    retries: u64,
    broken: Option<String>,
}

struct Client {
    token: String,
    phase: Phase,
    /// The last event of its room that it has seen.
    seen: u64,
    joined: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Away,
    Coming,
    Live,
}

#[derive(Default)]
struct Room {
    /// Messages that have no ack yet, as they were sent.
    open: Vec<(u64, String)>,
    /// The highest place that an ack has told.
    acked: u64,
}

impl Survivors {
    /// One client for each token; client `n` is in room `n % rooms`.
    pub(super) fn new(tokens: Vec<String>, rooms: usize) -> Self {
        let client = |token| Client { token, phase: Phase::Away, seen: 0, joined: false };
        Self {
            clients: tokens.into_iter().map(client).collect(),
            rooms: (0..rooms).map(|_| Room::default()).collect(),
            live: 0,
            said: 0,
            lost: Vec::new(),
            retries: 0,
            broken: None,
        }
    }

    pub(super) fn rooms(&self) -> usize {
        self.rooms.len()
    }

    pub(super) fn live(&self) -> usize {
        self.live
    }

    pub(super) fn retries(&self) -> u64 {
        self.retries
    }

    pub(super) fn all_acked(&self) -> bool {
        self.rooms.iter().all(|room| room.open.is_empty())
    }

    pub(super) fn all_heard(&self) -> bool {
        let heard =
            |(number, client): (usize, &Client)| client.seen >= self.rooms[number % self.rooms.len()].acked;
        self.clients.iter().enumerate().all(heard)
    }

    /// An error if anyone has seen a hole or a repeat.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        match &self.broken {
            Some(reason) => bail!("{reason}"),
            None => Ok(()),
        }
    }

    pub(super) fn open(&mut self, sockets: &mut Sockets, client: usize) -> anyhow::Result<()> {
        self.clients[client].phase = Phase::Coming;
        Ok(sockets.open(client, "/ws")?)
    }

    /// Has those whose connection broke try again.
    pub(super) fn reopen(&mut self, sockets: &mut Sockets) -> anyhow::Result<()> {
        self.check()?;
        for client in mem::take(&mut self.lost) {
            self.retries += 1;
            ensure!(self.retries <= 10 * self.clients.len() as u64, "connections break again and again");
            self.open(sockets, client)?;
        }
        Ok(())
    }

    /// The server is dead: nobody is connected any more.
    pub(super) fn lights_out(&mut self) {
        self.live = 0;
        self.lost.clear();
        for client in &mut self.clients {
            client.phase = Phase::Away;
        }
    }

    /// Has the sender of a room say something new.
    pub(super) fn say(&mut self, sockets: &mut Sockets, room: usize) {
        self.said += 1;
        let number = self.said;
        let text = "It is raining again, so let us meet in the big room upstairs.";
        let frame = format!(
            r#"{{"type":"send","ref":{number},"room":"r{room}","clientId":"s-{number}","text":"{text}"}}"#
        );
        sockets.send(room, &frame);
        self.rooms[room].open.push((number, frame));
    }

    fn came(&mut self, sockets: &mut Sockets, client: usize) {
        if self.clients[client].phase != Phase::Live {
            self.clients[client].phase = Phase::Live;
            self.live += 1;
        }
        // What has no ack is said again, with the same id.
        if client < self.rooms.len() {
            for (_, frame) in &self.rooms[client].open {
                sockets.send(client, frame);
            }
        }
    }

    fn event(&mut self, client: usize, seq: u64) {
        let state = &mut self.clients[client];
        if seq == state.seen + 1 {
            state.seen = seq;
        } else {
            let seen = state.seen;
            self.broken.get_or_insert_with(|| format!("client {client} was given event {seq} after {seen}"));
        }
    }
}

impl Listener for Survivors {
    fn opened(&mut self, sockets: &mut Sockets, client: usize) {
        let Client { token, seen, joined, .. } = &self.clients[client];
        let rooms = if *joined {
            format!(r#","rooms":{{"r{}":{seen}}}"#, client % self.rooms.len())
        } else {
            String::new()
        };
        sockets.send(client, &format!(r#"{{"type":"hello","ref":1,"token":"{token}"{rooms}}}"#));
    }

    fn heard(&mut self, sockets: &mut Sockets, client: usize, text: &[u8]) {
        let Some(kind) =
            text.strip_prefix(br#"{"type":""#).and_then(|rest| rest.split(|byte| *byte == b'"').next())
        else {
            return;
        };
        match kind {
            b"welcome" if !self.clients[client].joined => {
                let room = client % self.rooms.len();
                sockets.send(client, &format!(r#"{{"type":"join","ref":2,"room":"r{room}","limit":0}}"#));
            }
            b"joined" => {
                self.clients[client].joined = true;
                self.clients[client].seen = number(text, b"\"headSeq\":").unwrap_or_default();
                self.came(sockets, client);
            }
            b"resumed" => self.came(sockets, client),
            b"ack" => {
                let (place, seq) = (number(text, b"\"ref\":"), number(text, b"\"seq\":"));
                let room = &mut self.rooms[client];
                room.open.retain(|(said, _)| Some(*said) != place);
                room.acked = room.acked.max(seq.unwrap_or_default());
            }
            b"reset" | b"roomGone" | b"error" => {
                let text = String::from_utf8_lossy(text).into_owned();
                self.broken.get_or_insert(format!("client {client} was told {text}"));
            }
            // Log events of a room that is still to be joined count from its snapshot.
            b"message" | b"memberJoined" if self.clients[client].joined => {
                self.event(client, number(text, b"\"seq\":").unwrap_or_default());
            }
            _ => {}
        }
    }

    fn ended(&mut self, _sockets: &mut Sockets, client: usize, _reason: &str) {
        if mem::replace(&mut self.clients[client].phase, Phase::Away) == Phase::Live {
            self.live -= 1;
        }
        self.lost.push(client);
    }
}

/// The number behind the first `key` in a frame.
fn number(text: &[u8], key: &[u8]) -> Option<u64> {
    let place = text.windows(key.len()).position(|window| window == key)? + key.len();
    let digits: Vec<u8> = text[place..].iter().copied().take_while(u8::is_ascii_digit).collect();
    str::from_utf8(&digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_and_repeats_are_found() {
        for (places, fine) in [(&[1, 2, 3][..], true), (&[1, 3], false), (&[1, 2, 2], false)] {
            let mut survivors = Survivors::new(vec!["cw_x".to_owned()], 1);
            for place in places {
                survivors.event(0, *place);
            }
            assert_eq!(survivors.check().is_ok(), fine, "{places:?}");
        }
    }

    #[test]
    fn numbers_are_read() {
        let frame = br#"{"type":"ack","ref":4,"room":"r1","seq":129,"at":1795341602000}"#;
        assert_eq!((number(frame, b"\"ref\":"), number(frame, b"\"seq\":")), (Some(4), Some(129)));
        assert_eq!(number(frame, b"\"headSeq\":"), None);
    }
}
