use crate::people::Person;
use chinwag_core::domain::{Presence, RoomSlug, UserId};
use chinwag_core::ports::{PresenceChange, Signal, Typist};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A typing person is taken off the list after this time without a new sign.
const TYPING_LASTS: Duration = Duration::from_secs(6);
/// Typing people whose names are told.
const TYPISTS_NAMED: usize = 5;
/// Changes of presence that one signal tells.
const CHANGES_TOLD: usize = 100;

/// Who is present in a room and who is typing, with what of it has to be told. A pure structure behind the room's lock.
#[derive(Default)]
pub(crate) struct Chatter {
    present: HashMap<UserId, Presences>,
    /// People whose presence may have changed since the last signal. Their state is looked up when the signal is made, so
    /// that it is right in whatever order the changes came.
    changed: HashMap<UserId, Arc<Person>>,
    typing: Vec<Typing>,
    typing_changed: bool,
    /// Whether the hub has this room on its list of those to be asked.
    pub(crate) listed: bool,
}

struct Presences {
    person: Arc<Person>,
    subscriptions: u32,
}

struct Typing {
    person: Arc<Person>,
    until: Instant,
}

impl Chatter {
    /// Notes one more subscription of a person.
    pub(crate) fn enter(&mut self, person: &Arc<Person>) {
        let presences = self
            .present
            .entry(person.id)
            .or_insert_with(|| Presences { person: Arc::clone(person), subscriptions: 0 });
        presences.subscriptions += 1;
        if presences.subscriptions == 1 {
            // A person who came back has a new record; the old one may stand here still.
            presences.person = Arc::clone(person);
            self.changed.insert(person.id, Arc::clone(person));
        }
    }

    /// Notes one subscription of a person less.
    pub(crate) fn exit(&mut self, user: UserId) {
        let Some(presences) = self.present.get_mut(&user) else { return };
        presences.subscriptions -= 1;
        if presences.subscriptions == 0
            && let Some(gone) = self.present.remove(&user)
        {
            self.changed.insert(user, gone.person);
            self.stop_typing(user);
        }
    }

    /// Notes that a person who is present became active or inactive.
    pub(crate) fn touch(&mut self, user: UserId) {
        if let Some(presences) = self.present.get(&user) {
            self.changed.insert(user, Arc::clone(&presences.person));
        }
    }

    /// Notes that a person types. Nothing for one who is not present.
    pub(crate) fn start_typing(&mut self, user: UserId, now: Instant) {
        let Some(presences) = self.present.get(&user) else { return };
        let until = now + TYPING_LASTS;
        if let Some(typing) = self.typing.iter_mut().find(|typing| typing.person.id == user) {
            typing.until = until;
        } else {
            self.typing.push(Typing { person: Arc::clone(&presences.person), until });
            self.typing_changed = true;
        }
    }

    /// Notes that a person does not type any more.
    pub(crate) fn stop_typing(&mut self, user: UserId) {
        let before = self.typing.len();
        self.typing.retain(|typing| typing.person.id != user);
        self.typing_changed |= self.typing.len() != before;
    }

    /// Whether there is something to tell now or, for those who type, later.
    pub(crate) fn is_busy(&self) -> bool {
        !self.changed.is_empty() || self.typing_changed || !self.typing.is_empty()
    }

    /// What is to be told now.
    pub(crate) fn signals(&mut self, room: &RoomSlug, now: Instant) -> Vec<Signal> {
        let before = self.typing.len();
        self.typing.retain(|typing| typing.until > now);
        let typing_changed = std::mem::take(&mut self.typing_changed) || self.typing.len() != before;
        let mut signals = Vec::new();
        if !self.changed.is_empty() {
            signals.push(self.presence_signal(room));
        }
        if typing_changed {
            let named = self.typing.iter().take(TYPISTS_NAMED);
            let users = named.map(|it| Typist { user: it.person.id, name: it.person.name() }).collect();
            let more = self.typing.len().saturating_sub(TYPISTS_NAMED) as u32;
            signals.push(Signal::Typing { room: room.clone(), users, more });
        }
        signals
    }

    fn presence_signal(&mut self, room: &RoomSlug) -> Signal {
        let changed = std::mem::take(&mut self.changed);
        let truncated = changed.len() > CHANGES_TOLD;
        let changes = changed.into_values().take(CHANGES_TOLD).map(|person| {
            let here = self.present.contains_key(&person.id);
            PresenceChange {
                user: person.user(),
                presence: if here { person.presence() } else { Presence::Offline },
            }
        });
        Signal::Presence { room: room.clone(), changes: changes.collect(), online: self.online(), truncated }
    }

    /// People present.
    pub(crate) fn online(&self) -> u32 {
        self.present.len() as u32
    }

    pub(crate) fn present(&self) -> impl Iterator<Item = &Arc<Person>> {
        self.present.values().map(|presences| &presences.person)
    }

    pub(crate) fn presence_of(&self, user: UserId) -> Presence {
        self.present.get(&user).map_or(Presence::Offline, |presences| presences.person.presence())
    }
}
