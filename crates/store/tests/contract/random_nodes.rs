//! The random script with two nodes on one database: in turns, and at once. `CHINWAG_SEED` makes the same choices again; what happens at once
//! may meet in another order then.

use crate::random::{Script, seeded};
use crate::world::{World, block_on, name, new_message, new_room, rooms_within};
use chinwag_core::domain::{Actor, EventBody, MemberChange, MemberEvent, Refusal, RoomEvent, RoomId, Seq};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

fn two() -> Vec<World> {
    let first = World::node_on(chinwag_fixtures::database());
    let second = first.another_node();
    vec![first, second]
}

#[test]
fn a_random_script_on_two_nodes_agrees_with_the_model() {
    block_on(Script::run(two(), 300, 0.0));
}

#[test]
fn a_random_script_on_two_nodes_of_which_one_restarts_agrees_with_the_model() {
    block_on(Script::run(two(), 200, 0.02));
}

const PEOPLE: usize = 8;
const STEPS: usize = 120;
const ROOMS: [&str; 4] = ["general", "tech", "tea", "coffee"];
const NAMES: [&str; 6] = ["Alex", "Sam", "Zoë", "Bo", "Kim", "Ann"];

/// What people were told of their messages: who, the client id, and where it is.
type Acked = BTreeMap<(i64, String), (RoomId, Seq)>;

/// Everybody does one thing after the other, now at this node and now at that one, and all do so at once.
#[test]
fn two_nodes_at_once_lose_nothing_and_store_nothing_twice() {
    block_on(async {
        let nodes = two();
        let mut random = seeded();
        let acked = Mutex::new(Acked::new());
        let rooms = Mutex::new(vec![RoomId(1), RoomId(2), RoomId(3)]);
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let actor = nodes[number % 2].guest(&format!("Person {number}")).await;
            let person = Person { actor, nodes: &nodes, rooms: &rooms, acked: &acked };
            people.push((person, StdRng::seed_from_u64(random.random())));
        }
        let actors: Vec<_> = people.iter().map(|(person, _)| person.actor).collect();
        join_all(people.into_iter().map(|(person, random)| person.act(random))).await;
        let rooms = rooms.into_inner().unwrap();
        let mut stored = Acked::new();
        for room in rooms {
            let log = nodes[0].log(room).await;
            assert_eq!(nodes[1].log(room).await, log, "both nodes read the same");
            check_published(&nodes, room, &log);
            check_members(&nodes, &actors, room, &log).await;
            for event in &log {
                if let Some(content) = posted(event) {
                    let before = stored.insert((event.actor.0, content.to_owned()), (room, event.seq));
                    assert_eq!(before, None, "stored twice: {event:?}");
                }
            }
        }
        assert!(stored.len() > PEOPLE * STEPS / 10, "hardly anything was written");
        assert_eq!(stored, acked.into_inner().unwrap(), "what is stored is what was acknowledged");
    });
}

/// Each event was published by one node, once, and by each node in order of the room.
fn check_published(nodes: &[World], room: RoomId, log: &[RoomEvent]) {
    assert!(log.iter().map(|event| event.seq.0).eq(1..=log.len().try_into().unwrap()), "{room}: {log:#?}");
    let logs = nodes.iter().map(|node| node.broker.log(room));
    let mut published: Vec<_> = logs.flatten().map(|event| unnamed(&event)).collect();
    published.sort_by_key(|event| event.seq);
    assert_eq!(published, log.iter().map(unnamed).collect::<Vec<_>>(), "{room}");
}

/// Who is a member is who the log says it is.
async fn check_members(nodes: &[World], actors: &[Actor], room: RoomId, log: &[RoomEvent]) {
    let mut expected = BTreeSet::new();
    for event in log {
        if let EventBody::Member(MemberEvent { subject, change, .. }) = &event.body {
            match change {
                MemberChange::Joined => assert!(expected.insert(*subject), "joined twice: {event:?}"),
                MemberChange::Left | MemberChange::Removed { .. } => {
                    assert!(expected.remove(subject), "left twice: {event:?}")
                }
                MemberChange::Renamed { .. } | MemberChange::RoleChanged { .. } => {
                    assert!(expected.contains(subject), "{event:?}")
                }
                MemberChange::Banned { .. }
                | MemberChange::Unbanned
                | MemberChange::Muted { .. }
                | MemberChange::Unmuted => panic!("nobody here keeps order: {event:?}"),
            }
        }
    }
    let Some(member) = actors.iter().find(|actor| expected.contains(&actor.user)) else { return };
    for node in nodes {
        let members = node.store().members(member.user, room, None, 100).await.unwrap();
        let ids: BTreeSet<_> = members.members.iter().map(|member| member.id).collect();
        assert_eq!((&ids, members.count), (&expected, expected.len() as u64), "{room}");
    }
}

fn posted(event: &RoomEvent) -> Option<&str> {
    match &event.body {
        EventBody::Message(message) => message.posted().map(|content| content.client_id.as_str()),
        EventBody::Member(_) | EventBody::Room(_) => None,
    }
}

/// An event without the names of people: a log that is read later tells the names that they have then.
fn unnamed(event: &RoomEvent) -> RoomEvent {
    let mut event = RoomEvent { name: String::new(), ..event.clone() };
    if let EventBody::Member(member) = &mut event.body {
        member.subject_name.clear();
    }
    event
}

struct Person<'a> {
    actor: Actor,
    nodes: &'a [World],
    rooms: &'a Mutex<Vec<RoomId>>,
    acked: &'a Mutex<Acked>,
}

impl Person<'_> {
    async fn act(self, mut random: StdRng) {
        for step in 0..STEPS {
            let node = self.nodes.choose(&mut random).unwrap();
            let room = self.rooms.lock().unwrap().choose(&mut random).copied().unwrap();
            let done = match random.random_range(0..100) {
                0..3 => self.make_room(node, ROOMS.choose(&mut random).unwrap()).await,
                3..8 => {
                    let new = name(NAMES.choose(&mut random).unwrap());
                    node.store().rename(self.actor, new).await.map(drop)
                }
                8..25 => node.store().join(self.actor, room.into(), 100, 50, 100).await.map(drop),
                25..32 => node.store().leave(self.actor, room).await.map(drop),
                32..42 => {
                    let seq = Seq(random.random_range(0..60));
                    node.store().mark_read(self.actor, room, seq).await
                }
                42..60 => self.say_twice(room, &step.to_string()).await,
                // Mostly something new, sometimes what was said before.
                _ => {
                    let id = random.random_range(step / 2..=step).to_string();
                    self.say(node, room, &id).await
                }
            };
            if let Err(refusal) = done {
                let expected = matches!(
                    refusal,
                    Refusal::NotMember
                        | Refusal::NameTaken(_)
                        | Refusal::RoomExists(_)
                        | Refusal::ClientIdReused
                );
                assert!(expected, "{refusal:?}");
            }
        }
    }

    async fn make_room(&self, node: &World, address: &str) -> Result<(), Refusal> {
        let created = node.store().create_room(self.actor, new_room(address), rooms_within(100)).await?;
        self.rooms.lock().unwrap().push(created.id);
        Ok(())
    }

    async fn say(&self, node: &World, room: RoomId, id: &str) -> Result<(), Refusal> {
        let said = node.store().append_message(self.actor, new_message(room, id, id)).await?;
        let key = (self.actor.user.0, id.to_owned());
        let first = *self.acked.lock().unwrap().entry(key).or_insert((said.room, said.seq));
        assert_eq!(first, (said.room, said.seq), "the same message at another place");
        Ok(())
    }

    /// The same message at both nodes at once, as a client does whose connection broke.
    async fn say_twice(&self, room: RoomId, id: &str) -> Result<(), Refusal> {
        let said = join_all(self.nodes.iter().map(|node| self.say(node, room, id))).await;
        let mut said = said.into_iter();
        let (one, other) = (said.next().unwrap(), said.next().unwrap());
        assert_eq!(one, other);
        one
    }
}
