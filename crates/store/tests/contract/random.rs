//! A long random script, each step compared with the model. `CHINWAG_SEED` replays one that failed.

use crate::model::{Change, Changed, Model, Room};
use crate::pins::pinning;
use crate::reactions::reacting;
use crate::world::{
    NO_ROOM, World, contract, deletion, edit, name, new_guest, new_message, new_room, rooms_within, slug,
    texts, title,
};
use chinwag_core::domain::{
    Actor, EventBody, InThread, MemberEvent, Message, MessageChanges, MessageContent, MessageEvent, Millis,
    PinChange, Reaction, ReactionChange, Refusal, RoomId, RoomReference, Seq, UserId, Window,
};
use chinwag_core::ports::{NewMessage, RoomUpdate};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

mod threads;

contract!(a_random_script_agrees_with_the_model);

mod with_restarts {
    crate::world::contract!(durable: a_random_script_with_restarts_agrees_with_the_model);

    async fn a_random_script_with_restarts_agrees_with_the_model(world: crate::world::World) {
        super::Script::run(vec![world], 300, 0.02).await;
    }
}

const NAMES: [&str; 7] = ["alex", "Alex", "ALEX", "Sam", "sam", "Zoë", "Bo"];
const ROOMS: [&str; 6] = ["general", "tech", "random", "tea", "coffee", "nowhere"];
const TITLES: [&str; 3] = ["Tea", "tea", "A room"];
const ROOM_LIMIT: usize = 3;

async fn a_random_script_agrees_with_the_model(world: World) {
    Script::run(vec![world], 500, 0.0).await;
}

pub(crate) struct Script {
    random: StdRng,
    /// The nodes on one database.
    nodes: Vec<World>,
    /// Which of them is asked at present.
    node: usize,
    model: Model,
    /// Those who signed out, too: late commands are part of life.
    actors: Vec<Actor>,
}

/// A random number generator that is the same for the same `CHINWAG_SEED`, which a test that fails has told.
pub(crate) fn seeded() -> StdRng {
    let seed = match std::env::var("CHINWAG_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::random(),
    };
    println!("CHINWAG_SEED={seed}");
    StdRng::seed_from_u64(seed)
}

impl Script {
    /// Each step at any of the nodes, and what it did seen from any of them. The last node is the one that may be opened again.
    pub(crate) async fn run(nodes: Vec<World>, steps: usize, restarts: f64) {
        let mut script =
            Self { random: seeded(), nodes, node: 0, model: Model::default(), actors: Vec::new() };
        script.begin().await;
        for step in 0..steps {
            if script.random.random_bool(restarts) {
                script.nodes.last_mut().unwrap().reopen();
            }
            script.change_node();
            println!("step {step} at {}", script.node);
            script.step().await;
            script.change_node();
            script.check().await;
        }
    }

    fn change_node(&mut self) {
        self.node = self.random.random_range(0..self.nodes.len());
    }

    fn world(&self) -> &World {
        &self.nodes[self.node]
    }

    async fn begin(&mut self) {
        let actor = self.world().guest("First").await;
        self.model.signed_in(&self.world().store().rename(actor, name("First")).await.unwrap());
        for room in self.world().rooms(actor.user).await {
            self.model.rooms.push(Room::new(room, None));
        }
        self.actors.push(actor);
    }

    async fn step(&mut self) {
        let actor = self.actors.choose(&mut self.random).copied().unwrap();
        let address = *ROOMS.choose(&mut self.random).unwrap();
        let room = self.any_room();
        match self.random.random_range(0..100) {
            0..6 => self.sign_in().await,
            6..8 => self.sign_out(actor).await,
            8..14 => self.rename(actor).await,
            14..20 => self.create_room(actor, address).await,
            20..24 => self.retitle_room(actor, room).await,
            24..28 => self.move_room(actor, room, address).await,
            28..30 => self.delete_room(actor, room).await,
            30..45 => {
                let by_id = self.random.random_bool(0.5);
                let room = if by_id { room.into() } else { slug(address).into() };
                self.join(actor, room).await;
            }
            45 => {
                let left = self.world().store().leave(actor, room).await.map(drop);
                assert_eq!(left, self.model.leave(actor.user, room));
            }
            46..51 => self.change(actor, room).await,
            51 => self.change_thread(actor, room).await,
            52..58 => self.react(actor, room).await,
            58..66 => {
                let seq = Seq(self.random.random_range(-2..60));
                let marked = self.world().store().mark_read(actor, room, seq).await;
                assert_eq!(marked, self.model.mark_read(actor.user, room, seq));
            }
            _ => {
                let id = self.random.random_range(0..80).to_string();
                let root = Seq(self.random.random_range(1..40));
                let thread = InThread { root, also: self.random.random_bool(0.3) };
                let thread = self.random.random_bool(0.4).then_some(thread);
                let message = NewMessage { thread, ..new_message(room, &id, &self.model.text(&id)) };
                let said = self.world().store().append_message(actor, message).await;
                let expected = self.model.say(actor.user, (room, thread), &id);
                assert_eq!(said.map(|said| (said.room, said.seq)), expected);
                self.check_thread(actor, room, root).await;
            }
        }
    }

    async fn change(&mut self, actor: Actor, room: RoomId) {
        let target = Seq(self.random.random_range(1..60));
        let id = self.random.random_range(60..120).to_string();
        let change = if self.random.random_bool(0.7) { Change::Edit } else { Change::Delete };
        let done = match change {
            Change::Edit => {
                self.world().store().edit_message(actor, edit(room, target, &id, &self.model.text(&id))).await
            }
            Change::Delete => self.world().store().delete_message(actor, deletion(room, target, &id)).await,
        };
        assert_eq!(done.map(|done| done.seq), self.model.change(actor.user, room, (target, change, &id)));
    }

    async fn react(&mut self, actor: Actor, room: RoomId) {
        let target = Seq(self.random.random_range(1..40));
        if self.random.random_bool(0.2) {
            let is_pinned = self.random.random_bool(0.7);
            let change = if is_pinned { PinChange::Pinned } else { PinChange::Unpinned };
            let done = self.world().store().pin(actor, pinning(room, target, change)).await;
            assert_eq!(done, self.model.pin(actor.user, room, (target, change)));
            return;
        }
        let emoji = *["👍", "🎉", "❤️"].choose(&mut self.random).unwrap();
        let is_added = self.random.random_bool(0.7);
        let change = if is_added { ReactionChange::Added } else { ReactionChange::Removed };
        let done = self.world().store().react(actor, reacting(room, target, emoji, change)).await;
        assert_eq!(done, self.model.react(actor.user, room, (target, emoji, change)));
    }

    /// Any room that is or was, seldom one that never was.
    fn any_room(&mut self) -> RoomId {
        if self.random.random_bool(0.03) {
            return NO_ROOM;
        }
        // Mostly one of the last, which are not deleted yet.
        let from = self.model.rooms.len().saturating_sub(8);
        self.model.rooms[from..].choose(&mut self.random).unwrap().id
    }

    async fn join(&mut self, actor: Actor, room: RoomReference) {
        let limit = ROOM_LIMIT.try_into().unwrap();
        let joined = self.world().store().join(actor, room.clone(), limit, 50, 100).await;
        assert_eq!(joined.map(|joined| joined.room.id), self.model.join(actor.user, room, ROOM_LIMIT));
    }

    async fn sign_in(&mut self) {
        let name = *NAMES.choose(&mut self.random).unwrap();
        match self.world().store().create_guest(new_guest(name)).await {
            Ok((user, session)) => {
                assert_eq!(self.model.sign_in(name), Ok(()));
                self.model.signed_in(&user);
                self.actors.push(Actor {
                    user: user.id,
                    session,
                    connection: None,
                    address: None,
                    is_visit: false,
                });
            }
            Err(refusal) => assert_eq!(self.model.sign_in(name), Err(refusal)),
        }
    }

    async fn sign_out(&mut self, actor: Actor) {
        self.world().store().end_session(actor).await.unwrap();
        self.model.sign_out(actor.user);
    }

    async fn rename(&mut self, actor: Actor) {
        let new = *NAMES.choose(&mut self.random).unwrap();
        let renamed = self.world().store().rename(actor, name(new)).await;
        assert_eq!(renamed.map(|_| ()), self.model.rename(actor.user, new));
    }

    async fn create_room(&mut self, actor: Actor, room: &str) {
        let expected = self.model.create_room(actor.user, &slug(room), ROOM_LIMIT);
        let limit = ROOM_LIMIT.try_into().unwrap();
        match self.world().store().create_room(actor, new_room(room), rooms_within(limit)).await {
            Ok(created) => {
                assert_eq!((expected, created.title.as_str(), created.topic.as_str()), (Ok(()), room, ""));
                self.model.created_room(actor.user, created);
            }
            Err(refusal) => assert_eq!(expected, Err(refusal)),
        }
    }

    async fn retitle_room(&mut self, actor: Actor, room: RoomId) {
        let new = *TITLES.choose(&mut self.random).unwrap();
        let update = RoomUpdate { title: Some(title(new)), ..RoomUpdate::default() };
        let updated = self.world().update_room(actor, room, update).await;
        assert_eq!(updated.map(|_| ()), self.model.retitle(actor.user, room, new));
    }

    async fn move_room(&mut self, actor: Actor, room: RoomId, address: &str) {
        let update = RoomUpdate { slug: Some(slug(address)), ..RoomUpdate::default() };
        let moved = self.world().update_room(actor, room, update).await;
        assert_eq!(moved.map(|_| ()), self.model.move_room(actor.user, room, &slug(address)));
    }

    async fn delete_room(&mut self, actor: Actor, room: RoomId) {
        let deleted = self.world().store().delete_room(actor, room).await.map(drop);
        assert_eq!(deleted, self.model.delete_room(actor.user, room));
    }

    async fn check(&self) {
        for user in self.model.people.keys() {
            assert_eq!(self.world().rooms(*user).await, self.model.overviews(*user));
            assert_eq!(self.threads(*user).await, self.model.threads(*user));
        }
        for room in &self.model.rooms {
            self.check_log(room).await;
            self.check_room(room).await;
        }
    }

    async fn check_log(&self, room: &Room) {
        let log = self.world().log(room.id).await;
        let stored = log.iter().map(|event| {
            let body = without_times(event.body.clone());
            (event.seq, event.actor, event.name.as_str(), body)
        });
        let expected = room.log.iter().zip(1..).map(|((actor, body), seq)| {
            (Seq(seq), *actor, self.name_of(*actor), self.as_read_now(room, Seq(seq), body.clone()))
        });
        assert!(stored.eq(expected), "{log:#?}");
        let mut published = Vec::new();
        for node in &self.nodes {
            let own = node.broker.log(room.id);
            assert!(own.is_sorted_by_key(|event| event.seq), "{own:#?}");
            published.extend(own);
        }
        published.sort_by_key(|event| event.seq);
        assert!(
            published
                .iter()
                .map(|event| (event.seq, &event.body))
                .eq((1..).map(Seq).zip(room.log.iter().map(|(_, body)| body)))
        );
    }

    fn name_of(&self, user: UserId) -> &str {
        &self.model.people[&user].name
    }

    /// An event as the log tells it later: people have the names that they have now.
    fn as_read_now(&self, room: &Room, seq: Seq, body: EventBody) -> EventBody {
        match body {
            EventBody::Member(MemberEvent { subject, subject_name: _, change }) => {
                let subject_name = self.name_of(subject).to_owned();
                EventBody::Member(MemberEvent { subject, subject_name, change })
            }
            EventBody::Message(MessageEvent::Posted(content)) => {
                EventBody::Message(MessageEvent::Posted(self.present(room, seq, content)))
            }
            EventBody::Message(event) => {
                let target = event.target().unwrap();
                let (author, body) = &room.log[usize::try_from(target.0 - 1).unwrap()];
                let EventBody::Message(MessageEvent::Posted(content)) = body else { panic!("{body:?}") };
                let name = self.name_of(*author).to_owned();
                let content = self.present(room, target, content.clone());
                let message =
                    Message { room: room.id, seq: target, at: Millis(0), author: *author, name, content };
                EventBody::Message(MessageEvent::Changed(Box::new(message)))
            }
            EventBody::Room(_) => body,
        }
    }

    /// The present text of a message that was posted with this.
    fn message(&self, room: &Room, seq: Seq, body: &EventBody) -> Option<String> {
        match body {
            EventBody::Message(MessageEvent::Posted(content)) => {
                Some(self.present(room, seq, content.clone()).text)
            }
            EventBody::Message(_) | EventBody::Member(_) | EventBody::Room(_) => None,
        }
    }

    /// A message as it is now, without the time of an edit.
    fn present(&self, room: &Room, seq: Seq, posted: MessageContent) -> MessageContent {
        let (mentions, thread_info) = (self.model.named(room, seq), self.model.info(room, seq));
        let posted = MessageContent { mentions, thread_info: thread_info.map(Box::new), ..posted };
        let Some(Changed { text, last, is_pinned, reactions }) = room.changed.get(&seq) else {
            return posted;
        };
        let reactions = reactions.iter().map(|(emoji, users)| Reaction {
            emoji: emoji.clone(),
            count: users.len().try_into().unwrap(),
            users: users.iter().copied().collect(),
        });
        let (is_deleted, reactions) = (text.is_none(), reactions.collect());
        let (last, is_pinned) = (*last, *is_pinned);
        let changes = MessageChanges { last, edited: None, is_deleted, is_pinned, reactions };
        MessageContent { text: text.clone().unwrap_or_default(), changes: Some(Box::new(changes)), ..posted }
    }

    async fn check_room(&self, room: &Room) {
        if room.deleted {
            return;
        }
        for user in self.model.people.keys() {
            let history = self.world().store().history(*user, room.id, Window::Latest, 1000).await;
            let members = self.world().store().members(*user, room.id, None, 1000).await;
            if !room.members.contains_key(user) {
                assert_eq!(history, Err(Refusal::NotMember));
                assert_eq!(members, Err(Refusal::NotMember));
                continue;
            }
            let log = room.log.iter().zip((1..).map(Seq));
            let said: Vec<_> = log.filter_map(|((_, body), seq)| self.message(room, seq, body)).collect();
            assert_eq!(texts(&history.unwrap().messages), said);
            let members = members.unwrap();
            let mut expected: Vec<_> = room.members.keys().collect();
            expected.sort_by_key(|member| name(self.name_of(**member)).key());
            assert!(members.members.iter().map(|member| &member.id).eq(expected));
            assert_eq!(members.count, room.members.len() as u64);
        }
    }
}

/// The same without the times, which the model does not know.
fn without_times(mut body: EventBody) -> EventBody {
    if let EventBody::Message(event) = &mut body {
        let content = match event {
            MessageEvent::Posted(content) => content,
            MessageEvent::Changed(message) => {
                message.at = Millis(0);
                &mut message.content
            }
            MessageEvent::Edited { .. }
            | MessageEvent::Deleted { .. }
            | MessageEvent::Reacted { .. }
            | MessageEvent::Pinned { .. } => {
                panic!("the log keeps no content")
            }
        };
        if let Some(info) = &mut content.thread_info {
            info.last = Millis(0);
        }
        if let Some(changes) = &mut content.changes {
            changes.edited = None;
            // Their order is one of times.
            changes.reactions.sort_by(|left, right| left.emoji.cmp(&right.emoji));
            for reaction in &mut changes.reactions {
                reaction.users.sort_unstable();
            }
        }
    }
    body
}
