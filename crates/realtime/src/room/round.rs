use super::RoomShared;
use crate::connection::Connection;
use crate::protocol::Protocol;
use bytes::Bytes;
use chinwag_core::domain::{RoomEvent, RoomSlug, Seq};
use chinwag_core::ports::Signal;
use std::sync::{Arc, OnceLock};

/// What one turn of the pump writes to every member: log events in order, then signals.
pub(crate) struct Round {
    room: RoomSlug,
    events: Vec<Arc<RoomEvent>>,
    signals: Vec<Signal>,
    shared: Arc<RoomShared>,
    /// One encoding per protocol, made when the first member needs it and shared by all.
    batches: [OnceLock<Batch>; Protocol::COUNT],
}

/// A round in the bytes of one protocol.
struct Batch {
    frames: Bytes,
    /// Where each event begins in `frames`; behind the last one begin the signals.
    starts: Vec<usize>,
}

impl Round {
    pub(crate) fn new(
        room: &RoomSlug,
        events: Vec<Arc<RoomEvent>>,
        signals: Vec<Signal>,
        shared: &Arc<RoomShared>,
    ) -> Self {
        let batches = [const { OnceLock::new() }; Protocol::COUNT];
        Self { room: room.clone(), events, signals, shared: Arc::clone(shared), batches }
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

    /// Gives a member what it has not seen: the events after `seen`, and the signals. Answers how many events that were.
    pub(crate) fn deliver(&self, connection: &Arc<Connection>, seen: Seq) -> usize {
        let batch =
            self.batches[connection.protocol.index()].get_or_init(|| self.encode(connection.protocol));
        let first = self.events.partition_point(|event| event.seq <= seen);
        let (start, signals) = (batch.starts[first], batch.starts[self.events.len()]);
        if start < batch.frames.len() {
            connection.deliver(&batch.frames, start, signals);
        }
        self.events.len() - first
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
            encoder.signal(signal, &mut frames);
        }
        Batch { frames: Bytes::from(frames), starts }
    }
}
