use super::Person;
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
        self.by_id.lock().keys().copied().collect()
    }
}
