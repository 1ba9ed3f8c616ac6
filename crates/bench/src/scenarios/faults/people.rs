use super::ledger::Ledger;
use super::times::Stretch;
use crate::crowd::{number, room_id};
use crate::load::{Listener, Sockets};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddrV4;
use std::time::{Duration, Instant};

/// How long one whose connection broke waits before trying the next node.
const PAUSE: Duration = Duration::from_millis(100);

/// The `ref` of the first message; those below are of other frames.
pub(super) const FIRST_MESSAGE: u64 = 3;

/// What an error says that goes away by itself.
const RETRYABLE: &[u8] = br#""retryable":true"#;

/// People of one room on several nodes who keep talking, whatever happens. Each says one thing after the other, again until it
/// has an ack, and comes back on the next node with what was seen when a connection breaks.
pub(super) struct People {
    nodes: Vec<SocketAddrV4>,
    people: Vec<Person>,
    /// By whom each message was said, and when, from [`FIRST_MESSAGE`] on.
    said: Vec<(usize, Instant)>,
    pub(super) ledger: Ledger,
    /// From a message to its coming to somebody on another node than its author.
    pub(super) remote: Vec<Stretch>,
    /// From a message to its ack.
    pub(super) acks: Vec<(usize, Stretch)>,
    /// From the end of a connection until its owner was in the room again.
    pub(super) absences: Vec<Stretch>,
    pub(super) breaks: u64,
    first_break: Option<String>,
}

struct Person {
    token: String,
    node: usize,
    is_live: bool,
    /// Whether it has ever been in the room.
    joined: bool,
    /// The last event of the room that it has seen, and how many messages.
    seen: u64,
    heard: usize,
    /// Since when it is away against its will.
    away_since: Option<Instant>,
    /// When it connects again, if it is not connected.
    returns_at: Option<Instant>,
    /// Messages without an ack.
    outbox: VecDeque<u64>,
    /// Whether the first of them is on its way, and otherwise from when on it may be.
    is_sending: bool,
    may_send_at: Instant,
}

impl People {
    /// One for each token, spread over the nodes.
    pub(super) fn new(tokens: impl Iterator<Item = String>, nodes: Vec<SocketAddrV4>) -> Self {
        let now = Instant::now();
        let person = |(number, token)| Person {
            token,
            node: number % nodes.len(),
            is_live: false,
            joined: false,
            seen: 0,
            heard: 0,
            away_since: None,
            returns_at: Some(now),
            outbox: VecDeque::new(),
            is_sending: false,
            may_send_at: now,
        };
        Self {
            people: tokens.enumerate().map(person).collect(),
            nodes,
            said: Vec::new(),
            ledger: Ledger::default(),
            remote: Vec::new(),
            acks: Vec::new(),
            absences: Vec::new(),
            breaks: 0,
            first_break: None,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.people.len()
    }

    pub(super) fn messages(&self) -> usize {
        self.said.len()
    }

    pub(super) fn first_break(&self) -> Option<&str> {
        self.first_break.as_deref()
    }

    pub(super) fn all_live(&self) -> bool {
        self.people.iter().all(|person| person.is_live)
    }

    /// Whether every message has its ack and reached everyone.
    pub(super) fn all_done(&self) -> bool {
        self.people.iter().all(|it| it.outbox.is_empty() && it.heard == self.said.len())
    }

    /// Whether everyone had an ack after this moment.
    pub(super) fn all_acked_after(&self, moment: Instant) -> bool {
        (0..self.people.len()).all(|person| self.first_ack_of(person, moment).is_some())
    }

    /// How long after a moment a person had the next ack.
    pub(super) fn first_ack_of(&self, person: usize, moment: Instant) -> Option<Duration> {
        let of_it = self.acks.iter().filter(|(author, _)| *author == person);
        of_it.filter_map(|(_, ack)| (ack.begin + ack.took).checked_duration_since(moment)).min()
    }

    /// How it stands, for those who wait in vain.
    pub(super) fn state(&self) -> String {
        let live = self.people.iter().filter(|person| person.is_live).count();
        let open: usize = self.people.iter().map(|person| person.outbox.len()).sum();
        let missed: usize =
            self.people.iter().map(|person| self.said.len().saturating_sub(person.heard)).sum();
        format!(
            "{live} of {} people are live, {open} messages have no ack, {missed} were not heard by somebody",
            self.people.len()
        )
    }

    /// Somebody says something new.
    pub(super) fn say(&mut self, sockets: &mut Sockets, person: usize) {
        let message = FIRST_MESSAGE + self.said.len() as u64;
        self.said.push((person, Instant::now()));
        self.people[person].outbox.push_back(message);
        self.send_next(sockets, person);
    }

    /// Has everyone do what is due: connect again, or say again what was refused.
    pub(super) fn go_on(&mut self, sockets: &mut Sockets) -> io::Result<()> {
        let now = Instant::now();
        for number in 0..self.people.len() {
            let person = &mut self.people[number];
            if person.returns_at.take_if(|at| *at <= now).is_some() {
                sockets.open_at(number, self.nodes[person.node], "/ws")?;
            }
            self.send_next(sockets, number);
        }
        Ok(())
    }

    fn send_next(&mut self, sockets: &mut Sockets, number: usize) {
        const TEXT: &str = "It is raining again, so let us meet in the big room upstairs.";
        let person = &mut self.people[number];
        let Some(message) = person.outbox.front() else { return };
        if person.is_live && !person.is_sending && person.may_send_at <= Instant::now() {
            person.is_sending = true;
            let room = room_id(0);
            sockets.send(
                number,
                &format!(
                    r#"{{"type":"send","ref":{message},"room":{room},"clientId":"s-{message}","text":"{TEXT}"}}"#
                ),
            );
        }
    }

    fn came(&mut self, sockets: &mut Sockets, number: usize) {
        let person = &mut self.people[number];
        (person.is_live, person.is_sending, person.may_send_at) = (true, false, Instant::now());
        if let Some(begin) = person.away_since.take() {
            self.absences.push(Stretch { begin, took: begin.elapsed() });
        }
        self.send_next(sockets, number);
    }

    fn acked(&mut self, sockets: &mut Sockets, number: usize, text: &[u8]) {
        let (of, place) = (field(text, b"\"ref\":"), field(text, b"\"seq\":"));
        self.ledger.note(place, of);
        let person = &mut self.people[number];
        // A second ack is that of a message that was said again.
        if person.outbox.pop_front_if(|message| *message == of).is_some() {
            person.is_sending = false;
            let (_, begin) = self.said[index(of)];
            self.acks.push((number, Stretch { begin, took: begin.elapsed() }));
            self.send_next(sockets, number);
        }
    }

    /// An error: what was said is said again a moment later, and who was coming in comes again on the next node.
    fn refused(&mut self, sockets: &mut Sockets, number: usize, text: &[u8]) {
        if !text.windows(RETRYABLE.len()).any(|part| part == RETRYABLE) {
            let told = String::from_utf8_lossy(text);
            return self.ledger.complain(format!("person {number} was told {told}"));
        }
        let after = crate::crowd::number(text, b"\"retryAfterMs\":").map_or(PAUSE, Duration::from_millis);
        if field(text, b"\"ref\":") >= FIRST_MESSAGE {
            let person = &mut self.people[number];
            (person.is_sending, person.may_send_at) = (false, Instant::now() + after);
        } else {
            sockets.drop_link(number);
            self.away(number, &String::from_utf8_lossy(text), after);
        }
    }

    fn away(&mut self, number: usize, reason: &str, pause: Duration) {
        let now = Instant::now();
        let person = &mut self.people[number];
        if person.joined {
            self.breaks += 1;
            self.first_break.get_or_insert_with(|| reason.to_owned());
            person.away_since.get_or_insert(now);
        }
        (person.is_live, person.is_sending) = (false, false);
        person.node = (person.node + 1) % self.nodes.len();
        person.returns_at = Some(now + pause);
    }

    /// Checks that an event is the next of the room.
    fn event(&mut self, number: usize, text: &[u8]) -> u64 {
        let person = &mut self.people[number];
        let (place, seen) = (field(text, b"\"seq\":"), person.seen);
        person.seen = place;
        if place != seen + 1 {
            self.ledger.complain(format!("person {number} was given event {place} after {seen}"));
        }
        place
    }

    fn message(&mut self, number: usize, text: &[u8]) {
        let place = self.event(number, text);
        let message = field(text, b"\"clientId\":\"s-");
        self.ledger.note(place, message);
        let Some((author, begin)) = self.said.get(index(message)).copied() else {
            return self
                .ledger
                .complain(format!("person {number} was given message {message}, which nobody said"));
        };
        self.people[number].heard += 1;
        if self.people[author].node != self.people[number].node {
            self.remote.push(Stretch { begin, took: begin.elapsed() });
        }
    }
}

/// The number behind a key, or 0, which nothing has.
fn field(text: &[u8], key: &[u8]) -> u64 {
    number(text, key).unwrap_or_default()
}

/// The place of a message among those that were said.
fn index(message: u64) -> usize {
    message.checked_sub(FIRST_MESSAGE).and_then(|index| usize::try_from(index).ok()).unwrap_or(usize::MAX)
}

impl Listener for People {
    fn opened(&mut self, sockets: &mut Sockets, number: usize) {
        let Person { token, seen, joined, .. } = &self.people[number];
        let rooms = if *joined { format!(r#","rooms":{{"{}":{seen}}}"#, room_id(0)) } else { String::new() };
        sockets.send(number, &format!(r#"{{"type":"hello","ref":1,"token":"{token}"{rooms}}}"#));
    }

    fn heard(&mut self, sockets: &mut Sockets, number: usize, text: &[u8]) {
        let kind =
            text.strip_prefix(br#"{"type":""#).and_then(|rest| rest.split(|byte| *byte == b'"').next());
        let joined = self.people[number].joined;
        match kind.unwrap_or_default() {
            b"welcome" if !joined => {
                sockets
                    .send(number, &format!(r#"{{"type":"join","ref":2,"room":{},"limit":0}}"#, room_id(0)));
            }
            b"joined" => {
                self.people[number].joined = true;
                self.people[number].seen = field(text, b"\"headSeq\":");
                self.came(sockets, number);
            }
            b"resumed" => self.came(sockets, number),
            b"ack" => self.acked(sockets, number, text),
            b"error" => self.refused(sockets, number, text),
            b"reset" | b"roomGone" => {
                let told = String::from_utf8_lossy(text);
                self.ledger.complain(format!("person {number} was told {told}"));
            }
            // Events of a room that is still to be joined count from its snapshot.
            b"message" if joined => self.message(number, text),
            b"memberJoined" if joined => {
                self.event(number, text);
            }
            _ => {}
        }
    }

    fn ended(&mut self, _sockets: &mut Sockets, number: usize, reason: &str) {
        self.away(number, reason, PAUSE);
    }
}

#[cfg(test)]
mod tests;
