use super::arrival::Step;
use super::dialect::Dialect;
use super::hearing::Heard;
use super::layout::Layout;
use super::message::{number, sent_at};
use super::sign_in::Account;
use super::tally::{Delays, Tally};
use crate::load::{Listener, Sockets, write_client_frame};
use anyhow::bail;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use std::{iter, mem};

/// What the clients of a crowd know: how far each has come in, and what was sent and heard in each room.
pub(super) struct Guests {
    dialect: Dialect,
    layout: Layout,
    accounts: Vec<Account>,
    /// Nodes of the server.
    nodes: usize,
    steps: Vec<Step>,
    inside: usize,
    rooms: Vec<Room>,
    /// Rooms in which a message has reached everyone since the last refill.
    refillable: Vec<usize>,
    filling: bool,
    tally: Tally,
    messages: u64,
    complaint: Option<String>,
    broken: Option<String>,
    /// Recorded once somebody wants to know them.
    delays: Option<Delays>,
    began: Instant,
    outgoing: Vec<u8>,
    text: Vec<u8>,
}

#[derive(Clone, Default)]
struct Room {
    sent: u64,
    delivered: u64,
    refillable: bool,
    /// When the messages were sent that have no ack, while delays are recorded.
    unacked: VecDeque<u64>,
}

impl Guests {
    pub(super) fn new(dialect: Dialect, layout: Layout, accounts: Vec<Account>, nodes: usize) -> Self {
        Self {
            dialect,
            layout,
            accounts,
            nodes,
            steps: vec![Step::Outside; layout.clients()],
            inside: 0,
            rooms: vec![Room::default(); layout.rooms],
            refillable: Vec::new(),
            filling: false,
            tally: Tally::default(),
            messages: 0,
            complaint: None,
            broken: None,
            delays: None,
            began: Instant::now(),
            outgoing: Vec::new(),
            text: Vec::new(),
        }
    }

    /// The node to which a client connects.
    pub(super) fn node_of(&self, client: usize) -> usize {
        self.layout.node_of(client, self.nodes)
    }

    /// The token of a client's account.
    pub(super) fn token(&self, client: usize) -> &str {
        &self.accounts[client].token
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    /// Clients that are in all their rooms.
    pub(super) fn inside(&self) -> usize {
        self.inside
    }

    pub(super) fn tally(&self) -> Tally {
        self.tally
    }

    /// Notes that a client begins to connect, and answers to which path.
    pub(super) fn begin(&mut self, client: usize) -> String {
        self.steps[client] = Step::Connecting;
        self.dialect.path(self.layout.rooms_of(client))
    }

    /// Notes that a client hung up.
    pub(super) fn left(&mut self, client: usize) {
        if mem::replace(&mut self.steps[client], Step::Outside) == Step::Inside {
            self.inside -= 1;
        }
    }

    /// An error when a connection ended that nobody wanted to end.
    pub(super) fn broken(&mut self) -> anyhow::Result<()> {
        match self.broken.take() {
            Some(reason) => bail!("{reason}; {}", self.complaint()),
            None => Ok(()),
        }
    }

    /// The first error that the server answered.
    pub(super) fn complaint(&self) -> &str {
        self.complaint.as_deref().unwrap_or("the server did not complain")
    }

    pub(super) fn record_delays(&mut self) -> Delays {
        self.delays.replace(Delays::new()).unwrap_or_else(Delays::new)
    }

    /// Has every room's sender fill its window.
    pub(super) fn fill_all(&mut self, sockets: &mut Sockets, window: u64) {
        self.filling = true;
        self.refillable.clear();
        for room in 0..self.rooms.len() {
            self.fill(sockets, room, window);
        }
    }

    /// Has the senders whose messages have arrived fill their windows again.
    pub(super) fn refill(&mut self, sockets: &mut Sockets, window: u64) {
        for room in mem::take(&mut self.refillable) {
            self.fill(sockets, room, window);
        }
    }

    fn fill(&mut self, sockets: &mut Sockets, room: usize, window: u64) {
        let members = self.layout.members_per_room as u64;
        let state = &mut self.rooms[room];
        state.refillable = false;
        let on_their_way = state.sent.saturating_sub(state.delivered / members);
        self.send(sockets, room, window.saturating_sub(on_their_way));
    }

    /// Says the `number`th message of a steady pace, this `late`: room after room.
    pub(super) fn say(&mut self, sockets: &mut Sockets, number: u64, late: Duration) {
        if let Some(delays) = &mut self.delays {
            delays.of_sending.record(nanoseconds(late));
        }
        let room = number % self.rooms.len() as u64;
        self.send(sockets, room as usize, 1);
    }

    /// Has the sender of a room send so many messages with one write.
    fn send(&mut self, sockets: &mut Sockets, room: usize, count: u64) {
        if count == 0 {
            return;
        }
        let now = nanoseconds(self.began.elapsed());
        self.outgoing.clear();
        for _ in 0..count {
            self.messages += 1;
            self.text.clear();
            self.dialect.write_message(&mut self.text, room, self.messages, now);
            write_client_frame(&mut self.outgoing, &self.text);
        }
        self.rooms[room].sent += count;
        if self.delays.is_some() && self.dialect == Dialect::Chinwag {
            self.rooms[room].unacked.extend(iter::repeat_n(now, count as usize));
        }
        self.tally.sent += count;
        sockets.send_frames(self.layout.sender_of(room), &self.outgoing);
    }

    fn delivered(&mut self, client: usize, room: Option<usize>, text: &[u8]) {
        let room = self.layout.room_or_only(client, room);
        self.tally.deliveries += 1;
        let is_remote = self.node_of(client) != self.node_of(self.layout.sender_of(room));
        if let Some(delays) = &mut self.delays
            && let Some(sent) = sent_at(text)
        {
            let delay = nanoseconds(self.began.elapsed()).saturating_sub(sent);
            delays.of_delivery.record(delay);
            if is_remote {
                delays.of_remote_delivery.record(delay);
            }
        }
        let Some(state) = self.rooms.get_mut(room) else { return };
        state.delivered += 1;
        let everywhere = state.delivered.is_multiple_of(self.layout.members_per_room as u64);
        if everywhere && self.filling && !mem::replace(&mut state.refillable, true) {
            self.refillable.push(room);
        }
    }

    /// Acks of a room come in the order of its messages.
    fn acked(&mut self, text: &[u8]) {
        self.tally.acks += 1;
        let Some(delays) = &mut self.delays else { return };
        let room = number(text, b"\"ref\":").and_then(|room| self.rooms.get_mut(room as usize));
        if let Some(sent) = room.and_then(|room| room.unacked.pop_front()) {
            delays.of_ack.record(nanoseconds(self.began.elapsed()).saturating_sub(sent));
        }
    }

    fn advance(&mut self, sockets: &mut Sockets, client: usize, heard: &Heard) {
        let token = self.accounts.get(client).map_or("", |account| &account.token);
        let rooms = self.layout.rooms_of(client);
        let before = self.steps[client];
        self.steps[client] =
            before.next(self.dialect, heard, client, rooms, token, |text| sockets.send(client, text));
        if self.steps[client] == Step::Inside && before != Step::Inside {
            self.inside += 1;
        }
    }

    fn refused(&mut self, client: usize, room: Option<usize>, text: &[u8]) {
        self.tally.errors += 1;
        let room = self.layout.room_or_only(client, room);
        if let Some(room) = self.rooms.get_mut(room) {
            room.sent = room.sent.saturating_sub(1);
            room.unacked.pop_front();
        }
        self.complaint.get_or_insert_with(|| String::from_utf8_lossy(text).into_owned());
        // It has to come in all the same; a refusal on the way is told as what broke.
        if self.steps[client] != Step::Inside {
            self.broken.get_or_insert_with(|| format!("client {client} was refused while it came in"));
        }
    }
}

impl Listener for Guests {
    fn opened(&mut self, sockets: &mut Sockets, client: usize) {
        self.advance(sockets, client, &Heard::Other);
    }

    fn heard(&mut self, sockets: &mut Sockets, client: usize, text: &[u8]) {
        match self.dialect.heard(text) {
            Heard::Message(room) => self.delivered(client, room, text),
            Heard::Ack => self.acked(text),
            Heard::Refused(room) => self.refused(client, room, text),
            Heard::Ping => sockets.send(client, "3"),
            Heard::Other => {}
            step @ (Heard::Greeted | Heard::Entered) => self.advance(sockets, client, &step),
        }
    }

    fn ended(&mut self, _sockets: &mut Sockets, client: usize, reason: &str) {
        self.left(client);
        self.broken.get_or_insert_with(|| format!("the connection of client {client} ended: {reason}"));
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
