//! Messages are pinned: everybody sees it, those who were away as well, and there is a list.

use crate::support::{Proxy, Server, request};
use chinwag_client::protocol::{ErrorCode, LogBody, MessageBody};
use serde_json::{Value, json};

#[tokio::test]
async fn everybody_sees_what_is_pinned() {
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter_through(&proxy.url(), "Bob").await);
    alice.create_room("tea", "Tea", "").await.unwrap();
    alice.joins("tea").await;
    bob.joins("tea").await;
    let room = alice.room_id("tea");
    let (first, second) = (bob.says("tea", "one").await, bob.says("tea", "two").await);
    let refused = bob.client().pin(room, first).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, ErrorCode::Forbidden);
    alice.client().pin(room, first).await.unwrap();
    alice.client().pin(room, first).await.unwrap();
    bob.reaches("tea", second + 1).await;
    let told = |kind: fn(&MessageBody) -> bool| {
        let view = bob.view();
        let log = &view.room("tea").log;
        log.iter().filter(|event| matches!(&event.body, LogBody::Message(body) if kind(body))).count()
    };
    assert_eq!(told(|body| matches!(body, MessageBody::MessagePinned { .. })), 1);

    proxy.close();
    bob.is_offline().await;
    alice.client().unpin(room, first).await.unwrap();
    alice.client().pin(room, second).await.unwrap();
    alice.client().pin(room, first).await.unwrap();
    proxy.open();
    bob.until("the end of the replay", |view| view.room("tea").resumed_to == second + 4).await;
    assert_eq!(told(|body| matches!(body, MessageBody::MessageChanged { pinned: true, .. })), 2);

    let list = async || {
        let path = format!("GET /api/rooms/{room}/pins");
        let token = format!("authorization: Bearer {}", bob.session.token);
        let answer = request(server.address, &path, &[&token], "").await;
        serde_json::from_str::<Value>(&answer.body).unwrap()
    };
    let pins = list().await;
    assert_eq!(pins["pins"][0]["by"], json!({"userId": alice.id(), "name": "Alice"}));
    let texts = |pins: &Value| -> Vec<String> {
        let pins = pins["pins"].as_array().unwrap();
        pins.iter().map(|pin| pin["message"]["text"].as_str().unwrap().to_owned()).collect()
    };
    let mut sorted = texts(&pins);
    sorted.sort();
    assert_eq!(sorted, ["one", "two"]);
    bob.client().delete_message(room, first).await.unwrap();
    assert_eq!(texts(&list().await), ["two"]);
    bob.has_no_complaints();
    server.database().check_invariants();
}
