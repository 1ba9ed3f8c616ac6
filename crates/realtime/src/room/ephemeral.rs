use super::typing::Typing;
use crate::presence::Person;
use chinwag_core::domain::{Presence, RoomAddress, RoomId, Seq, UserId};
use chinwag_core::ports::{PresenceChange, Signal};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Changes of presence that one signal tells.
const CHANGES_TOLD: usize = 100;
/// From one list of all people to the next.
const LIST_EVERY: Duration = Duration::from_millis(500);

/// Who is present in a room and who is typing, with what of it has to be told. A pure structure behind the room's lock.
#[derive(Default)]
pub(crate) struct Ephemeral {
    present: HashMap<UserId, Presences>,
    /// People whose presence may have changed since the last signal. Their state is looked up when the signal is made, so
    /// that it is right in whatever order the changes came.
    changed: HashMap<UserId, Changed>,
    /// Changes that came about up to now.
    changes: u64,
    typing: Typing,
    /// How far people have read since that was told last.
    seen: HashMap<UserId, Seq>,
    /// Those present who came by another protocol than the native one.
    came_by_other: HashSet<UserId>,
    /// Subscriptions whose clients are told everybody's name.
    listing: u32,
    listed_at: Option<Instant>,
    /// Whether something waits for the next tick at the latest.
    tick_expected: bool,
    /// Whether the room stands on the list of those that tick next.
    pub(crate) is_waiting: bool,
}

struct Presences {
    person: Arc<Person>,
    subscriptions: u32,
    /// What the room was told last.
    told: Presence,
}

struct Changed {
    person: Arc<Person>,
    /// What the room was told last.
    before: Presence,
    /// The number of this change among all.
    number: u64,
}

impl Ephemeral {
    /// Notes one more subscription of a person, by which protocol it is when not by the native one, and whether its client is told
    /// everybody's name.
    pub(crate) fn enter(&mut self, person: &Arc<Person>, via: Option<&'static str>, lists_people: bool) {
        self.listing += u32::from(lists_people);
        if via.is_some() {
            self.came_by_other.insert(person.id);
        }
        // For the room, one who left and came back within a tick was there all the time.
        let told = self.changed.get(&person.id).map_or(Presence::Offline, |changed| changed.before);
        let presences = self.present.entry(person.id).or_insert_with(|| Presences {
            person: Arc::clone(person),
            subscriptions: 0,
            told,
        });
        presences.subscriptions += 1;
        // A person who came back has a new record; the old one may stand here still.
        let is_new = !Arc::ptr_eq(&presences.person, person);
        if is_new {
            presences.person = Arc::clone(person);
        }
        if is_new || presences.subscriptions == 1 {
            self.touch(person.id);
            self.came_about(person.id);
        }
    }

    /// Notes that a person is present of whom nobody is to be told: whoever comes finds the person here.
    pub(crate) fn take_in(&mut self, person: &Arc<Person>) {
        if person.via().is_some() {
            self.came_by_other.insert(person.id);
        }
        let known = Presences { person: Arc::clone(person), subscriptions: 1, told: person.presence() };
        self.present.insert(person.id, known);
    }

    /// Notes that a client which is counted speaks another protocol, and whether it was and is told everybody's name.
    pub(crate) fn change_protocol(
        &mut self,
        user: UserId,
        via: Option<&'static str>,
        (listed, lists_people): (bool, bool),
    ) {
        if via.is_some() {
            self.came_by_other.insert(user);
        }
        self.listing -= u32::from(listed);
        self.listing += u32::from(lists_people);
    }

    /// Takes back one [`enter`](Self::enter).
    pub(crate) fn exit(&mut self, user: UserId, lists_people: bool) {
        self.listing -= u32::from(lists_people);
        let Some(presences) = self.present.get_mut(&user) else { return };
        presences.subscriptions -= 1;
        if presences.subscriptions == 0
            && let Some(gone) = self.present.remove(&user)
        {
            self.changed.entry(user).or_insert(Changed { person: gone.person, before: gone.told, number: 0 });
            self.came_about(user);
            self.came_by_other.remove(&user);
            self.typing.stop(user);
        }
    }

    /// Notes that a person who is present came, changed the name, or became active or inactive.
    pub(crate) fn touch(&mut self, user: UserId) {
        let Some(presences) = self.present.get(&user) else { return };
        let (person, before) = (&presences.person, presences.told);
        let changed = self.changed.entry(user).or_insert_with(|| Changed {
            person: Arc::clone(person),
            before,
            number: 0,
        });
        changed.person = Arc::clone(person);
        // Who came in this tick is new to those only who were there before, whatever else changed since.
        if before != Presence::Offline {
            self.came_about(user);
        }
    }

    /// Makes a person's change the latest.
    fn came_about(&mut self, user: UserId) {
        self.changes += 1;
        if let Some(changed) = self.changed.get_mut(&user) {
            changed.number = self.changes;
        }
    }

    /// Notes that a person types. Nothing for one who is not present.
    pub(crate) fn start_typing(&mut self, user: UserId, now: Instant) {
        if let Some(presences) = self.present.get(&user) {
            self.typing.start(&presences.person, now);
        }
    }

    /// Notes that a person does not type any more.
    pub(crate) fn stop_typing(&mut self, user: UserId) {
        self.typing.stop(user);
    }

    /// Notes how far a person has read.
    pub(crate) fn saw(&mut self, user: UserId, seq: Seq) {
        self.seen.insert(user, seq);
    }

    /// Notes that something waits for the next tick at the latest.
    pub(crate) fn expect_tick(&mut self) {
        self.tick_expected = true;
    }

    /// Answers whether something may wait for this tick.
    pub(crate) fn begin_tick(&mut self) -> bool {
        std::mem::take(&mut self.tick_expected)
    }

    /// Whether there is something to tell now or later.
    pub(crate) fn is_busy(&self) -> bool {
        self.tick_expected || !self.changed.is_empty() || self.typing.is_busy() || !self.seen.is_empty()
    }

    /// What is to be told now.
    pub(crate) fn signals(&mut self, room: &RoomAddress, now: Instant) -> Vec<Signal> {
        let list_is_due = self.listing == 0 || self.listed_at.is_none_or(|listed| now >= listed + LIST_EVERY);
        let presence = (list_is_due && !self.changed.is_empty()).then(|| self.presence_signal(room, now));
        presence.into_iter().chain(self.typing.signal(room, now)).chain(self.seen_signal(room.id)).collect()
    }

    fn seen_signal(&mut self, room: RoomId) -> Option<Signal> {
        let mut reads: Vec<_> = self.seen.drain().collect();
        reads.sort_unstable();
        (!reads.is_empty()).then_some(Signal::Seen { room, reads })
    }

    fn presence_signal(&mut self, room: &RoomAddress, now: Instant) -> Signal {
        let mut changed: Vec<_> = std::mem::take(&mut self.changed).into_values().collect();
        changed.sort_unstable_by_key(|changed| changed.number);
        let truncated = changed.len() > CHANGES_TOLD;
        let changes = changed.into_iter().map(|Changed { person, before, number: _ }| {
            let presence = self.present.get_mut(&person.id).map_or(Presence::Offline, Presences::tell);
            PresenceChange { user: person.user(), before, presence, via: person.via() }
        });
        // All of them, since all count as told; then the first few.
        let mut changes: Vec<_> = changes.collect();
        changes.truncate(CHANGES_TOLD);
        let people = if self.listing == 0 {
            Arc::default()
        } else {
            self.listed_at = Some(now);
            Person::list(self.present()).into()
        };
        Signal::Presence { room: room.clone(), online: self.online(), changes, truncated, people }
    }

    /// People present.
    pub(crate) fn online(&self) -> u32 {
        self.present.len() as u32
    }

    pub(crate) fn present(&self) -> impl Iterator<Item = &Arc<Person>> {
        self.present.values().map(|presences| &presences.person)
    }

    /// Those present whom no native connection shows.
    pub(crate) fn not_native(&self) -> impl Iterator<Item = &Arc<Person>> {
        let people = self.came_by_other.iter().filter_map(|user| self.find_present(*user));
        people.filter(|person| person.via().is_some())
    }

    /// Those of whom the room was told that they are present, and not yet that they are not.
    pub(crate) fn known(&self) -> impl Iterator<Item = &Arc<Person>> {
        let here = self.present.values().filter(|presences| presences.told != Presence::Offline);
        let left = self.changed.iter().filter(|(user, changed)| {
            changed.before != Presence::Offline && !self.present.contains_key(user)
        });
        here.map(|presences| &presences.person).chain(left.map(|(_, changed)| &changed.person))
    }

    pub(crate) fn find_present(&self, user: UserId) -> Option<&Arc<Person>> {
        self.present.get(&user).map(|presences| &presences.person)
    }
}

impl Presences {
    /// The state to tell now, which is remembered as told.
    fn tell(&mut self) -> Presence {
        match self.person.presence() {
            Presence::Offline => {
                // The last connection is just ending. What follows is the exit, which tells it.
            }
            presence @ (Presence::Online | Presence::Away) => self.told = presence,
        }
        self.told
    }
}
