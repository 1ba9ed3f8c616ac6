use super::{Page, Signer};
use crate::support::Server;
use chinwag_server::{AccessOption, Switch};
use serde_json::{Value, json};

#[tokio::test]
async fn a_subject_is_the_same_person_by_every_token() {
    let server = Signer::server().await;
    let first = Page::of(&server, json!({})).person().await;
    assert_eq!((&first["name"], &first["kind"]), (&json!("Alex"), &json!("member")));
    let second = Page::of(&server, json!({"name": "Alexandra"}));
    let person = second.person().await;
    assert_eq!((&person["userId"], &person["name"]), (&first["userId"], &json!("Alexandra")));
    let other = Page::of(&server, json!({"sub": "customer-8", "name": "Alexandra"})).person().await;
    assert_ne!(other["userId"], first["userId"]);
    assert_eq!(other["name"], "Alexandra 2");
    let nameless = Signer::token(json!({"sub": "customer-9", "name": null}));
    let nameless = Page::with(&server, nameless).person().await;
    assert_eq!(nameless["name"], "Member");
    let admin = Page::of(&server, json!({"sub": "customer-10", "name": "Admin"})).person().await;
    assert_eq!(admin["name"], "Member 2", "what is kept for the server is nobody's name");
    for _ in 0..5 {
        Page::of(&server, json!({})).person().await;
    }
    let sessions = second.does("GET /api/sessions", Value::Null, 200).await;
    assert_eq!(sessions["sessions"].as_array().unwrap().len(), 1, "{sessions}");
}

#[tokio::test]
async fn the_key_is_an_invitation_whoever_else_may_come() {
    for access in [AccessOption::Open, AccessOption::InviteOnly, AccessOption::Closed] {
        let server = Signer::server_with(|config| {
            config.access = access;
            config.guests = Switch::Off;
        })
        .await;
        assert_eq!(Page::of(&server, json!({})).person().await["kind"], "member");
    }
}

#[tokio::test]
async fn a_role_counts_at_once_and_is_never_above_a_moderator() {
    let server = Signer::server().await;
    let role = async |said: Value| Page::of(&server, json!({ "role": said })).person().await["role"].clone();
    let mut socket = Page::of(&server, json!({})).connects().await;
    for said in ["owner", "moderator", "admin"] {
        assert_eq!(role(json!(said)).await, "moderator", "{said}");
    }
    loop {
        let event = socket.next_text().await;
        if event["user"]["role"] == "moderator" {
            break;
        }
    }
    assert_eq!(role(json!("member")).await, Value::Null);
    assert_eq!(role(json!("moderator")).await, "moderator");
    assert_eq!(role(Value::Null).await, Value::Null, "it is said no more");
    assert_eq!(role(json!("king")).await, Value::Null);
}

#[tokio::test]
async fn rooms_are_joined_made_and_seen_by_nobody_else() {
    let server = Signer::server().await;
    let rooms = json!(["tech", "order-4711", "***", "order-4711"]);
    let alex = Page::of(&server, json!({ "rooms": rooms }));
    let mut mine = alex.rooms().await;
    mine.sort();
    assert_eq!(mine, ["order-4711", "tech"]);
    let room = alex.does("GET /api/rooms/at/order-4711", Value::Null, 200).await;
    assert_eq!(room["kind"], "private");
    let stranger = Page::of(&server, json!({"sub": "customer-8", "name": "Sam"}));
    stranger.does("GET /api/rooms/at/order-4711", Value::Null, 404).await;
    let sam = Page::of(&server, json!({"sub": "customer-8", "name": "Sam", "rooms": ["order-4711"]}));
    let line = format!("POST /api/rooms/{}/messages", room["room"]);
    sam.does(&line, json!({"text": "It left us."}), 201).await;
    let (messages, left) =
        (line.replace("POST", "GET"), format!("DELETE /api/rooms/{}/membership", room["room"]));
    let page = alex.does(&messages, Value::Null, 200).await;
    assert_eq!(page["messages"][0]["text"], "It left us.", "{page}");
    alex.does(&left, Value::Null, 204).await;
    alex.does(&messages, Value::Null, 404).await;
    Page::of(&server, json!({"rooms": ["order-4711"], "more": 1})).does(&messages, Value::Null, 200).await;
}

#[tokio::test]
async fn a_member_of_another_sign_in_is_somebody_else() {
    let server: Server = Signer::server().await;
    let guest = server.sign_in("Alex").await;
    let alex = Page::of(&server, json!({})).person().await;
    assert_ne!(alex["userId"], guest.user.user_id);
    assert_eq!(alex["name"], "Alex 2");
    let page = Page::of(&server, json!({}));
    page.does("POST /api/session/link", Value::Null, 403).await;
    page.does("PUT /api/me/password", json!({"password": "correct horse battery"}), 403).await;
}
