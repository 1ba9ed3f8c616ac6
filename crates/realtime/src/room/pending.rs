use super::sequence::{Offer, Sequence};
use chinwag_core::domain::{
    EventBody, MemberChange, MemberEvent, Millis, RoomAddress, RoomChange, RoomEvent, RoomSlug, Seq,
};
use chinwag_core::ports::Signal;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// What waits for a room's next batch, and what may come into it next.
pub(super) struct Pending {
    pub(super) sequence: Sequence,
    /// Whether a task asks the log for what is missing in the sequence.
    pub(super) is_filling: bool,
    /// The room under its latest address.
    pub(super) address: Arc<RoomAddress>,
    /// The place in the log up to which `address` is known to be right; 0 for one that was given when the room was made.
    address_at: Seq,
    events: Vec<Arc<RoomEvent>>,
    /// When the oldest of `events` came that is told at once.
    since: Option<Instant>,
    /// Places and times of what came of other nodes, in `events` or ahead of them.
    elsewhere: Vec<(Seq, Millis)>,
    signals: Vec<Signal>,
    /// Whether the fan-out task is running. It stops when it finds nothing here.
    pub(super) is_fanning_out: bool,
    /// The last event that every subscriber was given, and whose subscriptions it ended.
    delivered: Seq,
    /// Who waits for the delivery up to a place.
    pub(super) settlements: Vec<(Seq, oneshot::Sender<()>)>,
    /// Who waits until everything up to a place is here.
    pub(super) awaited: Vec<(Seq, oneshot::Sender<()>)>,
}

/// What a batch is made of.
pub(super) struct Gathered {
    pub(super) address: Arc<RoomAddress>,
    pub(super) events: Vec<Arc<RoomEvent>>,
    pub(super) signals: Vec<Signal>,
    /// Since when the oldest event waits that is told at once.
    pub(super) since: Option<Instant>,
    /// The earliest time that another node gave one of them.
    pub(super) given: Option<Millis>,
}

/// Where an event was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Here,
    /// At another node, as far as is known: it came over the bus, or had to be read from the log.
    Elsewhere,
}

/// What is to be done about an event that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Something is to be told at once.
    Now,
    /// It may wait for the next tick.
    AtNextTick,
    /// Something before it is missing.
    Ahead,
    /// It came before.
    Known,
}

/// Events that wait for the next tick at most.
const GATHERED: usize = 256;
/// Events waiting for delivery above which a room takes no new messages.
const BACKLOG: usize = 4096;
/// Events that wait for delivery. What comes beside them, of other nodes while this one may deliver nothing, is read from the log later.
const MOST: usize = 4 * BACKLOG;

impl Pending {
    pub(super) fn new(address: RoomAddress) -> Self {
        Self {
            sequence: Sequence::default(),
            is_filling: false,
            address: Arc::new(address),
            address_at: Seq(0),
            events: Vec::new(),
            since: None,
            elsewhere: Vec::new(),
            signals: Vec::new(),
            is_fanning_out: false,
            delivered: Seq(0),
            settlements: Vec::new(),
            awaited: Vec::new(),
        }
    }

    /// Takes an event, and with it those that waited for it.
    pub(super) fn take_event(&mut self, event: Arc<RoomEvent>, origin: Origin) -> Taken {
        if self.is_full() {
            self.sequence.put_off(event.seq);
            // They must not wait for what cannot come before this node may deliver: it may when they have looked.
            self.awaited.clear();
            return Taken::Known;
        }
        let Self { sequence, events, address, address_at, .. } = self;
        let mut may_wait = true;
        let told_at_once =
            (origin == Origin::Elsewhere && !is_joining(&event)).then_some((event.seq, event.at));
        let offer = sequence.offer(event, Instant::now, |event| {
            may_wait &= is_joining(&event);
            if let Some(address_now) = new_address(&event) {
                note(address, address_at, address_now, event.seq);
            }
            events.push(event);
        });
        if !self.awaited.is_empty() {
            let position = self.sequence.position().unwrap_or_default();
            tell(&mut self.awaited, position);
        }
        if let Some(came) = told_at_once.filter(|_| offer != Offer::Known && self.elsewhere.len() < MOST) {
            self.elsewhere.push(came);
        }
        match offer {
            Offer::Known => Taken::Known,
            Offer::Ahead => Taken::Ahead,
            Offer::Next if may_wait && self.events.len() < GATHERED => Taken::AtNextTick,
            Offer::Next => {
                self.since.get_or_insert_with(Instant::now);
                Taken::Now
            }
        }
    }

    /// What resolves when everything up to this place was delivered. None when it was, or nobody here is to have it.
    pub(super) fn settle(&mut self, seq: Seq) -> Option<oneshot::Receiver<()>> {
        self.sequence.expect(seq, Instant::now());
        // Whoever is live has read up to where the sequence begins.
        if seq <= self.delivered.max(self.sequence.begins_after()) {
            return None;
        }
        let (settled, waiting) = oneshot::channel();
        self.settlements.push((seq, settled));
        Some(waiting)
    }

    /// Notes that everything up to this place was delivered.
    pub(super) fn note_delivered(&mut self, seq: Seq) {
        self.delivered = seq;
        tell(&mut self.settlements, seq);
    }

    /// What resolves when everything up to this place is here, whether it may be delivered or not. None when it is, or there is no room for it.
    pub(super) fn reach(&mut self, seq: Seq) -> Option<oneshot::Receiver<()>> {
        self.sequence.expect(seq, Instant::now());
        if self.is_full() || self.sequence.position().is_some_and(|position| position >= seq) {
            return None;
        }
        let (reached, waiting) = oneshot::channel();
        self.awaited.push((seq, reached));
        Some(waiting)
    }

    pub(super) fn take_signals(&mut self, signals: Vec<Signal>) {
        self.signals.extend(signals);
    }

    /// Notes the address that the room had at the place `at` of its log, unless a later one is known.
    pub(super) fn note_address(&mut self, address: RoomAddress, at: Seq) {
        note(&mut self.address, &mut self.address_at, address, at);
    }

    pub(super) fn is_congested(&self) -> bool {
        self.events.len() > BACKLOG
    }

    fn is_full(&self) -> bool {
        self.events.len() >= MOST
    }

    /// Puts off asking the log for what is missing; until there is room when there is none.
    pub(super) fn ask_at(&mut self, at: Instant) {
        if !self.is_full() {
            self.sequence.ask_at(at);
        }
    }

    /// Everything that waits; nothing when that is nothing.
    pub(super) fn gathered(&mut self) -> Option<Gathered> {
        if self.events.is_empty() && self.signals.is_empty() {
            return None;
        }
        if self.is_full() {
            self.sequence.ask_at(Instant::now());
        }
        let last = self.events.last().map(|event| event.seq);
        let delivered = self.elsewhere.extract_if(.., |(seq, _)| last.is_some_and(|last| *seq <= last));
        let given = delivered.map(|(_, at)| at).min();
        Some(Gathered {
            given,
            address: Arc::clone(&self.address),
            events: std::mem::take(&mut self.events),
            signals: std::mem::take(&mut self.signals),
            since: self.since.take(),
        })
    }
}

/// Tells those who wait for this place or one before it.
fn tell(waiting: &mut Vec<(Seq, oneshot::Sender<()>)>, reached: Seq) {
    for (_, waiting) in waiting.extract_if(.., |(wanted, _)| *wanted <= reached) {
        // Nobody may wait any more.
        _ = waiting.send(());
    }
}

fn note(known: &mut Arc<RoomAddress>, known_at: &mut Seq, address: RoomAddress, at: Seq) {
    if at > *known_at {
        *known_at = at;
        if **known != address {
            *known = Arc::new(address);
        }
    }
}

/// Where the room is found from this event on, when it changed that.
pub(super) fn new_address(event: &RoomEvent) -> Option<RoomAddress> {
    let EventBody::Room(RoomChange::Updated(state)) = &event.body else { return None };
    let slug = state.labels.slug.as_deref().and_then(|slug| RoomSlug::parse(slug).ok());
    Some(RoomAddress { id: event.room, slug })
}

fn is_joining(event: &RoomEvent) -> bool {
    matches!(&event.body, EventBody::Member(MemberEvent { change: MemberChange::Joined, .. }))
}
