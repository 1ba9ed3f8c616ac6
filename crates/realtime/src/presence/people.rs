use super::Person;
use super::person::There;
use chinwag_core::domain::{ConnectionId, User, UserId};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Everyone who has a connection.
#[derive(Default)]
pub(crate) struct People {
    by_id: Mutex<HashMap<UserId, Arc<Person>>>,
}

impl People {
    /// Notes a new connection of a person, under one lock with the look for the person, so that there is one record of each.
    pub(crate) fn connect(
        &self,
        user: User,
        connection: ConnectionId,
        via: Option<&'static str>,
    ) -> Arc<Person> {
        let mut by_id = self.by_id.lock();
        let person = by_id.entry(user.id).or_insert_with(|| Arc::new(Person::new(user)));
        person.connect(connection, via);
        Arc::clone(person)
    }

    /// Notes how a person is connected to other nodes, under the name that is known there unless the person is here, too.
    pub(crate) fn set_elsewhere(&self, user: UserId, elsewhere: Option<(User, There)>) {
        let mut by_id = self.by_id.lock();
        match elsewhere {
            Some((user, there)) => {
                let name = user.name.clone();
                let person = by_id.entry(user.id).or_insert_with(|| Arc::new(Person::new(user)));
                if !person.is_here() {
                    person.rename(&name);
                }
                person.set_elsewhere(Some(there));
            }
            None => {
                if by_id.get(&user).is_some_and(|person| !person.set_elsewhere(None)) {
                    by_id.remove(&user);
                }
            }
        }
    }

    /// The next people with a connection to this node behind a number, in the order of their numbers.
    pub(crate) fn here_after(&self, after: UserId, limit: usize) -> Vec<Arc<Person>> {
        let by_id = self.by_id.lock();
        let mut people: Vec<_> = by_id.values().filter(|it| it.id > after && it.is_here()).cloned().collect();
        drop(by_id);
        people.sort_unstable_by_key(|person| person.id);
        people.truncate(limit);
        people
    }

    pub(crate) fn find(&self, user: UserId) -> Option<Arc<Person>> {
        self.by_id.lock().get(&user).cloned()
    }

    /// Forgets a connection of a person, and the person with the last one.
    pub(crate) fn disconnect(&self, person: &Person, connection: ConnectionId) {
        let mut by_id = self.by_id.lock();
        if person.disconnect(connection) {
            by_id.remove(&person.id);
        }
    }

    /// Everyone here now.
    pub(crate) fn ids(&self) -> Vec<UserId> {
        self.by_id.lock().values().filter(|person| person.is_here()).map(|person| person.id).collect()
    }
}
