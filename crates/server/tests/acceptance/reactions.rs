//! People react to messages: those who are there see it, and those who were away learn what is left of it.

use crate::support::{Actor, GENERAL, Proxy, Server, conversation, fold, people, request};
use chinwag_client::Window;
use chinwag_client::protocol::{LogBody, MessageBody};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a person knows of the reactions to a message by everything that was told: the people behind each emoji.
fn known(person: &Actor, seq: i64) -> BTreeMap<String, BTreeSet<i64>> {
    let view = person.view();
    let room = view.room("general");
    fold(room.snapshot.iter().chain(&room.log)).remove(&seq).unwrap_or_default().reactions
}

#[expect(clippy::disallowed_methods, reason = "the server runs by the clock of the machine")]
fn milliseconds() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()
}

fn reactions<const N: usize>(all: [(&str, &[&Actor]); N]) -> BTreeMap<String, BTreeSet<i64>> {
    let ids = |people: &[&Actor]| people.iter().map(|person| person.id()).collect();
    all.into_iter().map(|(emoji, people)| (emoji.to_owned(), ids(people))).collect()
}

#[tokio::test]
async fn everybody_sees_a_reaction() {
    let (server, alice, bob) = conversation().await;
    let seq = alice.says("general", "hello").await;
    alice.client().react(GENERAL, seq, "👍").await.unwrap();
    bob.client().react(GENERAL, seq, "👍").await.unwrap();
    bob.client().react(GENERAL, seq, "❤").await.unwrap();
    // Once more is no event.
    bob.client().react(GENERAL, seq, "❤️").await.unwrap();
    for person in [&alice, &bob] {
        person.reaches("general", seq + 3).await;
        assert_eq!(known(person, seq), reactions([("👍", &[&alice, &bob]), ("❤️", &[&bob])]));
    }
    alice.client().unreact(GENERAL, seq, "👍").await.unwrap();
    alice.client().unreact(GENERAL, seq, "👍").await.unwrap();
    let page = bob.history("general", Window::Latest, 10).await.unwrap();
    let LogBody::Message(MessageBody::Message { reactions: told, changed, .. }) = &page.messages[0].body
    else {
        panic!("{page:?}")
    };
    assert_eq!((people(told), *changed), (reactions([("👍", &[&bob]), ("❤️", &[&bob])]), Some(seq + 4)));
    bob.has_the_log(&server.database(), "general").await;
    alice.client().delete_message(GENERAL, seq).await.unwrap();
    for person in [&alice, &bob] {
        person.reaches("general", seq + 5).await;
        assert_eq!(known(person, seq), reactions([]));
        person.has_no_complaints();
    }
    server.database().check_invariants();
}

/// Whoever was away is told of each message once, however much happened to it.
#[tokio::test]
async fn whoever_was_away_is_told_the_outcome() {
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter_through(&proxy.url(), "Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let mut said = Vec::new();
    for number in 1..=50 {
        said.push(alice.says("general", &number.to_string()).await);
    }
    bob.reaches("general", said[49]).await;
    let before = bob.view().room("general").log.len();
    proxy.close();
    bob.is_offline().await;
    for text in ["first", "second", "third"] {
        alice.client().edit(GENERAL, said[10], text).await.unwrap();
    }
    for _ in 0..100 {
        alice.client().react(GENERAL, said[11], "👍").await.unwrap();
        alice.client().unreact(GENERAL, said[11], "👍").await.unwrap();
    }
    alice.client().react(GENERAL, said[11], "🎉").await.unwrap();
    alice.client().react(GENERAL, said[12], "🎉").await.unwrap();
    let head = alice.client().delete_message(GENERAL, said[12]).await.unwrap().seq;
    proxy.open();
    bob.until("the end of the replay", |view| view.room("general").resumed_to == head).await;
    assert_eq!(known(&bob, said[11]), reactions([("🎉", &[&alice])]));
    assert_eq!(known(&bob, said[12]), reactions([]));
    {
        let view = bob.view();
        let room = view.room("general");
        let frames = room.log.len() - before + room.skipped.len();
        assert_eq!(room.log.len() - before, 3, "one frame for each message");
        assert!(frames <= 10, "{frames}");
    }
    alice.client().react(GENERAL, said[11], "👍").await.unwrap();
    bob.reaches("general", head + 1).await;
    assert_eq!(known(&bob, said[11]), reactions([("🎉", &[&alice]), ("👍", &[&alice])]));
    bob.has_no_complaints();
}

#[tokio::test]
async fn all_names_are_told_over_rest() {
    let (server, alice, bob) = conversation().await;
    let seq = alice.says("general", "hello").await;
    bob.client().react(GENERAL, seq, "🎉").await.unwrap();
    // Who was first is known by the millisecond.
    let reacted = milliseconds();
    while milliseconds() <= reacted {
        tokio::task::yield_now().await;
    }
    alice.client().react(GENERAL, seq, "🎉").await.unwrap();
    let ask = async |token: &str, room: i64| {
        let path = format!("GET /api/rooms/{room}/messages/{seq}/reactions");
        let answer = request(server.address, &path, &[&format!("authorization: Bearer {token}")], "").await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    let (status, body) = ask(&alice.session.token, GENERAL).await;
    let [first, second] = [&bob, &alice].map(|it| it.id());
    let people = json!([{"userId": first, "name": "Bob"}, {"userId": second, "name": "Alice"}]);
    assert_eq!((status, body), (200, json!({"reactions": [{"emoji": "🎉", "people": people}]})));
    let carol = server.enter("Carol").await;
    assert_eq!(ask(&carol.session.token, GENERAL).await.0, 403);
    assert_eq!(ask(&carol.session.token, 404).await.0, 404);
}
