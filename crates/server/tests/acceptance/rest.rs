//! The REST interface: what a script does without a connection, seen by people who have one.

use crate::support::{Answer, Server, conversation, request, within};
use chinwag_client::protocol::ErrorCode;
use chinwag_server::RateLimit;
use serde_json::{Value, json};
use std::net::SocketAddr;

/// Somebody who only calls the REST interface. With several nodes each call meets the next one.
struct Script<'a> {
    server: &'a Server,
    token: String,
}

impl<'a> Script<'a> {
    async fn sign_in(server: &'a Server, name: &str) -> Self {
        Self { server, token: server.sign_in(name).await.token }
    }

    async fn call(&self, line: &str, body: Value) -> Answer {
        self.call_with(line, &[], body).await
    }

    async fn call_with(&self, line: &str, headers: &[&str], body: Value) -> Answer {
        let authorization = format!("authorization: Bearer {}", self.token);
        let own = [authorization.as_str(), "content-type: application/json"];
        let headers: Vec<_> = own.into_iter().chain(headers.iter().copied()).collect();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        request(self.server.next_address(), line, &headers, &body).await
    }

    async fn does(&self, line: &str, body: Value, status: u16) -> Value {
        let answer = self.call(line, body).await;
        assert_eq!(answer.status, status, "{line}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    async fn is_refused(&self, line: &str, body: Value, status: u16, code: ErrorCode) {
        let error = self.does(line, body, status).await;
        assert_eq!(error["code"], code.as_str(), "{line}");
        assert!(error["message"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{line}: {error}");
    }
}

#[tokio::test]
async fn what_a_script_posts_people_see_once() {
    let (server, alice, _bob) = conversation().await;
    let robot = Script::sign_in(&server, "Robot").await;
    let general = alice.room_id("general");
    let messages = format!("/api/rooms/{general}/messages");
    robot.is_refused(&format!("POST {messages}"), json!({"text": "early"}), 403, ErrorCode::NotMember).await;
    let room = robot.does(&format!("PUT /api/rooms/{general}/membership"), Value::Null, 200).await;
    assert_eq!((&room["member"], &room["slug"]), (&json!(true), &json!("general")));

    let mut answers = Vec::new();
    for _ in 0..3 {
        let body = json!({"text": "deployed", "kind": "action"});
        let answer = robot.call_with(&format!("POST {messages}"), &["idempotency-key: deploy-1"], body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answers.push(answer.body);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    alice.sees("general", "deployed").await;
    let first = robot.does(&format!("POST {messages}"), json!({"text": "twice"}), 201).await;
    let second = robot.does(&format!("POST {messages}"), json!({"text": "twice"}), 201).await;
    assert_ne!(first["seq"], second["seq"], "without a key nothing tells that it is a repeat");

    let page = robot.does(&format!("GET {messages}?limit=3"), Value::Null, 200).await;
    let texts: Vec<_> = page["messages"].as_array().unwrap().iter().map(|message| &message["text"]).collect();
    assert_eq!(texts, ["deployed", "twice", "twice"]);
    let before = page["messages"][0]["seq"].as_i64().unwrap();
    let older = robot.does(&format!("GET {messages}?before={before}"), Value::Null, 200).await;
    assert_eq!((&older["hasAfter"], older["messages"].as_array().unwrap().len()), (&json!(true), 0));
    alice.has_the_log(&server.database(), "general").await;
}

#[tokio::test]
async fn a_room_is_made_changed_found_and_deleted() {
    let (server, alice, _bob) = conversation().await;
    let robot = Script::sign_in(&server, "Robot").await;
    let tea = robot.does("POST /api/rooms", json!({"title": "Tea", "topic": "Leaves"}), 201).await;
    let room = tea["room"].as_i64().unwrap();
    assert_eq!((&tea["slug"], &tea["member"]), (&json!("tea"), &json!(true)));
    robot.is_refused("POST /api/rooms", json!({"title": "tea"}), 409, ErrorCode::RoomExists).await;
    let change = json!({"title": "Tea time", "slug": "tea-time"});
    let changed = robot.does(&format!("PATCH /api/rooms/{room}"), change, 200).await;
    assert_eq!(changed["topic"], "Leaves", "what is not named stays");
    let found = robot.does("GET /api/rooms/at/tea", Value::Null, 200).await;
    assert_eq!(
        (&found["room"], &found["slug"]),
        (&json!(room), &json!("tea-time")),
        "a former address leads there"
    );
    assert_eq!(robot.does(&format!("GET /api/rooms/{room}"), Value::Null, 200).await["title"], "Tea time");
    let listed = robot.does("GET /api/rooms?search=leav", Value::Null, 200).await;
    assert_eq!(listed["rooms"].as_array().unwrap().len(), 1);

    alice.join("tea-time", 0).await.unwrap();
    // Another node hears of her a moment later.
    let both = [json!([alice.session.user.name, "online"]), json!(["Robot", "offline"])];
    within("both of them, one of whom is there", async {
        loop {
            let page = robot.does(&format!("GET /api/rooms/{room}/members"), Value::Null, 200).await;
            let people: Vec<_> = page["members"].as_array().unwrap().iter().collect();
            let people: Vec<_> = people.iter().map(|one| json!([one["name"], one["state"]])).collect();
            if people.len() == 2 && both.iter().all(|one| people.contains(one)) {
                break;
            }
        }
    })
    .await;

    let other = Script { server: &server, token: alice.session.token.clone() };
    other.is_refused(&format!("DELETE /api/rooms/{room}"), Value::Null, 403, ErrorCode::Forbidden).await;
    robot.does(&format!("DELETE /api/rooms/{room}"), Value::Null, 204).await;
    robot.is_refused(&format!("GET /api/rooms/{room}"), Value::Null, 404, ErrorCode::RoomNotFound).await;
}

#[tokio::test]
async fn pages_of_rooms_and_members_go_on_where_the_one_before_ended() {
    let server = Server::start().await;
    let robot = Script::sign_in(&server, "Robot").await;
    let (mut addresses, mut after) = (Vec::new(), String::new());
    loop {
        let page = robot.does(&format!("GET /api/rooms?limit=2{after}"), Value::Null, 200).await;
        addresses.extend(page["rooms"].as_array().unwrap().iter().map(|room| room["slug"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(addresses, ["general", "random", "tech"]);
    robot.is_refused("GET /api/rooms?after=nowhere", Value::Null, 400, ErrorCode::BadFrame).await;
}

#[tokio::test]
async fn a_persons_devices_hear_of_what_the_script_does_in_the_persons_name() {
    let (server, alice, bob) = conversation().await;
    let seq = bob.says("general", "hi").await;
    let script = Script { server: &server, token: alice.session.token.clone() };
    let general = alice.room_id("general");
    script.does(&format!("PUT /api/rooms/{general}/read"), json!({"seq": seq}), 204).await;
    alice.until("the read mark", |view| view.read_marks.get("general") == Some(&seq)).await;
    script.does(&format!("DELETE /api/rooms/{general}/membership"), Value::Null, 204).await;
    alice.until("the leave", |view| view.memberships.last() == Some(&("general".to_owned(), false))).await;
    script.does("DELETE /api/session", Value::Null, 204).await;
    alice.is_offline().await;
}

#[tokio::test]
async fn what_is_wrong_is_refused_in_a_sentence() {
    let server = Server::start().await;
    let robot = Script::sign_in(&server, "Robot").await;
    for (line, body) in [
        ("POST /api/rooms", json!({"title": 7})),
        ("POST /api/rooms", Value::Null),
        ("GET /api/rooms/general", Value::Null),
        ("GET /api/rooms?limit=-1", Value::Null),
        ("GET /api/rooms/1/messages?before=1&after=2", Value::Null),
        ("PUT /api/rooms/1/read", json!({})),
    ] {
        robot.is_refused(line, body, 400, ErrorCode::BadFrame).await;
    }
    robot.is_refused("POST /api/rooms", json!({"title": ""}), 400, ErrorCode::RoomInvalid).await;
    robot.is_refused("GET /api/rooms/99", Value::Null, 404, ErrorCode::RoomNotFound).await;
    let key = ["idempotency-key: no spaces"];
    let answer = robot.call_with("POST /api/rooms/1/messages", &key, json!({"text": "hi"})).await;
    assert!(
        answer.status == 400 && answer.body.contains(ErrorCode::ClientIdInvalid.as_str()),
        "{}",
        answer.body
    );

    for token in ["", "cw_nobody", &format!("{}x", robot.token)] {
        let stranger = Script { server: &server, token: token.to_owned() };
        stranger.is_refused("GET /api/rooms", Value::Null, 401, ErrorCode::Unauthorized).await;
    }
}

#[tokio::test]
async fn who_is_answered_too_much_is_told_when_to_come_again() {
    let server = Server::with(|config| {
        config.rate_limit = RateLimit::On;
        config.answer_bytes_per_minute = 4096;
    })
    .await;
    let robot = Script::sign_in(&server, "Robot").await;
    let refused = async {
        loop {
            let answer = robot.call("GET /api/rooms", Value::Null).await;
            if answer.status != 200 {
                break answer;
            }
        }
    };
    let refused = within("the end of patience", refused).await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn the_description_is_below_the_path_of_the_server() {
    let server = Server::start().await;
    let description = description(server.address, "/api/openapi.json").await;
    assert_eq!(description["servers"][0]["url"], "/");
    let server = Server::with(|config| config.base_path = "/chat".parse().unwrap()).await;
    assert_eq!(
        self::description(server.address, "/chat/api/openapi.json").await["servers"][0]["url"],
        "/chat"
    );
    let page = request(server.address, "GET /chat/api/docs", &[], "").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert!(
        page.body.contains("/chat/api/rooms/{room}/messages") && page.body.contains("id=\"postMessage\"")
    );
}

async fn description(server: SocketAddr, path: &str) -> Value {
    let answer = request(server, &format!("GET {path}"), &[], "").await;
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn a_list_is_no_object() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    let token = format!("authorization: Bearer {}", alice.session.token);
    for (line, body) in
        [("PATCH /api/me", "[null, null]"), ("POST /api/invites", "[]"), ("POST /api/session", r#"["Bob"]"#)]
    {
        let answer = request(server.address, line, &[&token, "content-type: application/json"], body).await;
        assert_eq!(answer.status, 400, "{line}: {answer:?}");
        assert!(answer.body.contains("expected an object"), "{answer:?}");
    }
}
