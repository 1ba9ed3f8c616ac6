//! What one device has begun to write, the others know.

use crate::support::{Actor, Server, conversation, request};
use chinwag_client::DraftText;
use serde_json::{Value, json};

async fn kept(server: &Server, person: &Actor) -> Vec<Value> {
    let token = format!("authorization: Bearer {}", person.session.token);
    let answer = request(server.address, "GET /api/drafts", &[&token], "").await;
    let list: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"));
    list["drafts"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_draft_is_told_to_the_other_devices_over_a_restart() {
    let (mut server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    let room = alice.room_id("general");
    let write =
        async |text: &str| alice.keep_draft(room, None, DraftText { text, reply_to: None }).await.unwrap();
    write("hel").await;
    write("hello").await;
    phone.until("the draft", |view| view.drafts.get(&room).is_some_and(|text| text == "hello")).await;
    assert!(alice.view().drafts.is_empty() && bob.view().drafts.is_empty());
    server.restart().await;
    let list = kept(&server, &alice).await;
    assert_eq!((list.len(), &list[0]["text"], &list[0]["room"]), (1, &json!("hello"), &json!(room)));
    let alice = Actor::connect(&server.url(), alice.session.clone()).await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    alice.keep_draft(room, None, DraftText { text: "", reply_to: None }).await.unwrap();
    phone.until("its end", |view| view.drafts.get(&room).is_some_and(String::is_empty)).await;
    assert_eq!(kept(&server, &alice).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_told_to_a_device_at_another_node() {
    let server = Server::of_nodes(2).await;
    let alex = server.enter_at(0, "Alex").await;
    alex.joins("general").await;
    let phone = Actor::connect(&format!("http://{}", server.address_of(1)), alex.session.clone()).await;
    let room = alex.room_id("general");
    alex.keep_draft(room, None, DraftText { text: "hello", reply_to: None }).await.unwrap();
    phone.until("the draft", |view| view.drafts.get(&room).is_some_and(|text| text == "hello")).await;
}
