//! Messages are edited and deleted: those who are there see it, those who were away learn of what is left of it, and what is deleted is gone.

use crate::support::{Actor, Database, Folded, GENERAL, Proxy, Server, conversation, fold, request, within};
use chinwag_client::Window;
use chinwag_client::protocol::{LogBody, LogEvent, MessageBody};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

fn known(person: &Actor, seq: i64) -> Option<Folded> {
    let view = person.view();
    let room = view.room("general");
    fold(room.snapshot.iter().chain(&room.log)).remove(&seq)
}

fn edited(text: &str) -> Option<Folded> {
    Some(Folded::new(text, true, false))
}

fn deleted() -> Option<Folded> {
    Some(Folded::new("", false, true))
}

#[tokio::test]
async fn everybody_sees_an_edit_and_a_deletion() {
    let (server, alice, bob) = conversation().await;
    let seq = alice.says("general", "helo").await;
    let ack = alice.client().edit(GENERAL, seq, " hello ").await.unwrap();
    for person in [&alice, &bob] {
        person.reaches("general", ack.seq).await;
        assert_eq!(known(person, seq), edited("hello"));
    }
    let ack = alice.client().delete_message(GENERAL, seq).await.unwrap();
    for person in [&alice, &bob] {
        person.reaches("general", ack.seq).await;
        assert_eq!(known(person, seq), deleted());
        person.has_no_complaints();
    }
    let page = bob.history("general", Window::Latest, 10).await.unwrap();
    let MessageBody::Message { text, deleted, changed, .. } = body(&page.messages[0]) else { panic!() };
    assert_eq!((text.as_str(), *deleted, *changed), ("", true, Some(ack.seq)));
    server.database().check_invariants();
}

fn body(event: &LogEvent) -> &MessageBody {
    let LogBody::Message(body) = &event.body else { panic!("{event:?}") };
    body
}

#[tokio::test]
async fn a_retry_gets_the_first_ack_and_changes_nothing() {
    let (server, alice, bob) = conversation().await;
    let sent = alice.send_as("general", "s", "one").await.unwrap();
    let edit = |client_id, text| alice.client().edit_as(GENERAL, sent.seq, client_id, text);
    let first = edit("a", "two").await.unwrap();
    edit("b", "three").await.unwrap();
    assert_eq!(edit("a", "two").await.unwrap(), first);
    bob.reaches("general", first.seq + 1).await;
    assert_eq!(known(&bob, sent.seq), edited("three"));
    let ack = alice.client().delete_message(GENERAL, sent.seq).await.unwrap();
    assert_eq!(alice.send_as("general", "s", "one").await.unwrap(), sent, "it does not raise the dead");
    assert_eq!(edit("a", "two").await.unwrap(), first);
    bob.reaches("general", ack.seq).await;
    assert_eq!(known(&bob, sent.seq), deleted());
    assert_eq!(server.database().log("general").len() as i64, ack.seq);
}

/// Ten thousand changes of a message are one frame for whoever was away.
#[tokio::test]
async fn whoever_was_away_learns_what_is_left_of_many_changes() {
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter_through(&proxy.url(), "Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let mut said = Vec::new();
    for number in 0..50 {
        said.push(alice.says("general", &number.to_string()).await);
    }
    bob.reaches("general", said[49]).await;
    let before = bob.view().room("general").log.len();
    proxy.close();
    bob.is_offline().await;
    for text in ["first", "second", "third"] {
        alice.client().edit(GENERAL, said[10], text).await.unwrap();
    }
    for number in 0..300 {
        alice.client().edit(GENERAL, said[11], &format!("edit {number}")).await.unwrap();
    }
    let head = alice.client().delete_message(GENERAL, said[12]).await.unwrap().seq;
    proxy.open();
    bob.until("the end of the replay", |view| view.room("general").resumed_to == head).await;
    assert_eq!(known(&bob, said[10]), edited("third"));
    assert_eq!(known(&bob, said[11]), edited("edit 299"));
    assert_eq!(known(&bob, said[12]), deleted());
    assert_eq!(known(&bob, said[13]), Some(Folded::new("13", false, false)));
    let view = bob.view();
    let room = view.room("general");
    assert_eq!(room.log.len() - before, 3, "one frame for each message");
    assert_eq!(room.skipped, [(said[49] + 1, said[49] + 2), (said[49] + 4, said[49] + 302)]);
    drop(view);
    // And it is live again.
    alice.client().edit(GENERAL, said[10], "fourth").await.unwrap();
    bob.reaches("general", head + 1).await;
    assert_eq!(known(&bob, said[10]), edited("fourth"));
    bob.has_no_complaints();
}

#[tokio::test]
async fn a_deleted_message_is_not_unread() {
    let (server, alice, bob) = conversation().await;
    let mut said = Vec::new();
    for text in ["one", "two", "three"] {
        said.push(alice.says("general", text).await);
    }
    let unread = async || bob.rooms().await.unwrap().iter().find(|room| room.room == GENERAL).unwrap().unread;
    assert_eq!(unread().await, 3);
    alice.client().delete_message(GENERAL, said[1]).await.unwrap();
    alice.client().edit(GENERAL, said[0], "uno").await.unwrap();
    assert_eq!(unread().await, 2);
    bob.read("general", said[0]).await.unwrap();
    assert_eq!(unread().await, 1);
    server.database().check_invariants();
}

#[tokio::test]
async fn over_rest() {
    let (server, alice, bob) = conversation().await;
    let seq = alice.says("general", "helo").await;
    let path = format!("/api/rooms/{GENERAL}/messages/{seq}");
    let ask = async |method: &str, body: Value| {
        let token = format!("authorization: Bearer {}", alice.session.token);
        let headers = [token.as_str(), "content-type: application/json", "idempotency-key: k"];
        let answer = request(server.address, &format!("{method} {path}"), &headers, &body.to_string()).await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    let first = ask("PATCH", json!({"text": "hello"})).await;
    assert_eq!((first.0, &first.1["seq"]), (200, &json!(seq + 1)));
    assert_eq!(ask("PATCH", json!({"text": "hello"})).await, first, "the key names it");
    bob.reaches("general", seq + 1).await;
    assert_eq!(known(&bob, seq), edited("hello"));
    assert_eq!(ask("DELETE", json!({})).await.0, 409, "the key named the edit");
}

/// A word that was deleted, and one that was edited away, are in no file of the data folder a little later.
#[tokio::test]
async fn what_is_deleted_is_in_no_file() {
    let server = Server::start_on_sqlite().await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    // The index has three characters each. These begin like no others, so they stand in the file as they are.
    const TOKENS: [&str; 3] = ["㐀㐁㐂", "𓀀𓀁𓀂", "ꔀꔁꔂ"];
    let word =
        |what: &str, place: usize| format!("zqxjkv-{what}-{:032x}{}", rand::random::<u128>(), TOKENS[place]);
    let (first, second, kept) = (word("deleted", 0), word("edited", 1), word("kept", 2));
    let one = alice.says("general", &first).await;
    let two = alice.says("general", &second).await;
    alice.says("general", &kept).await;
    for word in [&first, &second, &kept] {
        assert!(has(server.folder(), word), "it has to be found before");
    }
    for token in TOKENS {
        within("the index", async {
            while alice.client().search(token, None, None).await.unwrap().hits.len() != 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await;
        assert_eq!(tokens(server.folder(), token), 1, "{token}");
    }
    alice.client().delete_message(GENERAL, one).await.unwrap();
    alice.client().edit(GENERAL, two, "nothing").await.unwrap();
    let (begin, mut looks) = (Instant::now(), tokio::time::interval(Duration::from_millis(100)));
    let gone = [first.as_str(), &second, TOKENS[0], TOKENS[1]];
    while gone.iter().any(|word| has(server.folder(), word)) {
        assert!(begin.elapsed() < Duration::from_secs(60), "it is there still");
        looks.tick().await;
    }
    assert!(has(server.folder(), &kept));
    assert_eq!(TOKENS.map(|token| tokens(server.folder(), token)), [0, 0, 1]);
    within("an ack", alice.send("general", "and on")).await.unwrap();
}

/// How many messages the index has under a token.
fn tokens(folder: &Path, token: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM search WHERE search MATCH '\"{token}\"'");
    Database::open(folder).count(&sql)
}

/// Whether a word is in a file of a folder.
fn has(folder: &Path, word: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        let found = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        path.is_dir() && has(&path, word) || path.is_file() && found(&std::fs::read(&path).unwrap())
    })
}
