//! Private means private: in a random world everybody asks everything of every room, and a predicate that was written apart from the server says
//! what has to come. What one may not see is answered for byte by byte like what never was.

mod predicate;
mod world;

use crate::support::{Frame, RawSocket, Seed, Server, request, within};
use predicate::{Verb, expected};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use world::{Person, Room, World, came};

const PEOPLE: [&str; 6] = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank"];
const CHANGES: usize = 40;
/// Changes between two looks of everybody at everything.
const BETWEEN_LOOKS: usize = 10;
/// A room and a person that never were. As long as those that are.
const NO_ROOM: i64 = 9_999_999;
const NOBODY: i64 = 9_999_998;
/// A file that never was.
const NO_FILE: &str = "0123456789abcdef0123456789abcdef";
/// A place at which no message stands.
const NO_MESSAGE: i64 = 9_999_997;
/// An address as long as that of a private room.
const NO_ADDRESS: &str = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

impl World {
    /// Everybody asks everything of every room.
    async fn look(&mut self) {
        for place in 0..self.people.len() {
            let Self { server, people, rooms, .. } = self;
            let person = &mut people[place];
            for room in rooms.iter() {
                let role = room.members.get(&place).copied();
                for verb in Verb::ALL {
                    let Some(expected) = expected(room.kind, role, verb) else { continue };
                    let reply = person.ask(verb.frame(room.id, person.id)).await;
                    assert_eq!(
                        came(&reply),
                        expected,
                        "{} {verb:?} in {} as {role:?}: {reply}",
                        PEOPLE[place],
                        room.kind
                    );
                    if room.kind != "public" && role.is_none() {
                        let never = person.ask(verb.frame(NO_ROOM, person.id)).await;
                        assert_eq!(
                            alike(&reply.to_string(), &room.id.to_string()),
                            alike(&never.to_string(), &NO_ROOM.to_string())
                        );
                    }
                }
                if let Some(file) = &room.file {
                    let line = |id: &str| format!("GET /files/{id}/plan.txt");
                    let seen = person.rest(server, &line(file), "").await;
                    let may_read = room.readable(place).contains(&room.said[0]);
                    if may_read {
                        assert!(seen.starts_with("200") && seen.ends_with(&room.said[0]), "{seen}");
                    } else {
                        assert_eq!(seen, person.rest(server, &line(NO_FILE), "").await);
                        assert!(seen.starts_with("404"), "{seen}");
                        let link = format!("GET /api/files/{file}/link");
                        assert!(person.rest(server, &link, "").await.starts_with("404"));
                    }
                }
                if room.kind != "public" && role.is_none() {
                    unseen_over_rest(server, person, room).await;
                }
                if role.is_some() {
                    reads_what_is_open(server, person, room, room.readable(place)).await;
                }
            }
            let seen: BTreeSet<_> = rooms
                .iter()
                .filter(|room| room.kind == "public" || room.members.contains_key(&place))
                .map(|room| room.id)
                .collect();
            let listed = person.ask(json!({"type": "rooms", "limit": 200})).await;
            let found = person.ask(json!({"type": "rooms", "search": "secret", "limit": 200})).await;
            let titled =
                rooms.iter().filter(|room| matches!(room.kind, "public" | "private")).map(|room| room.id);
            assert_eq!(ids(&listed), seen.iter().copied().chain(1..=3).collect());
            assert_eq!(ids(&found), titled.filter(|id| seen.contains(id)).collect());
        }
    }

    /// What everybody was told has nothing of rooms in which that person never was, and of no room what was said before the person's time.
    fn nobody_was_told(&self) {
        for (place, person) in self.people.iter().enumerate() {
            for text in self.rooms.iter().flat_map(|room| &room.said) {
                let may_know = person.may_know.contains(text);
                assert!(may_know || !person.told.contains(text), "{} was told {text}", PEOPLE[place]);
            }
            for room in
                self.rooms.iter().filter(|room| room.kind != "public" && !room.were_there.contains(&place))
            {
                let was_told = !room.was_public && person.told.contains(&room.secret);
                assert!(!was_told, "{} was told of {}", PEOPLE[place], room.kind);
                let slug = room.slug.as_ref();
                assert!(!slug.is_some_and(|slug| person.told.contains(slug.as_str())), "{}", PEOPLE[place]);
            }
        }
    }
}

fn ids(page: &Value) -> BTreeSet<i64> {
    page["rooms"].as_array().unwrap().iter().map(|room| room["room"].as_i64().unwrap()).collect()
}

/// An answer without the name of the room, and without the number of the question.
fn alike(text: &str, room: &str) -> String {
    let (begin, end) = text.split_once("\"ref\":").unwrap_or((text, ""));
    let end = end.trim_start_matches(|character: char| character.is_ascii_digit());
    format!("{begin}{end}").replace(&format!("room {room}."), "room N.")
}

async fn unseen_over_rest(server: &Server, person: &mut Person, room: &Room) {
    let me = person.id;
    for (method, path, body) in [
        ("GET", "", String::new()),
        ("PATCH", "", r#"{"title": "Mine"}"#.to_owned()),
        ("DELETE", "", String::new()),
        ("GET", "/members", String::new()),
        ("PUT", "/membership", String::new()),
        ("DELETE", "/membership", String::new()),
        ("PUT", "/read", r#"{"seq": 1}"#.to_owned()),
        ("PUT", "/notifications", "{}".to_owned()),
        ("GET", "/messages", String::new()),
        ("POST", "/messages", r#"{"text": "x"}"#.to_owned()),
        ("PATCH", "/messages/1", r#"{"text": "x"}"#.to_owned()),
        ("DELETE", "/messages/1", String::new()),
        ("PUT", &format!("/members/{me}"), String::new()),
        ("DELETE", &format!("/members/{me}"), String::new()),
        ("DELETE", &format!("/members/{me}/messages"), String::new()),
        ("GET", "/bans", String::new()),
        ("PUT", &format!("/bans/{me}"), "{}".to_owned()),
        ("DELETE", &format!("/bans/{me}"), String::new()),
        ("PUT", &format!("/mutes/{me}"), "{}".to_owned()),
        ("DELETE", &format!("/mutes/{me}"), String::new()),
        ("PUT", &format!("/members/{me}/role"), r#"{"role": "owner"}"#.to_owned()),
    ] {
        let mut ask =
            async |id: i64| person.rest(server, &format!("{method} /api/rooms/{id}{path}"), &body).await;
        let (seen, never) = (ask(room.id).await, ask(NO_ROOM).await);
        assert_eq!(
            alike(&seen, &room.id.to_string()),
            alike(&never, &NO_ROOM.to_string()),
            "{method} {path}"
        );
        assert!(seen.starts_with("404"), "{method} {path}: {seen}");
    }
    let (seen, never) = (
        person.rest(server, &format!("GET /api/search?q=x&room={}", room.id), "").await,
        person.rest(server, &format!("GET /api/search?q=x&room={NO_ROOM}"), "").await,
    );
    assert_eq!(alike(&seen, &room.id.to_string()), alike(&never, &NO_ROOM.to_string()));
    for slug in room.slug.iter().chain(&room.former) {
        let (seen, never) = (
            person.rest(server, &format!("GET /api/rooms/at/{slug}"), "").await,
            person.rest(server, &format!("GET /api/rooms/at/{NO_ADDRESS}"), "").await,
        );
        // What is asked for comes back in the answer, and that is all that does.
        person.told = person.told.replace(slug, "");
        assert_eq!(seen.replace(slug, "N"), never.replace(NO_ADDRESS, "N"));
        for kind in ["findRoom", "join"] {
            let seen = person.ask(json!({"type": kind, "slug": slug})).await;
            let never = person.ask(json!({"type": kind, "slug": NO_ADDRESS})).await;
            person.told = person.told.replace(slug, "");
            let (slug, never_slug) = (format!("#{slug}"), format!("#{NO_ADDRESS}"));
            assert_eq!(alike(&seen.to_string(), &slug), alike(&never.to_string(), &never_slug));
            assert_eq!(came(&seen), "room_not_found");
        }
    }
}

/// A member reads what was said in the person's time, in every way.
async fn reads_what_is_open(server: &Server, person: &mut Person, room: &Room, open: &[String]) {
    person.may_know.extend(open.iter().cloned());
    let page = person.ask(json!({"type": "history", "room": room.id, "limit": 200})).await;
    assert_eq!(said(&page), open, "{page}");
    let around = json!({"type": "history", "room": room.id, "around": 1, "limit": 200});
    assert_eq!(said(&person.ask(around).await), open);
    // Each text that is said here has this letter. All rooms together, and then this one.
    searched(person, json!({"type": "search", "q": "x", "limit": 50})).await;
    let hits = searched(person, json!({"type": "search", "q": "x", "room": room.id, "limit": 50})).await;
    let found: Vec<_> = hits.iter().rev().map(|hit| hit["text"].as_str().unwrap()).collect();
    assert_eq!(found, open);
    let rest = format!("GET /api/rooms/{}/messages?limit=200", room.id);
    let answer = person.rest(server, &rest, "").await;
    let body = answer.split_once('{').unwrap().1;
    assert_eq!(said(&serde_json::from_str(&format!("{{{body}")).unwrap()), open);
}

/// What a search finds when everything that was said is in the index.
async fn searched(person: &mut Person, search: Value) -> Vec<Value> {
    within("the index", async {
        loop {
            let mut found = person.ask(search.clone()).await;
            if found["indexedTo"].is_null() {
                return std::mem::take(found["hits"].as_array_mut().unwrap());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
}

fn said(page: &Value) -> Vec<&str> {
    page["messages"].as_array().unwrap().iter().map(|message| message["text"].as_str().unwrap()).collect()
}

/// A visitor, who comes by a simple protocol or Socket.IO, is told of a private address what any other is told.
async fn visitors_find_nothing(world: &World) {
    let private = world.rooms.iter().filter(|room| room.kind == "private");
    for slug in private.flat_map(|room| room.slug.iter().chain(&room.former)).map(String::as_str) {
        let mut answers = Vec::new();
        for address in [slug, NO_ADDRESS] {
            let mut simple = RawSocket::open_at(world.server.address, "/simple").await;
            simple.say(&json!({"type": "join", "username": "Bot", "room": address}).to_string()).await;
            let refused = until(&mut simple, |frame| frame["type"] == "error").await;
            let heard = over_socketio(&world.server, address).await;
            answers.push((refused.to_string().replace(address, "N"), heard.replace(address, "N")));
        }
        assert_eq!(answers[0], answers[1]);
    }
    for room in world.rooms.iter().filter(|room| room.kind == "public") {
        let mut simple = RawSocket::open_at(world.server.address, "/simple").await;
        simple.say(&json!({"type": "join", "username": "Bot", "room": room.slug}).to_string()).await;
        let joined = until(&mut simple, |frame| frame["type"] == "joined").await;
        let history = joined["history"].as_array().unwrap();
        let texts: Vec<_> = history.iter().map(|message| message["text"].as_str().unwrap()).collect();
        // Of a file a line tells beneath the text.
        let (texts, files): (Vec<_>, Vec<_>) =
            texts.iter().map(|text| text.split_once('\n').unwrap_or((text, ""))).unzip();
        assert_eq!(texts, room.readable_by_visitors());
        let is_told = |line: &&str| line.is_empty() || line.starts_with("[plan.txt, 8 bytes] /files/");
        assert!(files.iter().all(is_told), "{files:?}");
    }
}

/// What a client of Socket.IO is answered that joins a room.
async fn over_socketio(server: &Server, address: &str) -> String {
    const POLLING: &str = "/socket.io/?EIO=4&transport=polling";
    let opened = server.get(POLLING).await.body;
    let polling = format!("{POLLING}&sid={}", opened.split('"').nth(3).unwrap());
    let join = format!("420{}", json!(["join", {"username": "Bot", "room": address}]));
    let mut heard = String::new();
    // Who waits for the end of the connect hears afterwards what the join is answered, and nothing else.
    for (packet, last) in [("40", r#"["chinwag""#), (&join, "430")] {
        let sent = request(server.address, &format!("POST {polling}"), &[], packet).await;
        assert_eq!(sent.status, 200);
        heard.clear();
        within("the answer", async {
            while !heard.contains(last) {
                heard.push_str(&server.get(&polling).await.body);
            }
        })
        .await;
    }
    heard
}

async fn until(socket: &mut RawSocket, last: impl Fn(&Value) -> bool) -> Value {
    within("a frame", async {
        loop {
            match socket.next().await {
                Frame::Text(frame) if last(&frame) => return frame,
                Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
                end @ (Frame::Close(_) | Frame::End) => panic!("{end:?}"),
            }
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_what_the_predicate_allows_and_nothing_else() {
    let mut world = World::new(Seed::choose()).await;
    for kind in ["public", "public", "private", "private"] {
        world.create(kind).await;
    }
    world.open(1).await;
    world.open(2).await;
    for change in 1..=CHANGES {
        world.change().await;
        if change % BETWEEN_LOOKS == 0 {
            world.look().await;
        }
    }
    world.nobody_was_told();
    visitors_find_nothing(&world).await;
    let metrics = world.server.get("/metrics").await.body;
    for room in world.rooms.iter().filter(|room| room.kind != "public") {
        let slug = room.slug.as_deref().unwrap_or("without an address");
        assert!(!metrics.contains(&room.secret) && !metrics.contains(slug));
    }
}
