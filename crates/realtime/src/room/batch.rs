use super::RoomShared;
use crate::connection::{Connection, Encoders};
use bytes::Bytes;
use chinwag_core::domain::{Ending, EventBody, RoomAddress, RoomEvent, Seq, UserId};
use chinwag_core::ports::{ProtocolId, Signal};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// With what right a subscriber hears a batch.
#[derive(Clone, Copy)]
pub(crate) struct Right {
    /// An end of the right before this place is none any more.
    pub(crate) authorized_at: Seq,
    /// The first place of the log that the person may read.
    pub(crate) first: Seq,
}

/// What the fan-out task writes to every subscriber at once: log events in order, then signals.
pub(crate) struct Batch {
    room: Arc<RoomAddress>,
    events: Vec<Arc<RoomEvent>>,
    signals: Vec<Signal>,
    /// The first message that a change in this batch is about.
    changed: Option<Seq>,
    /// Whose right to hear the room ends in this batch, and where.
    endings: Vec<(Ending, Seq)>,
    /// Whom the signals name, in order.
    named: Vec<UserId>,
    shared: Arc<RoomShared>,
    encodings: Encodings,
}

/// One encoding per protocol, made when the first subscriber needs it and shared by all.
#[derive(Default)]
struct Encodings {
    /// Those of the first protocols, without an allocation.
    first: [OnceLock<Encoding>; FIRST],
    /// Those of the others, which most rooms never need.
    others: OnceLock<Box<[OnceLock<Encoding>]>>,
}

/// Protocols with a place in every batch.
const FIRST: usize = 8;

/// A batch in the bytes of one protocol.
struct Encoding {
    frames: Bytes,
    /// Where each event begins in `frames`; behind the last one begin the signals.
    starts: Vec<usize>,
}

impl Encodings {
    fn of(&self, protocol: ProtocolId, encoders: &Encoders) -> &OnceLock<Encoding> {
        if let Some(encoding) = self.first.get(usize::from(protocol.0)) {
            return encoding;
        }
        let all = encoders.count();
        let others = self.others.get_or_init(|| (FIRST..all).map(|_| OnceLock::new()).collect());
        // An unknown protocol is served as the native one.
        let place = usize::from(protocol.0).checked_sub(FIRST);
        place.and_then(|place| others.get(place)).unwrap_or(&self.first[0])
    }
}

impl Batch {
    pub(crate) fn new(
        room: Arc<RoomAddress>,
        events: Vec<Arc<RoomEvent>>,
        signals: Vec<Signal>,
        shared: &Arc<RoomShared>,
    ) -> Self {
        let endings = events.iter().filter_map(|event| Some((event.ending()?, event.seq))).collect();
        let changed = events.iter().filter_map(|event| target(event)).min();
        let named = named(&signals);
        Self {
            room,
            events,
            signals,
            changed,
            endings,
            named,
            shared: Arc::clone(shared),
            encodings: Encodings::default(),
        }
    }

    pub(crate) fn events(&self) -> &[Arc<RoomEvent>] {
        &self.events
    }

    /// Takes the signals out of what is still to be written.
    pub(crate) fn take_signals(&mut self) -> Vec<Signal> {
        self.named.clear();
        self.encodings = Encodings::default();
        std::mem::take(&mut self.signals)
    }

    pub(crate) fn has_signals(&self) -> bool {
        !self.signals.is_empty()
    }

    /// The last event of the batch.
    pub(crate) fn last(&self) -> Option<Seq> {
        self.events.last().map(|event| event.seq)
    }

    /// Gives a subscriber what it was not given: the events after `position`, and the signals; for one whose right to hear them, from
    /// `authorized_at`, ends in this batch, nothing behind that. Answers how many events that were.
    pub(crate) fn deliver(&self, connection: &Arc<Connection>, position: Seq, right: Right) -> usize {
        let protocol = connection.protocol();
        let encoding = self.encodings.of(protocol, &self.shared.encoders);
        let encoding = encoding.get_or_init(|| self.encode(protocol));
        let until = |seq: Seq| self.events.partition_point(|event| event.seq <= seq);
        let (first, all) = (until(position), self.events.len());
        let ended = self
            .endings
            .iter()
            .find(|(ending, seq)| *seq > right.authorized_at && connection.person.is_ended_by(*ending));
        let end =
            ended.map(|(ending, seq)| if ending.is_told() { until(*seq) } else { until(Seq(seq.0 - 1)) });
        let heard = first..end.map_or(all, |end| end.max(first));
        let hides_changes = self.changed.is_some_and(|changed| changed < right.first);
        let is_particular = connection.is_particular() && self.is_particular_for(connection, heard.clone());
        if hides_changes || is_particular {
            let signals = if ended.is_some() { &[][..] } else { &self.signals };
            self.deliver_apart(connection, (heard.clone(), right.first), signals);
            return heard.len();
        }
        let (start, signals) = (encoding.starts[heard.start], encoding.starts[heard.end]);
        if ended.is_some() {
            connection.send(encoding.frames.slice(start..signals));
        } else if start < encoding.frames.len() {
            connection.deliver(&encoding.frames, start, signals);
        }
        heard.len()
    }

    /// Whether a subscriber gets something else than all others of the same protocol.
    fn is_particular_for(&self, connection: &Connection, heard: Range<usize>) -> bool {
        let is_named =
            self.named.binary_search(&connection.user).is_ok() && connection.encoder().hides_self();
        is_named || !self.events[heard].iter().all(|event| connection.hears(event))
    }

    /// Encodes for one subscriber, without what it is not to hear of itself.
    /// Nor what changed of messages before `first`, which is no part of the log for whoever came later.
    fn deliver_apart(
        &self,
        connection: &Arc<Connection>,
        (heard, first): (Range<usize>, Seq),
        told: &[Signal],
    ) {
        let encoder = connection.encoder();
        let mut frames = Vec::new();
        for event in self.events[heard].iter().filter(|event| connection.hears(event)) {
            if target(event).is_some_and(|target| target < first) {
                let skipped = Signal::Skipped { room: event.room, from: event.seq, to: event.seq };
                encoder.signal(&skipped, Some(connection.user), &mut frames);
            } else {
                encoder.event(&self.room, event, &mut frames);
            }
        }
        let signals = frames.len();
        for signal in told {
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

    fn encode(&self, protocol: ProtocolId) -> Encoding {
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
        Encoding { frames: Bytes::from(frames), starts }
    }
}

/// The message that a change is about.
fn target(event: &RoomEvent) -> Option<Seq> {
    match &event.body {
        EventBody::Message(message) => message.target(),
        EventBody::Member(_) | EventBody::Room(_) => None,
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
            | Signal::Skipped { .. }
            | Signal::Reset(_)
            | Signal::RoomGone { .. }
            | Signal::Seen { .. }
            | Signal::ReadMark { .. }
            | Signal::MarkedUnread { .. }
            | Signal::ScheduleChanged { .. }
            | Signal::Draft(_)
            | Signal::SettingsChanged { .. }
            | Signal::ThreadMark { .. }
            | Signal::MembershipBegan(_)
            | Signal::MembershipEnded { .. }
            | Signal::Renamed(_)
            | Signal::Directory { .. }
            | Signal::Stale => {}
        }
    }
    named.sort_unstable();
    named
}
