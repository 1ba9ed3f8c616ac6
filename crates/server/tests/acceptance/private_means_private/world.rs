//! A random world: people, rooms of all kinds, and what is changed by whoever may change it.

use super::PEOPLE;
use super::predicate::{Role, Verb, expected};
use crate::support::{Frame, RawSocket, Seed, Server, request, within};
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Room {
    pub(super) id: i64,
    pub(super) kind: &'static str,
    pub(super) slug: Option<String>,
    /// The addresses that it had while it was public.
    pub(super) former: Vec<String>,
    /// Stands in its title or in what is said there, and nowhere else.
    pub(super) secret: String,
    /// A file that was sent there with the first thing that was said, if it was.
    pub(super) file: Option<String>,
    /// Whether everybody could ever see its title.
    pub(super) was_public: bool,
    /// Whether newcomers read nothing of what was said before.
    pub(super) hides_past: bool,
    /// What was said there, in its order.
    pub(super) said: Vec<String>,
    /// From which of them on everything is open to newcomers, and to each member.
    pub(super) open_from: usize,
    pub(super) from: BTreeMap<usize, usize>,
    pub(super) members: BTreeMap<usize, Role>,
    /// Who has ever been in it.
    pub(super) were_there: BTreeSet<usize>,
}

impl Room {
    /// Makes somebody a member who is none.
    fn admit(&mut self, person: usize) {
        let from = if self.hides_past { self.said.len() } else { self.open_from };
        if self.members.insert(person, Role::Member).is_none() {
            self.from.insert(person, from);
        }
        self.were_there.insert(person);
    }

    /// What a member reads of what was said.
    pub(super) fn readable(&self, person: usize) -> &[String] {
        self.from
            .get(&person)
            .filter(|_| self.members.contains_key(&person))
            .map_or(&[], |from| &self.said[*from..])
    }

    /// What everybody reads who is no member and needs to be none.
    pub(super) fn readable_by_visitors(&self) -> &[String] {
        if self.hides_past { &[] } else { &self.said[self.open_from..] }
    }
}

/// Somebody who asks, and everything that this person was ever told.
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) token: String,
    pub(super) socket: RawSocket,
    pub(super) questions: u32,
    pub(super) told: String,
    /// What was said where this person could read it.
    pub(super) may_know: BTreeSet<String>,
}

impl Person {
    pub(super) async fn ask(&mut self, mut frame: Value) -> Value {
        self.questions += 1;
        frame["ref"] = json!(self.questions);
        self.socket.say(&frame.to_string()).await;
        within("a reply", async {
            loop {
                match self.socket.next().await {
                    Frame::Text(reply) => {
                        self.told.push_str(&reply.to_string());
                        if reply["ref"] == self.questions {
                            return reply;
                        }
                    }
                    Frame::Ping | Frame::Pong(_) => {}
                    end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} in reply to {frame}"),
                }
            }
        })
        .await
    }

    pub(super) async fn rest(&mut self, server: &Server, line: &str, body: &str) -> String {
        let token = format!("authorization: Bearer {}", self.token);
        let headers = [&*token, "content-type: application/json"];
        let answer = request(server.address, line, &headers, body).await;
        self.told.push_str(&answer.body);
        let kind = answer.header("content-type").unwrap_or_default();
        format!("{} {kind} {}", answer.status, answer.body)
    }
}

pub(super) fn came(reply: &Value) -> &str {
    if reply["type"] == "error" { reply["code"].as_str().unwrap() } else { reply["type"].as_str().unwrap() }
}

pub(super) struct World {
    pub(super) server: Server,
    pub(super) people: Vec<Person>,
    pub(super) rooms: Vec<Room>,
    pub(super) random: StdRng,
}

impl World {
    pub(super) async fn new(seed: Seed) -> Self {
        // A room of any address is made for a visitor who asks for it; here it is asked whether there is one.
        let server = Server::with(|config| config.gateways.create_rooms = false).await;
        let mut people = Vec::new();
        for name in PEOPLE {
            let session = server.sign_in(name).await;
            let socket = RawSocket::signed_in(server.next_address(), &session.token).await;
            let (id, token) = (session.user.user_id, session.token);
            people.push(Person {
                id,
                token,
                socket,
                questions: 0,
                told: String::new(),
                may_know: BTreeSet::new(),
            });
        }
        Self { server, people, rooms: Vec::new(), random: seed.random(0) }
    }

    fn somebody(&mut self) -> usize {
        self.random.random_range(0..self.people.len())
    }

    pub(super) async fn create(&mut self, kind: &'static str) {
        let (owner, secret) = (self.somebody(), format!("secret{}x", self.rooms.len()));
        let reply =
            self.people[owner].ask(json!({"type": "createRoom", "kind": kind, "title": secret})).await;
        self.note(kind, &reply, secret, [owner].into(), Role::Owner);
    }

    pub(super) async fn open(&mut self, others: usize) {
        let mut people: Vec<_> = (0..self.people.len()).collect();
        people.shuffle(&mut self.random);
        people.truncate(others + 1);
        let users: Vec<_> = people[1..].iter().map(|other| self.people[*other].id).collect();
        let reply = self.people[people[0]].ask(json!({"type": "openDirect", "users": users})).await;
        let kind = if others == 1 { "direct" } else { "group" };
        if !self.rooms.iter().any(|room| reply["room"]["room"] == room.id) {
            let secret = format!("secret{}x", self.rooms.len());
            self.note(kind, &reply, secret.clone(), people.iter().copied().collect(), Role::Member);
            self.say(self.rooms.len() - 1, people[0], secret).await;
        }
    }

    fn note(
        &mut self,
        kind: &'static str,
        reply: &Value,
        secret: String,
        were_there: BTreeSet<usize>,
        role: Role,
    ) {
        let room = &reply["room"];
        assert_eq!(room["kind"], kind, "{reply}");
        let (id, slug) = (room["room"].as_i64().unwrap(), room["slug"].as_str().map(str::to_owned));
        let members = were_there.iter().map(|person| (*person, role)).collect();
        let from = were_there.iter().map(|person| (*person, 0)).collect();
        self.rooms.push(Room {
            id,
            kind,
            slug,
            former: Vec::new(),
            secret,
            was_public: kind == "public",
            hides_past: false,
            said: Vec::new(),
            open_from: 0,
            members,
            from,
            were_there,
            file: None,
        });
    }

    /// Has a member say something that is said nowhere else.
    async fn say(&mut self, place: usize, actor: usize, text: String) {
        let id = self.rooms[place].id;
        let mut said = json!({"type": "send", "room": id, "clientId": text, "text": text});
        if self.rooms[place].said.is_empty() {
            let line = format!("POST /api/files?room={id}&name=plan.txt");
            let shared = self.people[actor].rest(&self.server, &line, &text).await;
            let file: Value = serde_json::from_str(shared.splitn(3, ' ').nth(2).unwrap()).unwrap();
            said["attachments"] = json!([file["id"]]);
            self.rooms[place].file = file["id"].as_str().map(str::to_owned);
        }
        assert_eq!(came(&self.people[actor].ask(said).await), "ack");
        self.rooms[place].said.push(text.clone());
        for person in self.rooms[place].members.keys() {
            self.people[*person].may_know.insert(text.clone());
        }
    }

    /// Makes a room that everybody finds one for its people, or the other way round.
    async fn change_kind(&mut self, place: usize, actor: usize) {
        let room = &self.rooms[place];
        let kind = if room.kind == "public" { "private" } else { "public" };
        let change = json!({"type": "updateRoom", "room": room.id, "kind": kind});
        let reply = self.people[actor].ask(change).await;
        assert_eq!(reply["room"]["kind"], kind, "{reply}");
        let room = &mut self.rooms[place];
        let slug = reply["room"]["slug"].as_str().map(str::to_owned);
        let before = std::mem::replace(&mut room.slug, slug);
        if kind == "public" {
            (room.open_from, room.was_public) = (room.said.len(), true);
            assert_eq!(room.slug.as_deref(), Some(&*room.secret), "by its title");
        } else {
            assert!(!room.slug.as_ref().is_some_and(|slug| slug.contains(&room.secret)), "nobody guesses it");
            room.former = before.into_iter().collect();
        }
        room.kind = kind;
    }

    /// Has newcomers read nothing of what was said before, or everything that is open to them.
    async fn change_history(&mut self, place: usize, actor: usize) {
        let hides_past = !self.rooms[place].hides_past;
        let history = if hides_past { "joined" } else { "all" };
        let change = json!({"type": "updateRoom", "room": self.rooms[place].id, "history": history});
        assert_eq!(came(&self.people[actor].ask(change).await), "room");
        self.rooms[place].hides_past = hides_past;
    }

    /// One random change, by whoever may make it.
    pub(super) async fn change(&mut self) {
        let (actor, subject) = (self.somebody(), self.somebody());
        let place = self.random.random_range(0..self.rooms.len());
        let (id, subject_id) = (self.rooms[place].id, self.people[subject].id);
        let (kind, own) = (self.rooms[place].kind, self.rooms[place].members.get(&actor).copied());
        let theirs = self.rooms[place].members.get(&subject).copied();
        match self.random.random_range(0..11) {
            0 => self.create("private").await,
            1 => {
                let others = self.random.random_range(1..4);
                self.open(others).await;
            }
            2 | 3 if expected(kind, own, Verb::Add) == Some("ok") => {
                let added = json!({"type": "addMember", "room": id, "userId": subject_id});
                assert_eq!(came(&self.people[actor].ask(added).await), "ok");
                if theirs.is_none() {
                    self.rooms[place].admit(subject);
                }
            }
            4 if expected(kind, own, Verb::Remove) == Some("ok") => {
                let removed = json!({"type": "removeMember", "room": id, "userId": subject_id});
                let may = theirs.is_none() || own > theirs;
                let came_of_it = came(&self.people[actor].ask(removed).await).to_owned();
                assert_eq!(came_of_it, if may { "ok" } else { "forbidden" });
                if may {
                    self.rooms[place].members.remove(&subject);
                }
            }
            5 if expected(kind, own, Verb::SetRole) == Some("user_not_found")
                && theirs.is_some()
                && actor != subject =>
            {
                let (role, word) =
                    *[(Role::Member, "member"), (Role::Moderator, "moderator"), (Role::Owner, "owner")]
                        .choose(&mut self.random)
                        .unwrap();
                let set = json!({"type": "setRole", "room": id, "userId": subject_id, "role": word});
                assert_eq!(came(&self.people[actor].ask(set).await), "ok");
                self.rooms[place].members.insert(subject, role);
            }
            6 if kind == "public" && own.is_none() => {
                let joined = json!({"type": "join", "room": id, "limit": 0});
                assert_eq!(came(&self.people[actor].ask(joined).await), "joined");
                // Nobody here listens: what is typed is asked of the server.
                self.rooms[place].admit(actor);
                self.reconnect(actor).await;
            }
            7 if expected(kind, own, Verb::Update) == Some("room") => self.change_kind(place, actor).await,
            8 if expected(kind, own, Verb::Update) == Some("room") => self.change_history(place, actor).await,
            9 | 10 if own.is_some() => {
                let text = format!("said{place}n{}x", self.rooms[place].said.len());
                self.say(place, actor, text).await;
            }
            // Not the owner: who follows is another test's.
            6 if kind != "direct"
                && own.is_some_and(|role| role != Role::Owner)
                && self.rooms[place].members.len() > 1 =>
            {
                assert_eq!(came(&self.people[actor].ask(json!({"type": "leave", "room": id})).await), "left");
                self.rooms[place].members.remove(&actor);
            }
            _ => {}
        }
    }

    /// Ends a connection with its subscriptions, and makes another one.
    pub(super) async fn reconnect(&mut self, person: usize) {
        let token = self.people[person].token.clone();
        self.people[person].socket = RawSocket::signed_in(self.server.next_address(), &token).await;
    }
}
