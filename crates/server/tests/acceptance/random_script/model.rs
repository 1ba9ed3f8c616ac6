use crate::support::Stored;
use std::collections::{BTreeMap, BTreeSet};

/// What the rooms should be: as simple as can be, and without any network.
pub(crate) struct Model {
    rooms: BTreeMap<&'static str, Room>,
    /// People's ids, and their names once they have changed.
    people: Vec<(i64, Option<String>)>,
}

#[derive(Default)]
struct Room {
    log: Vec<Stored>,
    members: BTreeSet<usize>,
}

impl Model {
    pub(crate) fn new(rooms: &[&'static str], people: Vec<i64>) -> Self {
        let rooms = rooms.iter().map(|room| (*room, Room::default())).collect();
        Self { rooms, people: people.into_iter().map(|id| (id, None)).collect() }
    }

    pub(crate) fn join(&mut self, person: usize, room: &str) {
        if self.room(room).members.insert(person) {
            self.append(person, room, "memberJoined", None);
        }
    }

    pub(crate) fn leave(&mut self, person: usize, room: &str) {
        if self.room(room).members.remove(&person) {
            self.append(person, room, "memberLeft", None);
        }
    }

    /// The place of the message; `None` for one who is no member.
    pub(crate) fn send(&mut self, person: usize, room: &str, text: &str) -> Option<i64> {
        self.is_member(person, room).then(|| self.append(person, room, "message", Some(text)))
    }

    pub(crate) fn rename(&mut self, person: usize, name: &str) {
        self.people[person].1 = Some(name.to_owned());
        let rooms: Vec<_> = self.rooms.keys().copied().filter(|room| self.is_member(person, room)).collect();
        for room in rooms {
            self.append(person, room, "memberRenamed", None);
        }
    }

    pub(crate) fn is_member(&self, person: usize, room: &str) -> bool {
        self.rooms[room].members.contains(&person)
    }

    pub(crate) fn log(&self, room: &str) -> &[Stored] {
        &self.rooms[room].log
    }

    /// The members of a room: their names, once changed, by id.
    pub(crate) fn members(&self, room: &str) -> BTreeMap<i64, Option<&str>> {
        let members = self.rooms[room].members.iter().map(|person| &self.people[*person]);
        members.map(|(id, name)| (*id, name.as_deref())).collect()
    }

    fn append(&mut self, person: usize, room: &str, kind: &str, text: Option<&str>) -> i64 {
        let actor = self.people[person].0;
        let log = &mut self.room(room).log;
        let seq = log.len() as i64 + 1;
        // The scripts's messages have their text as client id.
        let message = text.map(|text| (text.replace(' ', "-"), text.to_owned()));
        log.push(Stored { seq, kind: kind.to_owned(), actor, message });
        seq
    }

    fn room(&mut self, room: &str) -> &mut Room {
        self.rooms.get_mut(room).unwrap()
    }
}
