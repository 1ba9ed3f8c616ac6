use crate::connection::Connection;
use chinwag_core::domain::{Member, Presence, User, UserId};
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Everyone who has a connection.
#[derive(Default)]
pub(crate) struct People {
    by_id: Mutex<HashMap<UserId, Arc<Person>>>,
}

/// A person with connections. Shared by them and by the rooms in which the person is present.
pub(crate) struct Person {
    pub(crate) id: UserId,
    guest: bool,
    name: RwLock<String>,
    connections: Mutex<Vec<Arc<Connection>>>,
}

impl People {
    /// Adds the connection that `make` makes for its person, under one lock, so that there is one record of each person.
    pub(crate) fn add(
        &self,
        user: User,
        make: impl FnOnce(Arc<Person>) -> Arc<Connection>,
    ) -> Arc<Connection> {
        let mut by_id = self.by_id.lock();
        let person = by_id.entry(user.id).or_insert_with(|| {
            let User { id, name, guest } = user;
            Arc::new(Person { id, guest, name: RwLock::new(name), connections: Mutex::default() })
        });
        let connection = make(Arc::clone(person));
        person.connections.lock().push(Arc::clone(&connection));
        connection
    }

    pub(crate) fn find(&self, user: UserId) -> Option<Arc<Person>> {
        self.by_id.lock().get(&user).cloned()
    }

    pub(crate) fn remove(&self, connection: &Connection) {
        let mut by_id = self.by_id.lock();
        let mut connections = connection.person.connections.lock();
        connections.retain(|other| other.id != connection.id);
        if connections.is_empty() {
            by_id.remove(&connection.user);
        }
    }

    /// Everyone here now.
    pub(crate) fn ids(&self) -> Vec<UserId> {
        self.by_id.lock().keys().copied().collect()
    }
}

impl Person {
    /// Online when any connection is active, away when none is.
    pub(crate) fn presence(&self) -> Presence {
        let connections = self.connections.lock();
        if connections.is_empty() {
            Presence::Offline
        } else if connections.iter().all(|connection| connection.away.load(Ordering::Relaxed)) {
            Presence::Away
        } else {
            Presence::Online
        }
    }

    pub(crate) fn name(&self) -> String {
        self.name.read().clone()
    }

    pub(crate) fn rename(&self, name: &str) {
        name.clone_into(&mut self.name.write());
    }

    pub(crate) fn user(&self) -> User {
        User { id: self.id, name: self.name(), guest: self.guest }
    }

    pub(crate) fn member(&self) -> Member {
        Member { user: self.user(), presence: self.presence() }
    }

    pub(crate) fn connections(&self) -> Vec<Arc<Connection>> {
        self.connections.lock().clone()
    }
}
