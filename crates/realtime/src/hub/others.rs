//! What the other nodes tell of their people, and what they are told of ours.

use super::Hub;
use crate::presence::{Change, Elsewhere, Others, Person, There};
use chinwag_core::domain::{NodeId, RoomId, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews};
use parking_lot::MutexGuard;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::time::Instant;

/// People in one piece of news.
const TOLD_AT_ONCE: usize = 256;

impl Hub {
    /// Takes what another node tells of its people.
    pub(super) fn take_presence_of(&self, node: NodeId, news: PresenceNews) {
        if let PresenceNews::Typing { room, user, types } = news {
            self.note_typing_elsewhere(room, user, types);
            return;
        }
        let mut others = self.others.lock();
        let changes = others.take(node, news);
        self.apply(&others, changes);
    }

    /// Lets the people of all nodes go that have no lease any more.
    pub(super) fn keep_people_of(&self, live: &[NodeId]) {
        let mut others = self.others.lock();
        let changes = others.keep(live);
        self.apply(&others, changes);
    }

    fn apply(&self, others: &MutexGuard<'_, Others>, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Person(user) => {
                    let elsewhere = others.person(user);
                    let known = self.register.people.find(user);
                    let there = elsewhere.map(|elsewhere| self.there(elsewhere));
                    self.register.people.set_elsewhere(user, there);
                    if let Some(person) = known.or_else(|| self.register.people.find(user)) {
                        self.touch(&person);
                        for room in others.rooms_of(user).into_iter().filter_map(|room| self.find_room(room))
                        {
                            room.note(|ephemeral| ephemeral.touch(user));
                        }
                    }
                }
                Change::Came(room, user) => {
                    if let Some(room) = self.find_room(room)
                        && let Some(person) = self.register.people.find(user)
                    {
                        room.note(|ephemeral| ephemeral.enter(&person, person.via(), false));
                    }
                }
                Change::Left(room, user) => {
                    if let Some(room) = self.find_room(room) {
                        room.note(|ephemeral| ephemeral.exit(user, false));
                    }
                }
            }
        }
    }

    /// To how many nodes a person is connected, this one always among them.
    #[must_use]
    pub fn nodes_of(&self, user: UserId) -> u32 {
        self.others.lock().nodes_of(user).saturating_add(1)
    }

    fn there(&self, elsewhere: Elsewhere) -> (chinwag_core::domain::User, There) {
        let Elsewhere { user, presence, via } = elsewhere;
        // A protocol that this version does not know is shown as one of those that it does.
        let via = via.and_then(|via| self.room_shared.encoders.via_named(&via));
        (user, There { presence, via })
    }

    fn note_typing_elsewhere(&self, room: RoomId, user: UserId, types: bool) {
        if let Some(room) = self.find_room(room) {
            room.note(|ephemeral| {
                if types {
                    ephemeral.start_typing(user, Instant::now());
                } else {
                    ephemeral.stop_typing(user);
                }
            });
        }
    }

    /// Who is present on other nodes in a room that nobody subscribes to here.
    pub(super) fn elsewhere_in(&self, room: RoomId) -> impl Iterator<Item = Arc<Person>> {
        let users: Vec<_> = self.others.lock().in_room(room).collect();
        users.into_iter().filter_map(|user| self.register.people.find(user))
    }

    /// What changed of our people since this was asked last.
    pub(super) fn own_news(&self) -> (Vec<PresenceNews>, bool) {
        let news = self.room_shared.own_news.take();
        let (mut changed, mut gone) = (Vec::new(), Vec::new());
        for user in news.people {
            match self.register.people.find(user).and_then(|person| self.as_told(&person)) {
                Some(person) => changed.push(person),
                None => gone.push(user),
            }
        }
        let changed = changed.chunks(TOLD_AT_ONCE).map(|people| PresenceNews::Changed(people.to_vec()));
        let gone = gone.chunks(TOLD_AT_ONCE).map(|users| PresenceNews::Gone(users.to_vec()));
        let typing = news.typing.into_iter();
        let typing = typing.map(|((room, user), types)| PresenceNews::Typing { room, user, types });
        (changed.chain(gone).chain(typing).collect(), news.is_everybody)
    }

    /// The next of our people behind this number.
    pub(super) fn people_after(&self, after: UserId, limit: usize) -> (Vec<PersonThere>, UserId) {
        let people = self.register.people.here_after(after, limit);
        let until = people.last().filter(|_| people.len() == limit).map_or(UserId(i64::MAX), |last| last.id);
        (people.iter().filter_map(|person| self.as_told(person)).collect(), until)
    }

    /// One of our people as the other nodes are told. None for one who has no connection to this node.
    fn as_told(&self, person: &Person) -> Option<PersonThere> {
        let There { presence, via } = person.here()?;
        let mut rooms = BTreeSet::new();
        for connection in person.connections() {
            let subscriptions = self.room_shared.subscriptions.of(connection);
            rooms.extend(subscriptions.iter().filter(|it| it.is_shown()).map(|it| it.room_id()));
        }
        let via = via.map(str::to_owned);
        Some(PersonThere { user: person.user(), presence, via, rooms: rooms.into_iter().collect() })
    }
}
