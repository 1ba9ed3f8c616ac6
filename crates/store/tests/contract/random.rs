//! A long random script, each step compared with the model. `CHINWAG_SEED` replays one that failed.

use crate::model::{Model, Room};
use crate::world::{World, contract, name, new_guest, new_room, slug, texts, title};
use chinwag_core::domain::{Actor, EventBody, Refusal, RoomSlug, Seq, Window};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

contract!(a_random_script_agrees_with_the_model);

mod with_restarts {
    crate::world::contract!(durable: a_random_script_with_restarts_agrees_with_the_model);

    async fn a_random_script_with_restarts_agrees_with_the_model(world: crate::world::World) {
        super::Script::run(world, 300, 0.02).await;
    }
}

const NAMES: [&str; 7] = ["alex", "Alex", "ALEX", "Sam", "sam", "Zoë", "Bo"];
const ROOMS: [&str; 6] = ["general", "tech", "random", "tea", "coffee", "nowhere"];
const TITLES: [&str; 3] = ["Tea", "tea", "A room"];
const ROOM_LIMIT: usize = 3;

async fn a_random_script_agrees_with_the_model(world: World) {
    Script::run(world, 500, 0.0).await;
}

struct Script {
    random: StdRng,
    world: World,
    model: Model,
    /// Those who signed out, too: late commands are part of life.
    actors: Vec<Actor>,
}

impl Script {
    async fn run(world: World, steps: usize, restarts: f64) {
        let seed = match std::env::var("CHINWAG_SEED") {
            Ok(seed) => seed.parse().unwrap(),
            Err(_) => rand::random(),
        };
        println!("CHINWAG_SEED={seed}");
        let mut script =
            Self { random: StdRng::seed_from_u64(seed), world, model: Model::default(), actors: Vec::new() };
        script.begin().await;
        for step in 0..steps {
            if script.random.random_bool(restarts) {
                script.world.reopen();
            }
            println!("step {step}");
            script.step().await;
            script.check().await;
        }
    }

    async fn begin(&mut self) {
        let actor = self.world.guest("First").await;
        self.model.signed_in(&self.world.store().rename(actor, name("First")).await.unwrap());
        for room in self.world.store().rooms(actor.user).await.unwrap() {
            self.model.rooms.push(Room::new(room, None));
        }
        self.actors.push(actor);
    }

    async fn step(&mut self) {
        let actor = self.actors.choose(&mut self.random).copied().unwrap();
        let room = *ROOMS.choose(&mut self.random).unwrap();
        match self.random.random_range(0..100) {
            0..6 => self.sign_in().await,
            6..8 => self.sign_out(actor).await,
            8..14 => self.rename(actor).await,
            14..20 => self.create_room(actor, room).await,
            20..26 => self.update_room(actor, room).await,
            26..28 => self.delete_room(actor, room).await,
            28..45 => {
                let joined = self.world.join_within(actor, room, ROOM_LIMIT.try_into().unwrap()).await;
                assert_eq!(joined.map(|_| ()), self.model.join(actor.user, room, ROOM_LIMIT));
            }
            45..52 => {
                let left = self.world.store().leave(actor, slug(room)).await;
                assert_eq!(left, self.model.leave(actor.user, room));
            }
            52..62 => {
                let seq = Seq(self.random.random_range(-2..60));
                let marked = self.world.store().mark_read(actor, slug(room), seq).await;
                assert_eq!(marked, self.model.mark_read(actor.user, room, seq));
            }
            _ => {
                let id = self.random.random_range(0..80).to_string();
                let said = self.world.say(actor, room, &id).await;
                assert_eq!(said.map(|said| (said.room, said.seq)), self.model.say(actor.user, room, &id));
            }
        }
    }

    async fn sign_in(&mut self) {
        let name = *NAMES.choose(&mut self.random).unwrap();
        match self.world.store().create_guest(new_guest(name)).await {
            Ok((user, session)) => {
                assert_eq!(self.model.sign_in(name), Ok(()));
                self.model.signed_in(&user);
                self.actors.push(Actor { user: user.id, session, connection: None, visits_from: None });
            }
            Err(refusal) => assert_eq!(self.model.sign_in(name), Err(refusal)),
        }
    }

    async fn sign_out(&mut self, actor: Actor) {
        assert_eq!(self.world.store().end_session(actor).await, Ok(()));
        self.model.sign_out(actor.user);
    }

    async fn rename(&mut self, actor: Actor) {
        let new = *NAMES.choose(&mut self.random).unwrap();
        let renamed = self.world.store().rename(actor, name(new)).await;
        assert_eq!(renamed.map(|_| ()), self.model.rename(actor.user, new));
    }

    async fn create_room(&mut self, actor: Actor, room: &str) {
        let expected = self.model.create_room(actor.user, room, ROOM_LIMIT);
        let limit = ROOM_LIMIT.try_into().unwrap();
        match self.world.store().create_room(actor, new_room(room), limit).await {
            Ok(created) => {
                assert_eq!((expected, created.title.as_str(), created.topic.as_str()), (Ok(()), room, ""));
                self.model.created_room(actor.user, created);
            }
            Err(refusal) => assert_eq!(expected, Err(refusal)),
        }
    }

    async fn update_room(&mut self, actor: Actor, room: &str) {
        let new = *TITLES.choose(&mut self.random).unwrap();
        let updated = self.world.store().update_room(actor, slug(room), Some(title(new)), None).await;
        assert_eq!(updated.map(|_| ()), self.model.retitle(actor.user, room, new));
    }

    async fn delete_room(&mut self, actor: Actor, room: &str) {
        let deleted = self.world.store().delete_room(actor, slug(room)).await;
        assert_eq!(deleted, self.model.delete_room(actor.user, room));
    }

    async fn check(&self) {
        for user in self.model.people.keys() {
            assert_eq!(self.world.store().rooms(*user).await.unwrap(), self.model.overviews(*user));
        }
        for room in &self.model.rooms {
            self.check_log(room).await;
            self.check_room(room).await;
        }
    }

    async fn check_log(&self, room: &Room) {
        let log = self.world.log(room.id).await;
        let stored = log.iter().map(|event| (event.seq, event.actor, event.name.as_str(), &event.body));
        let expected = room
            .log
            .iter()
            .zip(room.first.0..)
            .map(|((actor, body), seq)| (Seq(seq), *actor, self.model.people[actor].name.as_str(), body));
        assert!(stored.eq(expected), "{log:#?}");
        let published = self.world.broker.log(room.id);
        assert!(
            published
                .iter()
                .map(|event| (event.seq, &event.body))
                .eq(log.iter().map(|event| (event.seq, &event.body)))
        );
    }

    async fn check_room(&self, room: &Room) {
        let Some(slug) = self.slug_of(room) else { return };
        for user in self.model.people.keys() {
            let history = self.world.store().history(*user, slug.clone(), Window::Latest, 1000).await;
            let members = self.world.store().members(*user, slug.clone(), None, 1000).await;
            if !room.members.contains_key(user) {
                assert_eq!(history, Err(Refusal::NotMember(slug.clone())));
                assert_eq!(members, Err(Refusal::NotMember(slug.clone())));
                continue;
            }
            let said = room.log.iter().filter_map(|(_, body)| message(body));
            assert!(texts(&history.unwrap().messages).into_iter().eq(said));
            let members = members.unwrap();
            let mut expected: Vec<_> = room.members.keys().collect();
            expected.sort_by_key(|member| name(&self.model.people[member].name).key());
            assert!(members.members.iter().map(|member| &member.id).eq(expected));
            assert_eq!(members.count, room.members.len() as u64);
        }
    }

    fn slug_of(&self, room: &Room) -> Option<RoomSlug> {
        let first = self.model.people.keys().next()?;
        self.model.overviews(*first).into_iter().find(|seen| seen.id == room.id).map(|seen| seen.slug)
    }
}

fn message(body: &EventBody) -> Option<&str> {
    if let EventBody::Message { text, .. } = body { Some(text) } else { None }
}
