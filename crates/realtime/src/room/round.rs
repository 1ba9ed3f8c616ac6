use super::RoomShared;
use crate::connection::Connection;
use crate::protocol::Protocol;
use bytes::Bytes;
use chinwag_core::domain::{EventBody, RoomEvent, RoomSlug, Seq, UserId};
use chinwag_core::ports::Signal;
use std::sync::{Arc, OnceLock};

/// What one turn of the pump writes to every member: log events in order, then signals.
pub(crate) struct Round {
    room: RoomSlug,
    events: Vec<Arc<RoomEvent>>,
    signals: Vec<Signal>,
    /// Who leaves in this round, and where.
    leaves: Vec<(UserId, Seq)>,
    /// Whom the signals name, in order.
    named: Vec<UserId>,
    shared: Arc<RoomShared>,
    batches: Batches,
}

/// One encoding per protocol, made when the first member needs it and shared by all.
#[derive(Default)]
struct Batches {
    own: [OnceLock<Batch>; Protocol::OTHERS.len()],
    /// Those of guides, which most rooms never need.
    guides: OnceLock<Box<[OnceLock<Batch>]>>,
}

/// A round in the bytes of one protocol.
struct Batch {
    frames: Bytes,
    /// Where each event begins in `frames`; behind the last one begin the signals.
    starts: Vec<usize>,
}

impl Batches {
    fn of(&self, protocol: Protocol) -> &OnceLock<Batch> {
        let index = protocol.index();
        match index.checked_sub(self.own.len()) {
            None => &self.own[index],
            Some(guide) => {
                &self.guides.get_or_init(|| (0..Protocol::GUIDES).map(|_| OnceLock::new()).collect())[guide]
            }
        }
    }
}

impl Round {
    pub(crate) fn new(
        room: &RoomSlug,
        events: Vec<Arc<RoomEvent>>,
        signals: Vec<Signal>,
        shared: &Arc<RoomShared>,
    ) -> Self {
        let leaves = events.iter().filter(|event| event.body == EventBody::MemberLeft);
        let leaves = leaves.map(|event| (event.actor, event.seq)).collect();
        let named = named(&signals);
        Self {
            room: room.clone(),
            events,
            signals,
            leaves,
            named,
            shared: Arc::clone(shared),
            batches: Batches::default(),
        }
    }

    pub(crate) fn events(&self) -> &[Arc<RoomEvent>] {
        &self.events
    }

    pub(crate) fn has_signals(&self) -> bool {
        !self.signals.is_empty()
    }

    /// The last event of the round.
    pub(crate) fn last(&self) -> Option<Seq> {
        self.events.last().map(|event| event.seq)
    }

    /// Gives a member what it has not seen: the events after `seen`, and the signals; for one who leaves in this round, and was
    /// a member at `proof`, the leave is the last. Answers how many events that were.
    pub(crate) fn deliver(&self, connection: &Arc<Connection>, seen: Seq, proof: Seq) -> usize {
        let protocol = connection.protocol();
        let batch = self.batches.of(protocol).get_or_init(|| self.encode(protocol));
        let until = |seq: Seq| self.events.partition_point(|event| event.seq <= seq);
        let (first, all) = (until(seen), self.events.len());
        let left = self.leaves.iter().find(|(user, seq)| *user == connection.user && *seq > proof);
        if let Some((_, left)) = left {
            let end = until(*left).max(first);
            if first < end {
                connection.send(batch.frames.slice(batch.starts[first]..batch.starts[end]));
            }
            return end - first;
        }
        if connection.particular && self.is_particular_for(connection, first) {
            self.deliver_apart(connection, first);
            return all - first;
        }
        let (start, signals) = (batch.starts[first], batch.starts[all]);
        if start < batch.frames.len() {
            connection.deliver(&batch.frames, start, signals);
        }
        all - first
    }

    /// Whether a member gets something else than all others of the same protocol.
    fn is_particular_for(&self, connection: &Connection, first: usize) -> bool {
        let is_named =
            connection.protocol().hides_self() && self.named.binary_search(&connection.user).is_ok();
        is_named || !self.events[first..].iter().all(|event| connection.hears(event))
    }

    /// Encodes for one member, without what it is not to hear of itself.
    fn deliver_apart(&self, connection: &Arc<Connection>, first: usize) {
        let encoder = self.shared.encoders.of(connection.protocol());
        let mut frames = Vec::new();
        for event in self.events[first..].iter().filter(|event| connection.hears(event)) {
            encoder.event(&self.room, event, &mut frames);
        }
        let signals = frames.len();
        for signal in &self.signals {
            encoder.signal(signal, Some(connection.user), &mut frames);
        }
        if !frames.is_empty() {
            connection.deliver(&Bytes::from(frames), 0, signals);
        }
    }

    /// Counts what was delivered.
    pub(crate) fn count(&self, deliveries: usize) {
        self.shared.metrics.deliveries.inc_by(deliveries as u64);
    }

    fn encode(&self, protocol: Protocol) -> Batch {
        let encoder = self.shared.encoders.of(protocol);
        let mut frames = Vec::with_capacity(256 * (self.events.len() + self.signals.len()));
        let mut starts = Vec::with_capacity(self.events.len() + 1);
        for event in &self.events {
            starts.push(frames.len());
            encoder.event(&self.room, event, &mut frames);
        }
        starts.push(frames.len());
        for signal in &self.signals {
            encoder.signal(signal, None, &mut frames);
        }
        Batch { frames: Bytes::from(frames), starts }
    }
}

/// Whom these signals name, in order.
fn named(signals: &[Signal]) -> Vec<UserId> {
    let mut named = Vec::new();
    for signal in signals {
        match signal {
            Signal::Presence { changes, .. } => named.extend(changes.iter().map(|change| change.user.id)),
            Signal::Typing { started, stopped, .. } => {
                named.extend(started.iter().chain(stopped).map(|typist| typist.user));
            }
            Signal::Resumed { .. }
            | Signal::Reset(_)
            | Signal::RoomGone { .. }
            | Signal::ReadMark { .. }
            | Signal::Membership { .. }
            | Signal::Directory { .. }
            | Signal::Stale => {}
        }
    }
    named.sort_unstable();
    named
}
