//! People look for messages: what they may read is found, over deaths of the server, too.

use crate::support::{Actor, Child, GENERAL, RawSocket, Seed, Server, conversation, request, within};
use chinwag_client::protocol::{ErrorCode, Found, LogBody, LogEvent, MessageBody};
use chinwag_client::sign_in;
use rand::RngExt as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tempfile::TempDir;

fn texts(hits: &[LogEvent]) -> Vec<&str> {
    let text = |event| match event {
        &LogEvent { body: LogBody::Message(MessageBody::Message { ref text, .. }), .. } => text.as_str(),
        other => panic!("{other:?} is no message"),
    };
    hits.iter().map(text).collect()
}

/// A page of what is found when everything that was written is in the index.
async fn found(person: &Actor, query: &str) -> Found {
    within("the index", async {
        loop {
            let found = person.client().search(query, None, None).await.unwrap();
            if found.indexed_to.is_none() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
}

/// The places of everything that is found.
async fn places(person: &Actor, query: &str) -> BTreeSet<i64> {
    let mut page = found(person, query).await;
    let mut places = BTreeSet::new();
    loop {
        for hit in &page.hits {
            assert!(places.insert(hit.header.seq), "found twice");
        }
        let Some(next) = page.next else { return places };
        page = person.client().search(query, None, Some(next)).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_said_is_found_by_those_who_may_read_it() {
    let (server, alice, bob) = conversation().await;
    let carol = server.enter("Carol").await;
    alice.says("general", "The herring is red").await;
    let second = alice.says("general", "東京 herrings").await;
    assert_eq!(texts(&found(&bob, "HERR").await.hits), ["東京 herrings", "The herring is red"]);
    assert_eq!(texts(&found(&bob, "東").await.hits), ["東京 herrings"]);
    assert_eq!(texts(&found(&bob, "\"herring is\" from:alice").await.hits), ["The herring is red"]);
    assert!(found(&carol, "herring").await.hits.is_empty());
    alice.client().delete_message(GENERAL, second).await.unwrap();
    assert_eq!(texts(&found(&bob, "herring").await.hits), ["The herring is red"]);
    bob.has_no_complaints();
}

#[tokio::test]
async fn scripts_search_over_rest() {
    let (server, alice, _bob) = conversation().await;
    for number in 0..3 {
        alice.says("general", &format!("herring {number}")).await;
    }
    found(&alice, "herring").await;
    let header = format!("authorization: Bearer {}", alice.session.token);
    let get = async |query: &str| {
        let line = format!("GET /api/search?{query}");
        let answer = request(server.address, &line, &[&header], "").await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    let (status, page) = get("q=herring&limit=2").await;
    assert_eq!((status, page["hits"][0]["text"].as_str()), (200, Some("herring 2")));
    assert_eq!(page["hits"].as_array().unwrap().len(), 2);
    let (_, rest) = get(&format!("q=herring&limit=2&before={}", page["next"].as_str().unwrap())).await;
    assert_eq!((rest["hits"][0]["text"].as_str(), &rest["next"]), (Some("herring 0"), &Value::Null));
    assert_eq!(get("q=%20").await.1["code"], "search_invalid");
    assert_eq!(get("q=x&room=404").await.1["code"], "room_not_found");
    assert_eq!(get("q=x&before=yesterday").await.1["code"], "bad_frame");
    assert_eq!(request(server.address, "GET /api/search?q=x", &[], "").await.status, 401);
}

#[tokio::test]
async fn a_search_that_cannot_be_read_is_refused() {
    let server = Server::start().await;
    let alice = server.sign_in("Alice").await;
    let mut socket = RawSocket::signed_in(server.address, &alice.token).await;
    for (q, code) in [("", ErrorCode::SearchInvalid), (&"x".repeat(201), ErrorCode::SearchInvalid)] {
        socket.say(&json!({"type": "search", "ref": "a", "q": q}).to_string()).await;
        let reply = socket.reply("a").await;
        assert_eq!(reply["code"], code.as_str(), "{reply}");
        assert_eq!(reply["retryable"], false);
    }
}

/// A server that is killed while it indexes finds everything that it acked, and nothing twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_takes_nothing_away_that_can_be_found() {
    let mut random = Seed::choose().random(0);
    let data = TempDir::new().unwrap();
    let mut said = BTreeSet::new();
    let mut session = None;
    for round in 0..5 {
        let server = Child::start(data.path(), &[]).await;
        if session.is_none() {
            session = Some(sign_in(&server.url(), "Alice").await.unwrap());
        }
        let alice = Actor::connect(&server.url(), session.clone().unwrap()).await;
        alice.joins("general").await;
        for number in 0..random.random_range(5..120) {
            let message = format!("herring {round} {number}");
            said.insert(within("an ack", alice.send("general", &message)).await.unwrap().seq);
            if random.random_bool(0.1) {
                let place = *said.iter().nth(random.random_range(0..said.len())).unwrap();
                alice.client().delete_message(GENERAL, place).await.unwrap();
                said.remove(&place);
            }
        }
        server.kill().await;
    }
    let server = Child::start(data.path(), &[]).await;
    let alice = Actor::connect(&server.url(), session.unwrap()).await;
    assert_eq!(places(&alice, "herring").await, said);
    let reindex = ["reindex", "--data", data.path().to_str().unwrap()];
    let ended = Child::run(&reindex, &[]).await;
    assert!(ended.status.success(), "{}", ended.stderr);
    assert_eq!(ended.stdout, format!("{} messages can be searched.\n", said.len()));
    assert_eq!(places(&alice, "herring").await, said);
    server.kill().await;
    // Without a server, too.
    let ended = Child::run(&reindex, &[]).await;
    assert!(ended.status.success(), "{}", ended.stderr);
    assert_eq!(ended.stdout, format!("{} messages can be searched.\n", said.len()));
}
