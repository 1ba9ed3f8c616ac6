use chinwag_core::domain::{NodeId, Presence, RoomId, User, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Who is connected to the other nodes, as each of them tells it. What a node told falls with its lease. A pure structure behind the hub's
/// lock.
#[derive(Default)]
pub(crate) struct Others {
    nodes: HashMap<NodeId, BTreeMap<UserId, PersonThere>>,
    /// On how many nodes each person is present in a room.
    rooms: HashMap<RoomId, HashMap<UserId, u32>>,
}

/// What is different now for the people of this node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// A person's state or name may be another one.
    Person(UserId),
    /// A person is present in a room, who was there on no other node before.
    Came(RoomId, UserId),
    /// A person is present in a room on no other node any more.
    Left(RoomId, UserId),
}

/// A person over all other nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    pub(crate) user: User,
    pub(crate) presence: Presence,
    pub(crate) via: Option<String>,
}

impl Others {
    /// Takes what a node tells. What is not of people is not for here.
    pub(crate) fn take(&mut self, node: NodeId, news: PresenceNews) -> Vec<Change> {
        let mut changes = Vec::new();
        match news {
            PresenceNews::Changed(people) => {
                for person in people {
                    self.set(node, person.user.id, Some(person), &mut changes);
                }
            }
            PresenceNews::Gone(users) => {
                for user in users {
                    self.set(node, user, None, &mut changes);
                }
            }
            PresenceNews::Part { after, until, people } => {
                let mut told: BTreeMap<_, _> =
                    people.into_iter().map(|person| (person.user.id, person)).collect();
                told.retain(|user, _| after < *user && *user <= until);
                let known = self.nodes.get(&node).into_iter().flat_map(BTreeMap::keys);
                let within = known.filter(|user| after < **user && **user <= until).copied();
                for user in within.chain(told.keys().copied()).collect::<BTreeSet<_>>() {
                    self.set(node, user, told.remove(&user), &mut changes);
                }
            }
            PresenceNews::Typing { .. } | PresenceNews::Asked => {}
        }
        changes
    }

    /// Lets the parts of all nodes fall that have no lease any more.
    pub(crate) fn keep(&mut self, live: &[NodeId]) -> Vec<Change> {
        let mut changes = Vec::new();
        let gone: Vec<_> = self.nodes.keys().filter(|node| !live.contains(node)).copied().collect();
        for node in gone {
            let users: Vec<_> = self.nodes[&node].keys().copied().collect();
            for user in users {
                self.set(node, user, None, &mut changes);
            }
            self.nodes.remove(&node);
        }
        changes
    }

    /// Has a person connected to a node in this way, or not at all.
    fn set(&mut self, node: NodeId, user: UserId, there: Option<PersonThere>, changes: &mut Vec<Change>) {
        let people = self.nodes.entry(node).or_default();
        let rooms: HashSet<_> = there.iter().flat_map(|person| person.rooms.iter().copied()).collect();
        let before = match there {
            Some(person) if people.get(&user) == Some(&person) => return,
            Some(person) => people.insert(user, person),
            None => people.remove(&user),
        };
        if people.is_empty() {
            self.nodes.remove(&node);
        }
        let rooms_before: HashSet<_> =
            before.iter().flat_map(|person| person.rooms.iter().copied()).collect();
        changes.push(Change::Person(user));
        for room in rooms.difference(&rooms_before) {
            let nodes = self.rooms.entry(*room).or_default().entry(user).or_default();
            *nodes += 1;
            if *nodes == 1 {
                changes.push(Change::Came(*room, user));
            }
        }
        for room in rooms_before.difference(&rooms) {
            if self.leave(*room, user) {
                changes.push(Change::Left(*room, user));
            }
        }
    }

    /// Takes one node's presence of a person out of a room. Answers whether it was the last one.
    fn leave(&mut self, room: RoomId, user: UserId) -> bool {
        let Some(people) = self.rooms.get_mut(&room) else { return false };
        let Some(nodes) = people.get_mut(&user) else { return false };
        *nodes -= 1;
        if *nodes > 0 {
            return false;
        }
        people.remove(&user);
        if people.is_empty() {
            self.rooms.remove(&room);
        }
        true
    }

    /// A person over all other nodes: online when any says so, native when any connection is. None for one who is on none of them.
    pub(crate) fn person(&self, user: UserId) -> Option<Elsewhere> {
        let mut parts = self.nodes.values().filter_map(|people| people.get(&user));
        let first = parts.next()?;
        let mut person =
            Elsewhere { user: first.user.clone(), presence: first.presence, via: first.via.clone() };
        for part in parts {
            if part.presence == Presence::Online {
                person.presence = Presence::Online;
            }
            if part.via.is_none() {
                person.via = None;
            }
        }
        Some(person)
    }

    /// Who is present in a room on other nodes.
    pub(crate) fn in_room(&self, room: RoomId) -> impl Iterator<Item = UserId> {
        self.rooms.get(&room).into_iter().flat_map(|people| people.keys().copied())
    }

    /// The rooms in which a person is present on other nodes.
    pub(crate) fn rooms_of(&self, user: UserId) -> BTreeSet<RoomId> {
        let parts = self.nodes.values().filter_map(|people| people.get(&user));
        parts.flat_map(|part| part.rooms.iter().copied()).collect()
    }

    /// How many are present in a room on other nodes.
    pub(crate) fn online(&self, room: RoomId) -> u32 {
        self.rooms.get(&room).map_or(0, |people| u32::try_from(people.len()).unwrap_or(u32::MAX))
    }

    /// On how many other nodes a person is.
    pub(crate) fn nodes_of(&self, user: UserId) -> u32 {
        let nodes = self.nodes.values().filter(|people| people.contains_key(&user)).count();
        u32::try_from(nodes).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
