use crate::presence::Person;
use chinwag_core::domain::{RoomAddress, UserId};
use chinwag_core::ports::{Signal, Typist};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A typing person is taken off the list after this time without a new sign.
const LASTS: Duration = Duration::from_secs(6);
/// Typing people whose names are on the list that is told.
const NAMED: usize = 5;
/// Typing people whose start, and so whose stop, is told at the same time.
const ANNOUNCED: usize = 100;

/// Who is typing in a room, with what of it has to be told. A part of the room's [`Ephemeral`](super::ephemeral::Ephemeral) events.
#[derive(Default)]
pub(super) struct Typing {
    typing: Vec<Entry>,
    /// Whose start was told, and whose stop is to be.
    stopped: Vec<Typist>,
    changed: bool,
}

struct Entry {
    person: Arc<Person>,
    until: Instant,
    /// As what the room was told that this person types. The stop is told under the same name.
    announced: Option<Typist>,
}

impl Typing {
    /// Notes that a person types.
    pub(super) fn start(&mut self, person: &Arc<Person>, now: Instant) {
        let until = now + LASTS;
        if let Some(entry) = self.typing.iter_mut().find(|entry| entry.person.id == person.id) {
            entry.until = until;
            return;
        }
        let stop = self.stopped.iter().position(|stopped| stopped.user == person.id);
        let announced = stop.map(|place| self.stopped.swap_remove(place));
        self.typing.push(Entry { person: Arc::clone(person), until, announced });
        self.changed = true;
    }

    /// Notes that a person does not type any more.
    pub(super) fn stop(&mut self, user: UserId) {
        self.end(|entry| entry.person.id == user);
    }

    fn end(&mut self, ends: impl Fn(&Entry) -> bool) {
        for entry in self.typing.extract_if(.., |entry| ends(entry)) {
            self.stopped.extend(entry.announced);
            self.changed = true;
        }
    }

    /// Whether there is something to tell now, or later when a time is up.
    pub(super) fn is_busy(&self) -> bool {
        self.changed || !self.typing.is_empty()
    }

    /// What is to be told now.
    pub(super) fn signal(&mut self, room: &RoomAddress, now: Instant) -> Option<Signal> {
        self.end(|entry| entry.until <= now);
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let typist = |entry: &Entry| Typist { user: entry.person.id, name: entry.person.name() };
        let announced = self.typing.iter().filter(|entry| entry.announced.is_some()).count();
        let silent = self.typing.iter_mut().filter(|entry| entry.announced.is_none());
        let mut started = Vec::new();
        for entry in silent.take(ANNOUNCED.saturating_sub(announced)) {
            started.push(typist(entry));
            entry.announced = started.last().cloned();
        }
        Some(Signal::Typing {
            room: room.clone(),
            users: self.typing.iter().take(NAMED).map(typist).collect(),
            more: self.typing.len().saturating_sub(NAMED) as u32,
            started,
            stopped: std::mem::take(&mut self.stopped),
        })
    }
}
