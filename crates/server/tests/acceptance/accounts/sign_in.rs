use super::{Browser, PASSWORD};
use crate::support::{Server, request};
use serde_json::{Value, json};

#[tokio::test]
async fn a_member_comes_back_with_name_and_password() {
    let server = Server::start().await;
    let mut alex = Browser::new(&server);
    let body = json!({"name": "alex", "displayName": "Alex Smith", "password": PASSWORD, "email": "alex@example.org"});
    let made = alex.enters("POST /api/accounts", body, 201).await;
    assert_eq!((&made["user"]["name"], &made["user"]["kind"]), (&json!("Alex Smith"), &json!("member")));
    assert_eq!((&made["expiresIn"], &made["token"]), (&json!(900), &Value::Null));
    let me = alex.does("GET /api/me", Value::Null, 200).await;
    assert_eq!((&me["login"], &me["email"]), (&json!("alex"), &json!("alex@example.org")));
    alex.does("DELETE /api/session", Value::Null, 204).await;
    assert_eq!(alex.cookie, None, "the cookie goes with the session");
    alex.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;

    let mut again = Browser::new(&server);
    let back = again.enters("POST /api/session", json!({"name": " ALEX ", "password": PASSWORD}), 201).await;
    assert_eq!(back["user"], made["user"]);
    let mut script = Browser::new(&server);
    let body = json!({"name": "alex", "password": PASSWORD, "for": "script"});
    let for_script = script.enters("POST /api/session", body, 201).await;
    script.access = for_script["token"].as_str().unwrap().to_owned();
    assert!(script.cookie.is_none() && script.access.starts_with("cw_"));
    assert_eq!(script.does("GET /api/session", Value::Null, 200).await["user"], made["user"]);
    script.connects().await;
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_are_answered_alike() {
    let server = Server::start().await;
    Browser::of_member(&server, "Alex").await;
    let mut stranger = Browser::new(&server);
    let answers = [
        ("Alex", "wrong wrong wrong"),
        ("Nobody", "wrong wrong wrong"),
        ("no\0name", "x"),
        ("Alex", ""),
        ("", ""),
    ];
    let mut heads = Vec::new();
    for (name, password) in answers {
        let body = json!({"name": name, "password": password});
        let answer = stranger.call_with("POST /api/session", &[], body).await;
        let head: Vec<_> =
            answer.head.lines().filter(|line| !line.starts_with("date:")).map(str::to_owned).collect();
        heads.push((answer.status, head, answer.body));
    }
    assert_eq!(heads[0].0, 401);
    assert!(heads[0].2.contains("sign_in_failed"), "{}", heads[0].2);
    for other in &heads[1..] {
        assert_eq!(*other, heads[0]);
    }
}

#[tokio::test]
async fn whoever_guesses_waits_longer_each_time() {
    let server = Server::start().await;
    Browser::of_member(&server, "Alex").await;
    let mut guesser = Browser::new(&server);
    for number in 0..5 {
        let body = json!({"name": "Alex", "password": format!("guess number {number}")});
        guesser.is_refused("POST /api/session", body, 401, "sign_in_failed").await;
    }
    // Where there are several nodes, each counts for itself.
    let body = json!({"name": "Alex", "password": PASSWORD});
    let mut waits = Vec::new();
    for _ in 0..2 {
        for number in 5..10 {
            let body = json!({"name": "Alex", "password": format!("guess number {number}")});
            guesser.call_with("POST /api/session", &[], body).await;
        }
        let answer = guesser.call_with("POST /api/session", &[], body.clone()).await;
        assert_eq!(answer.status, 429, "even the right one: {}", answer.body);
        waits.push(answer.header("retry-after").unwrap().parse::<u32>().unwrap());
    }
    assert!(waits.iter().all(|wait| (1..=2).contains(wait)), "{waits:?}");
}

#[tokio::test]
async fn names_and_passwords_that_others_could_be_taken_for_are_refused() {
    let server = Server::start().await;
    let mut alex = Browser::new(&server);
    let body = json!({"name": "alex", "displayName": "Big Alex", "password": PASSWORD});
    alex.enters("POST /api/accounts", body, 201).await;
    let register =
        |name: &str, display: &str| json!({"name": name, "displayName": display, "password": PASSWORD});
    for (name, display) in [
        ("Alex", "Somebody"),
        // With letters of other scripts that look the same.
        ("\u{430}l\u{435}\u{445}", "Somebody"),
        ("somebody", "alex"),
        ("somebody", "B\u{456}g Alex"),
        ("big alex", "Somebody"),
    ] {
        let mut other = Browser::new(&server);
        let answer = other.call_with("POST /api/accounts", &[], register(name, display)).await;
        assert!(matches!(answer.status, 400 | 409), "{name}, {display}: {}", answer.body);
    }
    let mut guest = Browser::new(&server);
    guest.is_refused("POST /api/session", json!({"name": "ALEX"}), 409, "name_taken").await;
    for (password, status) in [("short", 400), ("password123", 400), ("robert tables", 400)] {
        let body = json!({"name": "Robert Tables", "password": password});
        guest.is_refused("POST /api/accounts", body, status, "password_refused").await;
    }
    let body = json!({"name": "Robert", "password": PASSWORD, "email": "robert"});
    guest.is_refused("POST /api/accounts", body, 400, "email_invalid").await;
    guest.is_refused("POST /api/session", json!({"password": PASSWORD}), 400, "bad_frame").await;
    guest.enters("POST /api/accounts", register("robert", "Robert Tables"), 201).await;
}

#[tokio::test]
async fn a_session_is_refreshed_by_its_cookie_alone_and_from_this_server_alone() {
    let server = Server::start().await;
    let body = json!({"name": "Alex", "password": PASSWORD}).to_string();
    let json = ["content-type: application/json"];
    // What somebody planted there is not taken over.
    let planted = [json[0], "cookie: chinwag_session=cw_planted"];
    let made = request(server.address, "POST /api/accounts", &planted, &body).await;
    let cookie = made.cookie("chinwag_session").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_ne!(pair, "chinwag_session=cw_planted");
    assert_eq!(attributes, "Path=/api/session; Max-Age=34560000; HttpOnly; SameSite=Strict");

    let mut alex = Browser::new(&server);
    alex.cookie = Some(pair.split_once('=').unwrap().1.to_owned());
    let foreign =
        alex.call_with("POST /api/session/refresh", &["origin: https://evil.example"], Value::Null).await;
    assert_eq!((foreign.status, foreign.cookies.len()), (403, 0), "{}", foreign.body);
    let user = alex.refreshes().await["user"].clone();
    assert_eq!(user["name"], "Alex");
    for stranger in [None, Some("cw_planted"), Some(""), Some("x")] {
        let mut browser = Browser::new(&server);
        browser.cookie = stranger.map(str::to_owned);
        browser.is_refused("POST /api/session/refresh", Value::Null, 401, "unauthorized").await;
    }
    // The refresh token signs nobody in elsewhere.
    let mut thief = Browser::new(&server);
    thief.access = alex.cookie.clone().unwrap();
    thief.is_refused("GET /api/session", Value::Null, 401, "unauthorized").await;
}

#[tokio::test]
async fn tokens_that_this_server_did_not_sign_are_refused() {
    let (server, other) = (Server::start().await, Server::start().await);
    let mut alex = Browser::of_member(&server, "Alex").await;
    let foreign = Browser::of_member(&other, "Alex").await.access;
    let parts: Vec<_> = alex.access.split('.').map(str::to_owned).collect();
    // {"alg":"none","typ":"JWT"}
    let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", parts[1]);
    let unsigned = format!("{}.{}.", parts[0], parts[1]);
    let changed = format!("{}.{}x.{}", parts[0], parts[1], parts[2]);
    let long = format!("{}.{}.{}", parts[0], "a".repeat(100_000), parts[2]);
    let mine = std::mem::take(&mut alex.access);
    for token in [foreign, none, unsigned, changed, "a.b.c".to_owned(), "..".to_owned()] {
        alex.access = token;
        alex.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;
    }
    alex.access = long;
    let answer = alex.call_with("GET /api/me", &[], Value::Null).await;
    assert!(matches!(answer.status, 400..=499), "{}", answer.status);
    let in_address = request(server.address, &format!("GET /api/me?token={mine}"), &[], "").await;
    assert_eq!(in_address.status, 401, "an address is no place for a token");
    alex.access = mine;
    alex.does("GET /api/me", Value::Null, 200).await;
}
