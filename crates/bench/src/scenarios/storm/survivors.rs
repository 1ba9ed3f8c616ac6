use crate::crowd::number;
use crate::crowd::room_id;
use crate::load::{Listener, Sockets};
use anyhow::{bail, ensure};
use std::collections::VecDeque;
use std::mem;
use std::ops::Range;
use std::time::{Duration, Instant};

/// How long one whose connection broke waits before trying again.
const PAUSE: Duration = Duration::from_millis(100);

/// The highest `ref` of what is not a message.
const LAST_OTHER_REF: u64 = 2;

/// What an error says that goes away by itself.
const RETRYABLE: &[u8] = br#""retryable":true"#;

/// Clients that remember what they have seen, come back with it, and check what they get.
pub(super) struct Survivors {
    clients: Vec<Client>,
    rooms: Vec<Room>,
    live: usize,
    said: u64,
    /// Clients whose connection broke, and when: they try again a moment later.
    lost: VecDeque<(Instant, usize)>,
    retries: u64,
    /// Messages that had no ack when the lights went out.
    unacked: usize,
    /// Why the first connection broke since the lights went out.
    first_break: Option<String>,
    broken: Option<String>,
}

struct Client {
    token: String,
    phase: Phase,
    /// The last event of its room that it has seen.
    seen: u64,
    /// Messages of its room that it has seen.
    heard: usize,
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
    /// All that was ever said in it, by number.
    said: Vec<u64>,
    /// Messages that have no ack yet, as they were sent.
    open: Vec<(u64, String)>,
}

impl Survivors {
    /// One client for each token; client `n` is in room `n % rooms`.
    pub(super) fn new(tokens: Vec<String>, rooms: usize) -> Self {
        let client = |token| Client { token, phase: Phase::Away, seen: 0, heard: 0, joined: false };
        Self {
            clients: tokens.into_iter().map(client).collect(),
            rooms: (0..rooms).map(|_| Room::default()).collect(),
            live: 0,
            said: LAST_OTHER_REF,
            lost: VecDeque::new(),
            retries: 0,
            unacked: 0,
            first_break: None,
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

    /// Messages that were said in all rooms.
    pub(super) fn messages(&self) -> usize {
        self.rooms.iter().map(|room| room.said.len()).sum()
    }

    pub(super) fn unacked(&self) -> usize {
        self.unacked
    }

    pub(super) fn first_break(&self) -> Option<&str> {
        self.first_break.as_deref()
    }

    pub(super) fn all_acked(&self) -> bool {
        self.rooms.iter().all(|room| room.open.is_empty())
    }

    /// Whether everything that was ever said has reached everybody.
    pub(super) fn all_heard(&self) -> bool {
        self.missed_by(0..self.clients.len()) == 0
    }

    /// Messages that have not reached some of the clients, once for each.
    pub(super) fn missed_by(&self, clients: Range<usize>) -> usize {
        clients.map(|client| self.room_of(client).said.len().saturating_sub(self.clients[client].heard)).sum()
    }

    fn room_of(&self, client: usize) -> &Room {
        &self.rooms[client % self.rooms.len()]
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
        while let Some((_, client)) = self.lost.pop_front_if(|(since, _)| since.elapsed() >= PAUSE) {
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
        (self.retries, self.first_break) = (0, None);
        self.unacked = self.rooms.iter().map(|room| room.open.len()).sum();
        for client in &mut self.clients {
            client.phase = Phase::Away;
        }
    }

    /// Has the sender of a room say something new; one who is away says it on coming back.
    pub(super) fn say(&mut self, sockets: &mut Sockets, room: usize) {
        self.said += 1;
        let number = self.said;
        let text = "It is raining again, so let us meet in the big room upstairs.";
        let id = room_id(room);
        let frame = format!(
            r#"{{"type":"send","ref":{number},"room":{id},"clientId":"s-{number}","text":"{text}"}}"#
        );
        if self.clients[room].phase == Phase::Live {
            sockets.send(room, &frame);
        }
        self.rooms[room].said.push(number);
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

    /// The server has too much to do just now: what was said is said again, and who was coming in comes again.
    fn refused(&mut self, sockets: &mut Sockets, client: usize, text: &[u8]) {
        let of = number(text, b"\"ref\":");
        let room = client % self.rooms.len();
        match self.rooms[room].open.iter().find(|(said, _)| Some(*said) == of) {
            Some((_, frame)) => sockets.send(client, frame),
            None => {
                sockets.drop_link(client);
                self.ended(sockets, client, &String::from_utf8_lossy(text));
            }
        }
    }

    /// Checks that an event is the next of its room.
    fn event(&mut self, client: usize, text: &[u8]) {
        let state = &mut self.clients[client];
        let (seq, seen) = (number(text, b"\"seq\":").unwrap_or_default(), state.seen);
        state.seen = seq;
        if seq != seen + 1 {
            self.broken.get_or_insert_with(|| format!("client {client} was given event {seq} after {seen}"));
        }
    }

    /// Checks that a message is the one that was said next: none is lost, and none is kept twice.
    fn message(&mut self, client: usize, text: &[u8]) {
        self.event(client, text);
        let (heard, said) = (number(text, b"\"clientId\":\"s-"), self.room_of(client).said.as_slice());
        let due = said.get(self.clients[client].heard).copied();
        self.clients[client].heard += 1;
        if heard.is_none() || heard != due {
            self.broken.get_or_insert_with(|| {
                format!("client {client} was given message {heard:?} when {due:?} was due")
            });
        }
    }
}

impl Listener for Survivors {
    fn opened(&mut self, sockets: &mut Sockets, client: usize) {
        let Client { token, seen, joined, .. } = &self.clients[client];
        let rooms = if *joined {
            format!(r#","rooms":{{"{}":{seen}}}"#, room_id(client % self.rooms.len()))
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
                let id = room_id(client % self.rooms.len());
                sockets.send(client, &format!(r#"{{"type":"join","ref":2,"room":{id},"limit":0}}"#));
            }
            b"joined" => {
                self.clients[client].joined = true;
                self.clients[client].seen = number(text, b"\"headSeq\":").unwrap_or_default();
                self.came(sockets, client);
            }
            b"resumed" => self.came(sockets, client),
            b"ack" => {
                let said = number(text, b"\"ref\":");
                self.rooms[client].open.retain(|(number, _)| Some(*number) != said);
            }
            b"error" if text.windows(RETRYABLE.len()).any(|part| part == RETRYABLE) => {
                self.refused(sockets, client, text)
            }
            b"reset" | b"roomGone" | b"error" => {
                let text = String::from_utf8_lossy(text).into_owned();
                self.broken.get_or_insert(format!("client {client} was told {text}"));
            }
            // Log events of a room that is still to be joined count from its snapshot.
            b"message" if self.clients[client].joined => self.message(client, text),
            b"memberJoined" if self.clients[client].joined => self.event(client, text),
            _ => {}
        }
    }

    fn ended(&mut self, _sockets: &mut Sockets, client: usize, reason: &str) {
        self.first_break.get_or_insert_with(|| reason.to_owned());
        if mem::replace(&mut self.clients[client].phase, Phase::Away) == Phase::Live {
            self.live -= 1;
        }
        self.lost.push_back((Instant::now(), client));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found when one client hears messages with these `seq`s and numbers, where 1, 2 and 3 were said.
    fn found(heard: &[(u64, u64)]) -> anyhow::Result<()> {
        let mut survivors = Survivors::new(vec!["cw_x".to_owned()], 1);
        survivors.rooms[0].said = vec![1, 2, 3];
        for (seq, number) in heard {
            let frame = format!(r#"{{"type":"message","seq":{seq},"clientId":"s-{number}"}}"#);
            survivors.message(0, frame.as_bytes());
        }
        survivors.check()
    }

    #[test]
    fn only_who_may_try_again_does() {
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let std::net::SocketAddr::V4(address) = server.local_addr().unwrap() else { unreachable!() };
        for retryable in [true, false] {
            let mut sockets = Sockets::new(address).unwrap();
            let mut survivors = Survivors::new(vec!["cw_x".to_owned()], 1);
            survivors.open(&mut sockets, 0).unwrap();
            let error = format!(r#"{{"type":"error","ref":1,"code":"busy","retryable":{retryable}}}"#);
            survivors.heard(&mut sockets, 0, error.as_bytes());
            assert_eq!(
                (survivors.check().is_ok(), survivors.lost.len()),
                (retryable, usize::from(retryable))
            );
        }
    }

    #[test]
    fn holes_and_repeats_are_found() {
        found(&[(1, 1), (2, 2), (3, 3)]).unwrap();
        let told = |heard: &[(u64, u64)]| found(heard).unwrap_err().to_string();
        assert_eq!(told(&[(1, 1), (3, 2)]), "client 0 was given event 3 after 1");
        assert_eq!(told(&[(1, 1), (1, 2)]), "client 0 was given event 1 after 1");
    }

    #[test]
    fn messages_that_are_lost_or_kept_twice_are_found() {
        let told = |heard: &[(u64, u64)]| found(heard).unwrap_err().to_string();
        assert_eq!(told(&[(1, 1), (2, 3)]), "client 0 was given message Some(3) when Some(2) was due");
        assert_eq!(told(&[(1, 1), (2, 1)]), "client 0 was given message Some(1) when Some(2) was due");
        assert_eq!(
            told(&[(1, 1), (2, 2), (3, 3), (4, 3)]),
            "client 0 was given message Some(3) when None was due"
        );
    }
}
