//! Messages that are sent later, and reminders.

use crate::support::{Actor, Answer, Child, Seed, Server, View, conversation, request, texts, within};
use rand::RngExt as _;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

async fn rest(server: &Server, person: &Actor, line: &str, body: &Value) -> Answer {
    let token = format!("authorization: Bearer {}", person.session.token);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    request(server.address, line, &[&token, "content-type: application/json"], &body).await
}

async fn waiting(server: &Server, person: &Actor) -> Vec<Value> {
    let answer = rest(server, person, "GET /api/scheduled", &Value::Null).await;
    let list: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"));
    list["scheduled"].as_array().unwrap().clone()
}

fn said(view: &View) -> Vec<String> {
    texts(&view.room("general").log).into_iter().map(str::to_owned).collect()
}

#[expect(clippy::disallowed_methods, reason = "the server runs by the clock of the machine")]
fn in_ms(millis: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    i64::try_from(now).unwrap() + millis
}

#[tokio::test]
async fn a_message_is_sent_later_over_a_restart() {
    let mut server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let room = alice.room_id("general");
    let later = |at: i64, text: &str| json!({"at": at, "room": room, "text": text});
    let posted =
        rest(&server, &alice, "POST /api/scheduled/messages", &later(in_ms(3_600_000), "late")).await;
    assert_eq!(posted.status, 201, "{posted:?}");
    let id = waiting(&server, &alice).await[0]["id"].as_i64().unwrap();
    assert_eq!(waiting(&server, &alice).await[0]["state"], "waiting");
    assert_eq!(waiting(&server, &bob).await, Vec::<Value>::new());
    server.restart().await;
    assert_eq!(waiting(&server, &alice).await[0]["text"], "late");
    let alice = Actor::connect(&server.url(), alice.session.clone()).await;
    let bob = Actor::connect(&server.url(), bob.session.clone()).await;
    for person in [&alice, &bob] {
        person.joins("general").await;
    }
    let line = format!("PATCH /api/scheduled/{id}");
    assert_eq!(rest(&server, &alice, &line, &json!({"at": in_ms(0)})).await.status, 204);
    bob.sees("general", "late").await;
    alice.until("the news", |view| view.schedule_changes.last() == Some(&false)).await;
    assert_eq!(waiting(&server, &alice).await, Vec::<Value>::new());
    assert_eq!(rest(&server, &alice, &line, &json!({"at": in_ms(0)})).await.status, 404);
    // What is not to be is not sent: another one that comes behind it shows that it could have come.
    rest(&server, &alice, "POST /api/scheduled/messages", &later(in_ms(1_000), "never")).await;
    let id = waiting(&server, &alice).await[0]["id"].as_i64().unwrap();
    assert_eq!(rest(&server, &alice, &format!("DELETE /api/scheduled/{id}"), &Value::Null).await.status, 204);
    rest(&server, &alice, "POST /api/scheduled/messages", &later(in_ms(1_000), "soon")).await;
    bob.sees("general", "soon").await;
    assert!(!bob.view().room("general").has("never"));
    for at in [in_ms(-3_600_000), in_ms(800 * 24 * 3_600_000)] {
        assert_eq!(rest(&server, &alice, "POST /api/scheduled/messages", &later(at, "no")).await.status, 400);
    }
}

#[tokio::test]
async fn a_reminder_reaches_all_devices_and_stays() {
    let (server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    let seq = bob.says("general", "the plan").await;
    let about = json!({"at": in_ms(0), "room": alice.room_id("general"), "seq": seq});
    assert_eq!(rest(&server, &alice, "POST /api/scheduled/reminders", &about).await.status, 201);
    alice.until("the reminder", |view| view.schedule_changes.contains(&true)).await;
    phone.until("the reminder", |view| view.schedule_changes.contains(&true)).await;
    let list = waiting(&server, &alice).await;
    assert_eq!((&list[0]["state"], &list[0]["message"]["text"]), (&json!("due"), &json!("the plan")));
    assert!(bob.view().schedule_changes.is_empty(), "it is nobody else's business");
    let empty = json!({"at": in_ms(0)});
    assert_eq!(rest(&server, &alice, "POST /api/scheduled/reminders", &empty).await.status, 400);
}

#[tokio::test]
async fn one_is_reminded_by_a_command() {
    let (server, alice, _bob) = conversation().await;
    let said = alice.say("general", "/remind 1s tea is ready").await.unwrap();
    assert!(format!("{said:?}").contains("reminded"), "{said:?}");
    alice.until("the reminder", |view| view.schedule_changes.contains(&true)).await;
    assert_eq!(waiting(&server, &alice).await[0]["text"], "tea is ready");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_nodes_each_message_is_sent_once() {
    let server = Server::of_nodes(2).await;
    let (alex, sam) = (server.enter_at(0, "Alex").await, server.enter_at(1, "Sam").await);
    for person in [&alex, &sam] {
        person.joins("general").await;
    }
    let (room, at) = (alex.room_id("general"), in_ms(1_000));
    for number in 0..20 {
        let body = json!({"at": at, "room": room, "text": format!("m-{number}")});
        assert_eq!(rest(&server, &alex, "POST /api/scheduled/messages", &body).await.status, 201);
    }
    sam.until("all of them", |view| said(view).len() >= 20).await;
    sam.says("general", "end").await;
    alex.sees("general", "end").await;
    let mut distinct = said(&alex.view());
    let all = distinct.len();
    distinct.sort();
    distinct.dedup();
    assert_eq!((distinct.len(), all), (21, 21));
    assert!(sam.view().schedule_changes.is_empty(), "it is nobody else's business");
    alex.has_no_complaints();
    server.database().check_invariants();
}

/// In a process of its own, which can be killed, so with SQLite: whatever the moment, each message is there once, with its file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_loses_nothing_that_was_scheduled() {
    let mut random = Seed::choose().random(0);
    let data = tempfile::tempdir().unwrap();
    let server = Child::start(data.path(), &[]).await;
    let session = chinwag_client::sign_in(&server.url(), "Alice").await.unwrap();
    let token = format!("authorization: Bearer {}", session.token);
    request(server.address, "PUT /api/rooms/1/membership", &[&token], "").await;
    let due = in_ms(2_000);
    for number in 0..15 {
        let path = format!("POST /api/files?room=1&name=f{number}.txt");
        let shared = request(server.address, &path, &[&token], &format!("file {number}")).await;
        let file: Value = serde_json::from_str(&shared.body).unwrap_or_else(|_| panic!("{shared:?}"));
        let text = format!("m-{number}");
        let body = json!({"at": due, "room": 1, "text": text, "attachments": [file["id"]]}).to_string();
        let headers = [&*token, "content-type: application/json"];
        let posted = request(server.address, "POST /api/scheduled/messages", &headers, &body).await;
        assert_eq!(posted.status, 201, "{posted:?}");
    }
    server.kill().await;
    let mut sent: Vec<String> = Vec::new();
    let mut pause = tokio::time::interval(Duration::from_millis(1));
    within("all of them", async {
        while sent.len() < 15 {
            let server = Child::start(data.path(), &[]).await;
            // Around the moment in which they are sent.
            for _ in 0..random.random_range(0..400) {
                pause.tick().await;
            }
            let page = request(server.address, "GET /api/rooms/1/messages?limit=100", &[&token], "").await;
            let page: Value = serde_json::from_str(&page.body).unwrap_or_else(|_| panic!("{page:?}"));
            let messages = page["messages"].as_array().unwrap().iter();
            let words = |it: &Value| {
                let text = it["text"].as_str().unwrap_or_default();
                format!("{text} with {}", it["attachments"][0]["name"].as_str().unwrap_or_default())
            };
            sent = messages.map(words).collect();
            server.kill().await;
        }
    })
    .await;
    sent.sort();
    let mut expected: Vec<_> = (0..15).map(|number| format!("m-{number} with f{number}.txt")).collect();
    expected.sort();
    assert_eq!(sent, expected);
}
