use super::{Browser, PASSWORD};
use crate::support::{Server, within};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const REVOKED: u16 = 4104;

#[tokio::test]
async fn another_password_ends_the_other_sessions_at_once() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let mut other = Browser::signed_in(&server, "Alex").await;
    let (mut mine, mut theirs) = (alex.connects().await, other.connects().await);

    let wrong = json!({"current": "not the one", "password": "another one of them"});
    alex.is_refused("PUT /api/me/password", wrong, 401, "sign_in_failed").await;
    let none = json!({"password": "another one of them"});
    alex.is_refused("PUT /api/me/password", none, 401, "sign_in_failed").await;
    let right = json!({"current": PASSWORD, "password": "another one of them"});
    let began = Instant::now();
    alex.does("PUT /api/me/password", right, 204).await;
    assert_eq!(theirs.closed().await, REVOKED);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    other.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;
    other.is_refused("POST /api/session/refresh", Value::Null, 401, "unauthorized").await;

    mine.say(r#"{"type":"ping","ref":"ping"}"#).await;
    assert_eq!(mine.reply("ping").await["type"], "ok", "one's own goes on");
    alex.refreshes().await;
    let mut again = Browser::new(&server);
    let old = json!({"name": "Alex", "password": PASSWORD});
    again.is_refused("POST /api/session", old, 401, "sign_in_failed").await;
    let new = json!({"name": "Alex", "password": "another one of them"});
    again.enters("POST /api/session", new, 201).await;
}

#[tokio::test]
async fn one_sees_and_ends_where_one_is_signed_in() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let mut sam = Browser::of_member(&server, "Sam").await;
    let firefox = ["user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"];
    let mut other = Browser::new(&server);
    let body = json!({"name": "Alex", "password": PASSWORD});
    let answer = other.call_with("POST /api/session", &firefox, body).await;
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    other.access = answer["accessToken"].as_str().unwrap().to_owned();
    let mut socket = other.connects().await;

    let listed = alex.does("GET /api/sessions", Value::Null, 200).await;
    let sessions = listed["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2, "{listed}");
    let theirs = sessions.iter().find(|session| session["isCurrent"] == false).unwrap();
    assert_eq!((&theirs["device"], &theirs["address"]), (&json!("Firefox on Linux"), &json!("127.0.0.1")));
    assert!(theirs["createdAt"].as_i64().unwrap() > 0 && theirs["lastSeenAt"] == theirs["createdAt"]);
    let id = &theirs["id"];
    sam.does(&format!("DELETE /api/sessions/{id}"), Value::Null, 204).await;
    other.does("GET /api/me", Value::Null, 200).await;
    alex.does(&format!("DELETE /api/sessions/{id}"), Value::Null, 204).await;
    assert_eq!(socket.closed().await, REVOKED);
    other.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;

    let mut more = Vec::new();
    for _ in 0..3 {
        more.push(Browser::signed_in(&server, "Alex").await);
    }
    alex.does("DELETE /api/sessions", Value::Null, 204).await;
    for browser in &mut more {
        browser.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;
    }
    alex.does("GET /api/me", Value::Null, 200).await;
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_for_two_tabs_at_a_time() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let first = alex.cookie.clone();
    alex.refreshes().await;
    let second = alex.cookie.clone();
    assert_ne!(first, second);
    // The other tab began with the same cookie, at the same moment.
    alex.cookie = first;
    alex.refreshes().await;
    let third = alex.cookie.clone();
    // Whichever answer the browser kept last is good.
    for cookie in [second, third] {
        alex.cookie = cookie;
        alex.refreshes().await;
    }
}

#[tokio::test]
async fn a_connection_takes_a_new_token_of_its_own_session() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let other = Browser::signed_in(&server, "Alex").await;
    let mut socket = alex.connects().await;
    alex.refreshes().await;
    let renew = |token: &str| json!({"type": "renew", "ref": "renew", "token": token}).to_string();
    socket.say(&renew(&alex.access)).await;
    assert_eq!(socket.reply("renew").await["type"], "ok");
    for token in [other.access.as_str(), "cw_nobody", "a.b.c"] {
        socket.say(&renew(token)).await;
        assert_eq!(socket.reply("renew").await["code"], "unauthorized");
    }
}

#[tokio::test]
async fn a_link_signs_the_same_person_in_once() {
    let server = Server::start().await;
    for mut alex in [Browser::of_member(&server, "Alex").await, {
        let mut guest = Browser::new(&server);
        guest.enters("POST /api/session", json!({"name": "Sam"}), 201).await;
        guest
    }] {
        let user = alex.does("GET /api/session", Value::Null, 200).await;
        let link = alex.does("POST /api/session/link", Value::Null, 201).await;
        let mut phone = Browser::new(&server);
        let body = json!({"link": link["code"]});
        let entered = phone.enters("POST /api/session", body.clone(), 201).await;
        assert_eq!(entered["user"], user["user"]);
        phone.connects().await;
        let mut thief = Browser::new(&server);
        thief.is_refused("POST /api/session", body, 401, "unauthorized").await;
        thief.is_refused("POST /api/session", json!({"link": "cw_guessed"}), 401, "unauthorized").await;
        let both = json!({"link": "cw_guessed", "name": "Alex"});
        thief.is_refused("POST /api/session", both, 400, "bad_frame").await;
    }
}

#[tokio::test]
async fn an_account_that_ends_leaves_its_messages_and_nothing_else() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let mut status =
        json!({"status": {"text": "On holiday"}, "name": "Alexandra", "email": "alex@example.org"});
    alex.is_refused("PATCH /api/me", status.clone(), 401, "sign_in_failed").await;
    status["password"] = json!(PASSWORD);
    let me = alex.does("PATCH /api/me", status, 200).await;
    assert_eq!((&me["status"]["text"], &me["user"]["name"]), (&json!("On holiday"), &json!("Alexandra")));
    let room = alex.does("GET /api/rooms?search=general", Value::Null, 200).await["rooms"][0]["room"].clone();
    alex.does(&format!("PUT /api/rooms/{room}/membership"), Value::Null, 200).await;
    alex.does(&format!("POST /api/rooms/{room}/messages"), json!({"text": "still here"}), 201).await;
    let mut socket = alex.connects().await;

    let wrong = json!({"password": "not the one"});
    alex.is_refused("DELETE /api/me", wrong, 401, "sign_in_failed").await;
    alex.does("DELETE /api/me", json!({"password": PASSWORD}), 204).await;
    assert!(within("the end", socket.closed()).await >= 4100);
    alex.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;

    let mut sam = Browser::of_member(&server, "alex").await;
    sam.does(&format!("PUT /api/rooms/{room}/membership"), Value::Null, 200).await;
    let page = sam.does(&format!("GET /api/rooms/{room}/messages"), Value::Null, 200).await;
    let message = &page["messages"][0];
    assert_eq!((&message["text"], &message["name"]), (&json!("still here"), &json!("Former member")));
}
