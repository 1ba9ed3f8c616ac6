use crate::connection::Connection;
use chinwag_core::chat::PEOPLE_LISTED;
use chinwag_core::domain::{Member, Presence, User, UserId, Via};
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
    connected: Mutex<Connected>,
}

#[derive(Default)]
struct Connected {
    connections: Vec<Arc<Connection>>,
    /// How the person is connected; stays when the last connection ends, so that the leaving can be told.
    via: Via,
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
            Arc::new(Person { id, guest, name: RwLock::new(name), connected: Mutex::default() })
        });
        let connection = make(Arc::clone(person));
        let mut connected = person.connected.lock();
        connected.connections.push(Arc::clone(&connection));
        connected.note_via();
        connection
    }

    pub(crate) fn find(&self, user: UserId) -> Option<Arc<Person>> {
        self.by_id.lock().get(&user).cloned()
    }

    pub(crate) fn remove(&self, connection: &Connection) {
        let mut by_id = self.by_id.lock();
        let mut connected = connection.person.connected.lock();
        connected.connections.retain(|other| other.id != connection.id);
        connected.note_via();
        if connected.connections.is_empty() {
            by_id.remove(&connection.user);
        }
    }

    /// Everyone here now.
    pub(crate) fn ids(&self) -> Vec<UserId> {
        self.by_id.lock().keys().copied().collect()
    }
}

impl Connected {
    /// One native connection makes a person native: it shows and hears everything.
    fn note_via(&mut self) {
        let mut vias = self.connections.iter().map(|connection| connection.protocol().via());
        if let Some(first) = vias.next() {
            self.via = if vias.any(|via| via == Via::Native) { Via::Native } else { first };
        }
    }
}

impl Person {
    /// Online when any connection is active, away when none is.
    pub(crate) fn presence(&self) -> Presence {
        let connections = &self.connected.lock().connections;
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

    /// Answers whether the name is another one now.
    pub(crate) fn rename(&self, name: &str) -> bool {
        let mut own = self.name.write();
        let is_new = *own != name;
        name.clone_into(&mut own);
        is_new
    }

    pub(crate) fn user(&self) -> User {
        User { id: self.id, name: self.name(), guest: self.guest }
    }

    pub(crate) fn via(&self) -> Via {
        self.connected.lock().via
    }

    pub(crate) fn member(&self) -> Member {
        Member { user: self.user(), presence: self.presence(), via: self.via() }
    }

    pub(crate) fn connections(&self) -> Vec<Arc<Connection>> {
        self.connected.lock().connections.clone()
    }

    /// The first of these people by name, as many as are listed.
    pub(crate) fn list<'a>(people: impl Iterator<Item = &'a Arc<Self>>) -> Vec<User> {
        let keyed = |user: User| ((user.name.to_lowercase(), user.id), user);
        let mut people: Vec<_> = people.map(|person| keyed(person.user())).collect();
        // In a large room only those who are listed are worth sorting.
        if people.len() > PEOPLE_LISTED {
            people.select_nth_unstable_by(PEOPLE_LISTED, |(one, _), (other, _)| one.cmp(other));
            people.truncate(PEOPLE_LISTED);
        }
        people.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        people.into_iter().map(|(_, user)| user).collect()
    }
}
