use chinwag_core::chat::PEOPLE_LISTED;
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{AccountKind, ConnectionId, Ending, Member, Presence, User, UserId};
use parking_lot::{Mutex, RwLock};
use std::sync::Arc;

/// A person with connections. Shared by them and by the rooms in which the person is present.
pub(crate) struct Person {
    pub(crate) id: UserId,
    kind: AccountKind,
    role: ServerRole,
    name: RwLock<String>,
    devices: Mutex<Devices>,
}

#[derive(Default)]
struct Devices {
    connected: Vec<Device>,
    /// The protocol by which the person is connected, none for the native one; stays when the last connection ends, so that the
    /// leaving can be told.
    via: Option<&'static str>,
    /// How the person is connected to other nodes.
    elsewhere: Option<There>,
}

/// How a person is connected to all other nodes together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct There {
    pub(crate) presence: Presence,
    pub(crate) via: Option<&'static str>,
}

/// What one connection says of its person.
struct Device {
    connection: ConnectionId,
    via: Option<&'static str>,
    /// Whether nobody has touched the device for a while, as the client tells.
    away: bool,
}

impl Devices {
    fn find(&mut self, connection: ConnectionId) -> Option<&mut Device> {
        self.connected.iter_mut().find(|device| device.connection == connection)
    }

    /// Online when any connection is active, away when none is, nothing when there is none.
    fn presence(&self) -> Option<Presence> {
        let first = self.connected.first()?;
        let is_away = first.away && self.connected.iter().all(|device| device.away);
        Some(if is_away { Presence::Away } else { Presence::Online })
    }

    /// One native connection makes a person native: it shows and hears everything.
    fn note_via(&mut self) {
        let elsewhere = self.elsewhere.iter().map(|there| there.via);
        let mut vias = self.connected.iter().map(|device| device.via).chain(elsewhere);
        if let Some(first) = vias.next() {
            self.via = if vias.any(|via| via.is_none()) { None } else { first };
        }
    }
}

impl Person {
    pub(super) fn new(user: User) -> Self {
        let User { id, name, kind, role } = user;
        Self { id, kind, role, name: RwLock::new(name), devices: Mutex::default() }
    }

    pub(super) fn connect(&self, connection: ConnectionId, via: Option<&'static str>) {
        let mut devices = self.devices.lock();
        // Most people have one.
        devices.connected.reserve_exact(1);
        devices.connected.push(Device { connection, via, away: false });
        devices.note_via();
    }

    /// Answers whether it was the last one, and the person is on no other node.
    pub(super) fn disconnect(&self, connection: ConnectionId) -> bool {
        let mut devices = self.devices.lock();
        devices.connected.retain(|device| device.connection != connection);
        devices.note_via();
        devices.connected.is_empty() && devices.elsewhere.is_none()
    }

    /// Notes how the person is connected to other nodes. Answers whether the person is connected to any, this one included.
    pub(super) fn set_elsewhere(&self, there: Option<There>) -> bool {
        let mut devices = self.devices.lock();
        devices.elsewhere = there;
        devices.note_via();
        there.is_some() || !devices.connected.is_empty()
    }

    /// Whether the person has a connection to this node.
    pub(crate) fn is_here(&self) -> bool {
        !self.devices.lock().connected.is_empty()
    }

    /// How the person is connected to this node alone.
    pub(crate) fn here(&self) -> Option<There> {
        let devices = self.devices.lock();
        let presence = devices.presence()?;
        let mut vias = devices.connected.iter().map(|device| device.via);
        let first = vias.next()?;
        let via = if vias.any(|via| via.is_none()) { None } else { first };
        Some(There { presence, via })
    }

    /// Notes that a connection speaks another protocol from now on.
    pub(crate) fn set_via(&self, connection: ConnectionId, via: Option<&'static str>) {
        let mut devices = self.devices.lock();
        if let Some(device) = devices.find(connection) {
            device.via = via;
        }
        devices.note_via();
    }

    /// Notes whether the person at a connection is active.
    pub(crate) fn set_away(&self, connection: ConnectionId, away: bool) {
        if let Some(device) = self.devices.lock().find(connection) {
            device.away = away;
        }
    }

    /// Online when any connection is active, away when none is.
    pub(crate) fn presence(&self) -> Presence {
        let devices = self.devices.lock();
        let elsewhere = devices.elsewhere.map(|there| there.presence);
        match (devices.presence(), elsewhere) {
            (None, None) => Presence::Offline,
            (Some(Presence::Online), _) | (_, Some(Presence::Online)) => Presence::Online,
            (Some(_), _) | (_, Some(_)) => Presence::Away,
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

    /// Whether this ends the person's right to hear a room.
    pub(crate) fn is_ended_by(&self, ending: Ending) -> bool {
        ending.concerns(self.id, self.kind)
    }

    pub(crate) fn user(&self) -> User {
        User { id: self.id, name: self.name(), kind: self.kind, role: self.role }
    }

    pub(crate) fn via(&self) -> Option<&'static str> {
        self.devices.lock().via
    }

    pub(crate) fn member(&self) -> Member {
        Member { user: self.user(), presence: self.presence(), via: self.via(), role: None }
    }

    pub(crate) fn connections(&self) -> Vec<ConnectionId> {
        self.devices.lock().connected.iter().map(|device| device.connection).collect()
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
