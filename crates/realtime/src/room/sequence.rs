use chinwag_core::domain::{RoomEvent, Seq};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long an event waits for those before it, until they are asked for: of several nodes' events, some come in another order than they
/// were committed, and most are only a moment late.
const PATIENCE: Duration = Duration::from_millis(25);
/// Events that wait for others. What comes beside them is read from the log later.
const AHEAD: usize = 1024;

/// In which order a room's events are handed on: by their places in the log, without a gap and none twice, in whatever order they come. A
/// pure structure behind the room's lock.
#[derive(Default)]
pub(super) struct Sequence {
    /// The place of the last event that was handed on. None before the first one, while nobody is live.
    position: Option<Seq>,
    /// Nothing up to this place is ever handed on.
    begins_after: Seq,
    /// Events that came before one that is before them.
    ahead: BTreeMap<Seq, Arc<RoomEvent>>,
    /// The log is known to reach this place.
    newest: Seq,
    /// When to ask the log for what is missing; none when nothing is.
    due: Option<Instant>,
    /// Since when something is missing.
    missing_since: Option<Instant>,
    /// For how long something was, until nobody has [asked](Self::take_wait).
    wait: Option<Duration>,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// It was the next one, and was handed on.
    Next,
    /// It was handed on before, or is not to be.
    Known,
    /// One before it is missing still.
    Ahead,
}

/// What is to be read from the log: `count` events after a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) after: Seq,
    pub(super) count: u32,
}

impl Sequence {
    /// Takes an event, and hands on what can be by now, in order. The first one begins the sequence: whoever is not live yet reads from the
    /// log what was before it.
    pub(super) fn offer(
        &mut self,
        event: Arc<RoomEvent>,
        now: impl FnOnce() -> Instant,
        mut hand_on: impl FnMut(Arc<RoomEvent>),
    ) -> Offer {
        let seq = event.seq;
        let position = match self.position {
            Some(position) => position,
            None => self.begin(Seq(seq.0 - 1)),
        };
        if seq <= position {
            return Offer::Known;
        }
        self.newest = self.newest.max(seq);
        if seq != position.next() {
            self.keep(event);
            if self.due.is_none() {
                let now = now();
                self.due = Some(now + PATIENCE);
                self.missing_since.get_or_insert(now);
            }
            return Offer::Ahead;
        }
        self.position = Some(seq);
        hand_on(event);
        // Most of the time nothing waits.
        if self.due.is_some() {
            self.hand_on_followers(hand_on);
            let now = now();
            self.due = self.is_missing_something().then(|| now + PATIENCE);
            if self.due.is_none() {
                self.wait = self.missing_since.take().map(|since| now.saturating_duration_since(since));
            }
        }
        Offer::Next
    }

    fn hand_on_followers(&mut self, mut hand_on: impl FnMut(Arc<RoomEvent>)) {
        while let Some(first) = self.ahead.first_entry()
            && self.position.is_some_and(|position| position.next() == *first.key())
        {
            self.position = Some(*first.key());
            hand_on(first.remove());
        }
    }

    fn keep(&mut self, event: Arc<RoomEvent>) {
        self.ahead.insert(event.seq, event);
        // The nearest ones are needed first.
        if self.ahead.len() > AHEAD {
            self.ahead.pop_last();
        }
    }

    /// Begins behind `seen`, unless it has begun. Answers up to where everything is handed on, or never will be.
    pub(super) fn begin(&mut self, seen: Seq) -> Seq {
        *self.position.get_or_insert_with(|| {
            self.begins_after = seen;
            self.newest = self.newest.max(seen);
            seen
        })
    }

    /// Up to which place nothing is ever handed on: whoever goes live has read the log up to there.
    pub(super) fn begins_after(&self) -> Seq {
        self.begins_after
    }

    /// Notes that the log reaches `newest`, wherefrom that is known. What is missing is to be read at once.
    pub(super) fn expect(&mut self, newest: Seq, now: Instant) {
        // When it has not begun nobody is live, and whoever goes live has to read up to there.
        if self.begin(newest) < newest {
            self.newest = self.newest.max(newest);
            self.due = Some(self.due.map_or(now, |due| due.min(now)));
            self.missing_since.get_or_insert(now);
        }
    }

    /// Notes that the log reaches this place, for which there is no room now: nothing is read before it is [asked for](Self::ask_at).
    pub(super) fn put_off(&mut self, seq: Seq) {
        self.newest = self.newest.max(seq);
        self.due = None;
    }

    /// For how long something was missing, once after nothing is any more.
    pub(super) fn take_wait(&mut self) -> Option<Duration> {
        self.wait.take()
    }

    /// The place of the last event that was handed on, or needed not be.
    pub(super) fn position(&self) -> Option<Seq> {
        self.position
    }

    /// When the log is to be asked for what is missing.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// What is missing before the next event that is here.
    pub(super) fn gap(&self) -> Option<Gap> {
        let after = self.position.filter(|_| self.is_missing_something())?;
        let until = self.ahead.keys().next().map_or(self.newest, |first| Seq(first.0 - 1));
        Some(Gap { after, count: u32::try_from(until.0 - after.0).unwrap_or(u32::MAX) })
    }

    /// Puts off asking the log for what is missing.
    pub(super) fn ask_at(&mut self, at: Instant) {
        self.due = self.is_missing_something().then_some(at);
    }

    fn is_missing_something(&self) -> bool {
        self.position.is_some_and(|position| position < self.newest)
    }
}

#[cfg(test)]
mod tests;
