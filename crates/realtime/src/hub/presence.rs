//! Who is present where, and who types.

use super::Hub;
use crate::connection::Connection;
use crate::presence::Person;
use chinwag_core::domain::{Crowd, MOST_HERE, Member, Presence, RoomId, User, UserId, crowd_in};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::time::Instant;

impl Hub {
    /// Gives a person who is here a new name, and lets the person's rooms tell it.
    pub(super) fn renamed(&self, user: &User) {
        if let Some(person) = self.register.people.find(user.id)
            && person.rename(&user.name)
        {
            self.touch(&person);
            self.room_shared.own_news.note(user.id);
        }
    }

    /// Notes whether the person at a connection is active.
    pub fn set_away(&self, connection: &Connection, away: bool) {
        let before = connection.person.presence();
        connection.person.set_away(connection.id, away);
        self.presence_changed(&connection.person, before);
        self.room_shared.own_news.note(connection.user);
    }

    /// Lets the rooms of a person tell the new presence, if it is new.
    pub(super) fn presence_changed(&self, person: &Person, before: Presence) {
        if person.presence() != before {
            self.touch(person);
        }
    }

    /// Notes that the person at a connection types in a room. Nothing when the connection does not subscribe to it.
    pub fn typing(&self, connection: &Connection, room: RoomId) {
        if let Some(subscription) = self.subscription(connection, room) {
            subscription.room().note(|ephemeral| ephemeral.start_typing(connection.user, Instant::now()));
            self.room_shared.own_news.note_typing(room, connection.user, true);
        }
    }

    /// Notes that the person at a connection does not type in a room any more.
    pub fn stop_typing(&self, connection: &Connection, room: RoomId) {
        if let Some(subscription) = self.subscription(connection, room) {
            subscription.room().note(|ephemeral| ephemeral.stop_typing(connection.user));
            self.room_shared.own_news.note_typing(room, connection.user, false);
        }
    }

    /// Whether a person is at any device, of whatever node, and stirs there.
    #[must_use]
    pub fn is_active(&self, user: UserId) -> bool {
        let here = self.register.people.find(user).map(|person| person.presence());
        let elsewhere = || self.others.lock().person(user).map(|person| person.presence);
        here == Some(Presence::Online) || elsewhere() == Some(Presence::Online)
    }

    /// People present in a room.
    #[must_use]
    pub fn online(&self, room: RoomId) -> u32 {
        self.find_room(room).map_or_else(|| self.others.lock().online(room), |room| room.online())
    }

    /// Some of the people present in a room.
    #[must_use]
    pub fn present(&self, room: RoomId, limit: usize) -> Vec<Member> {
        let people = match self.find_room(room) {
            Some(room) => room.present(limit),
            None => self.elsewhere_in(room).take(limit).collect(),
        };
        people.iter().map(|person| person.member()).collect()
    }

    /// Those whom a text calls that mentions who is [present](Crowd::Here) in a room, at most [`MOST_HERE`].
    #[must_use]
    pub fn called(&self, room: RoomId, text: &str) -> Box<[UserId]> {
        match crowd_in(text) {
            Some(Crowd::Here) => self.present(room, MOST_HERE).iter().map(|member| member.user.id).collect(),
            Some(Crowd::Room) | None => Box::default(),
        }
    }

    /// Some of the people who are present in a room by another protocol than the native one: most are members of none.
    #[must_use]
    pub fn not_native(&self, room: RoomId, limit: usize) -> Vec<Member> {
        let people = match self.find_room(room) {
            Some(room) => room.not_native(limit),
            None => self.elsewhere_in(room).filter(|it| it.via().is_some()).take(limit).collect(),
        };
        people.iter().map(|person| person.member()).collect()
    }

    /// Those who are present in a room, by name, at most [`PEOPLE_LISTED`](chinwag_core::chat::PEOPLE_LISTED).
    #[must_use]
    pub fn people(&self, room: RoomId) -> Vec<User> {
        self.find_room(room).map(|room| room.people()).unwrap_or_default()
    }

    /// Those other than `viewer` of whose presence the room was told, in the same way, and how many they are: whoever is told of the
    /// changes from now on knows everybody.
    #[must_use]
    pub fn known_people(&self, room: RoomId, viewer: UserId) -> (Vec<User>, u32) {
        self.find_room(room).map(|room| room.known_people(viewer)).unwrap_or_default()
    }

    /// A person in a room, with the presence there.
    #[must_use]
    pub fn member(&self, room: RoomId, user: User) -> Member {
        let present = match self.find_room(room) {
            Some(room) => room.find_present(user.id),
            None => self.elsewhere_in(room).find(|person| person.id == user.id),
        };
        present.map_or(Member { user, presence: Presence::Offline, via: None, role: None }, |person| {
            person.member()
        })
    }

    /// Lets the rooms where a person is present tell how the person is now.
    pub(super) fn touch(&self, person: &Person) {
        let mut rooms = HashMap::new();
        for connection in person.connections() {
            let subscriptions = self.room_shared.subscriptions.of(connection);
            rooms.extend(subscriptions.iter().map(|it| (it.room_id(), Arc::clone(it.room()))));
        }
        for room in rooms.into_values() {
            room.note(|ephemeral| ephemeral.touch(person.id));
        }
    }
}
