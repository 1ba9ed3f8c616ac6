use super::{Page, Signer};
use crate::support::{RawSocket, Server, request};
use serde_json::{Value, json};

const POLLING: &str = "/socket.io/?EIO=4&transport=polling";

/// Polls until something comes that has `part` in it.
async fn poll_until(server: &Server, path: &str, part: &str) -> String {
    loop {
        let body = request(server.address, &format!("GET {path}"), &[], "").await.body;
        if body.contains(part) {
            return body;
        }
        assert!(!body.is_empty() && !body.contains("\"code\""), "waited for {part} and got {body}");
    }
}

/// A client of Socket.IO that connects to an address, with what it says of itself. Answers the path at which it goes on.
async fn socketio(server: &Server, query: &str, auth: Value) -> String {
    let opened = request(server.address, &format!("GET {POLLING}{query}"), &[], "").await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    let path = format!("{POLLING}&sid={}", opened.body.split('"').nth(3).unwrap());
    let connect = if auth.is_null() { "40".to_owned() } else { format!("40{auth}") };
    post(server, &path, &connect).await;
    path
}

async fn post(server: &Server, path: &str, packets: &str) {
    assert_eq!(request(server.address, &format!("POST {path}"), &[], packets).await.status, 200);
}

#[tokio::test]
async fn one_person_is_the_same_by_every_protocol() {
    let server = Signer::server_with(|config| config.embedding.token_in_url = true).await;
    let alex = Page::of(&server, json!({"rooms": ["general"]}));
    let user = alex.person().await["userId"].clone();
    let mut native = RawSocket::open(server.address).await;
    native.say(&json!({"type": "hello", "ref": "hello", "token": alex.token}).to_string()).await;
    let welcome = native.reply("hello").await;
    assert_eq!((&welcome["type"], &welcome["user"]["userId"]), (&json!("welcome"), &user));

    let in_url = format!("&token={}", alex.token);
    for (query, auth) in [("", json!({"token": alex.token})), (in_url.as_str(), Value::Null)] {
        let path = socketio(&server, query, auth).await;
        poll_until(&server, &path, "40{").await;
        post(&server, &path, r#"42["join",{"username":"Somebody","room":"general"}]"#).await;
        poll_until(&server, &path, "message-history").await;
        post(&server, &path, r#"42["send-message","by Socket.IO"]"#).await;
        let said = poll_until(&server, &path, "by Socket.IO").await;
        assert!(said.contains(r#""username":"Alex""#), "{said}");
    }

    for first in [
        r#"{"type":"join","username":"Somebody","room":"general"}"#,
        r#"{"type":"chat","room":"general","message":"by the chat vocabulary"}"#,
    ] {
        let mut simple = RawSocket::open_at(server.address, &format!("/simple?token={}", alex.token)).await;
        simple.say(first).await;
        if first.contains("join") {
            assert_eq!(simple.next_text().await["username"], "Alex");
            simple.say(r#"{"type":"message","text":"by the room vocabulary"}"#).await;
        }
        // Its own message comes back, and by it the client knows that it is stored.
        while !simple.next_text().await.to_string().contains("vocabulary") {}
    }

    let room = alex.does("GET /api/rooms/at/general", Value::Null, 200).await["room"].clone();
    let page = alex.does(&format!("GET /api/rooms/{room}/messages?limit=10"), Value::Null, 200).await;
    let messages = page["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 4, "{page}");
    assert!(messages.iter().all(|message| message["userId"] == user), "{page}");
}

#[tokio::test]
async fn bare_text_is_said_by_the_person_of_the_address() {
    let server = Signer::server_with(|config| config.embedding.token_in_url = true).await;
    let witness = server.enter("Witness").await;
    witness.joins("general").await;
    let token = Signer::token(json!({}));
    let mut bare =
        RawSocket::open_at(server.address, &format!("/?room=general&name=Sam&token={token}")).await;
    bare.say("hello").await;
    witness.sees("general", "hello").await;
    let view = witness.view();
    let said = view.room("general").log.iter().any(|event| format!("{event:?}").contains("Alex"));
    assert!(said, "by another name");
}

#[tokio::test]
async fn a_token_in_an_address_is_refused_where_nobody_allowed_it() {
    let server = Signer::server().await;
    let token = Signer::token(json!({}));
    let upgrade = [
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    for path in ["/", "/simple", "/ws"] {
        let answer = request(server.address, &format!("GET {path}?token={token}"), &upgrade, "").await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.body);
        assert!(answer.body.contains("token"), "{path}: {}", answer.body);
        assert_eq!(request(server.address, &format!("GET {path}"), &upgrade, "").await.status, 101, "{path}");
    }
    let path = socketio(&server, &format!("&token={token}"), Value::Null).await;
    let refused = poll_until(&server, &path, "44{").await;
    assert!(refused.contains("--embedding-token-in-url") && refused.contains("unauthorized"), "{refused}");
    let alex = Page::of(&server, json!({}));
    let error = alex.does(&format!("GET /api/session?token={token}"), Value::Null, 401).await;
    assert!(error["message"].as_str().unwrap().contains("Authorization: Bearer"), "{error}");
    alex.person().await;
}

#[tokio::test]
async fn who_brings_a_wrong_token_is_no_visitor() {
    let server = Signer::server_with(|config| config.embedding.token_in_url = true).await;
    let over = Signer::token(json!({"exp": Signer::now() - 60}));
    for (query, auth) in [("", json!({"token": over})), (format!("&token={over}").as_str(), Value::Null)] {
        let path = socketio(&server, query, auth).await;
        let refused = poll_until(&server, &path, "44{").await;
        assert!(refused.contains("unauthorized"), "{refused}");
    }
    let mut simple = RawSocket::open_at(server.address, &format!("/simple?token={over}")).await;
    simple.say(r#"{"type":"join","username":"Somebody","room":"general"}"#).await;
    assert_eq!(simple.next_text().await["type"], "error");
    assert_eq!(simple.closed().await, 1008);
    let mut native = RawSocket::open(server.address).await;
    native.say(&json!({"type": "hello", "ref": "hello", "token": over}).to_string()).await;
    assert_eq!(native.reply("hello").await["code"], "unauthorized");
    assert_eq!(native.closed().await, 4100);
}
