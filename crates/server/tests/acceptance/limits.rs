//! Limits refuse with a code and tell when to try again.

use crate::support::{Actor, Frame, Proxy, RawSocket, Server, request, within};
use chinwag_client::protocol::ErrorCode;
use chinwag_client::{RestError, sign_in};
use chinwag_server::{Config, RateLimit};
use futures_util::future::join_all;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn limited(change: impl FnOnce(&mut Config)) -> Server {
    Server::with(|config| {
        config.rate_limit = RateLimit::On;
        change(config);
    })
    .await
}

#[tokio::test]
async fn twenty_messages_pass_at_once_and_the_next_one_after_the_wait_that_is_told() {
    let server = limited(|_| {}).await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    let begun = Instant::now();
    let mut passed = 0;
    let (text, error) = loop {
        let text = passed.to_string();
        match alice.send_as("general", &text, &text).await {
            Ok(_) => passed += 1,
            Err(error) => break (text, error),
        }
        // Those that came while a busy machine sent the first twenty, one each half second.
        let added = begun.elapsed().as_millis() / 500;
        assert!(passed <= 20 + added, "{passed} passed");
    };
    assert!(passed >= 20, "{passed} passed");
    let refused = error.refusal().unwrap();
    assert_eq!((refused.code, refused.retryable), (ErrorCode::RateLimited, true));
    let wait = Duration::from_millis(refused.retry_after_ms.unwrap());
    assert!((1..=10_000).contains(&wait.as_millis()), "{wait:?}");
    // The wait is the promise: after it the same frame passes.
    sleep(wait).await;
    alice.send_as("general", &text, &text).await.unwrap();
    alice.sees("general", &text).await;
}

#[tokio::test]
async fn one_persons_haste_is_not_anothers() {
    let server = limited(|config| config.messages_per_10_s = 2).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let second_device = Actor::connect(&server.url(), alice.session.clone()).await;
    alice.says("general", "one").await;
    second_device.send("general", "two").await.unwrap();
    for device in [&alice, &second_device] {
        let error = device.send("general", "three").await.unwrap_err();
        assert_eq!(
            error.refusal().unwrap().code,
            ErrorCode::RateLimited,
            "a person's devices count together"
        );
    }
    bob.says("general", "still here").await;
}

#[tokio::test]
async fn other_changes_are_limited_but_joining_again_is_free() {
    let server = limited(|config| config.changes_per_minute = 3).await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    alice.rename("Alicia").await.unwrap();
    alice.leave("general").await.unwrap();
    for refused in [alice.join("tech", 0).await.map(drop), alice.rename("Alice").await.map(drop)] {
        let error = refused.unwrap_err();
        let refused = error.refusal().unwrap();
        assert_eq!(refused.code, ErrorCode::RateLimited);
        assert!(refused.retry_after_ms.is_some_and(|wait| wait > 0));
    }

    let bob = server.enter("Bob").await;
    for _ in 0..20 {
        bob.joins("general").await;
    }
}

#[tokio::test]
async fn reading_is_limited() {
    let server = limited(|config| config.reads_per_10_s = 3).await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    alice.rooms().await.unwrap();
    alice.members("general", None, 10).await.unwrap();
    alice.read("general", 1).await.unwrap();
    let error = alice.rooms().await.unwrap_err();
    assert_eq!(error.refusal().unwrap().code, ErrorCode::RateLimited);
}

#[tokio::test]
async fn whoever_joins_again_too_fast_still_hears_the_room() {
    let server = limited(|config| config.reads_per_10_s = 2).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    while alice.rooms().await.is_ok() {}
    let error = alice.join("general", 50).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().code, ErrorCode::RateLimited);
    bob.says("general", "Hello").await;
    alice.sees("general", "Hello").await;
}

/// A room with 300 kB of messages, of which a person is answered five times as much within a minute before a `hello` has to wait.
async fn much_to_replay() -> (Server, Actor) {
    let server = limited(|config| {
        config.answer_bytes_per_minute = 3_000_000;
        config.messages_per_10_s = 1_000;
        config.guest_messages_per_10_s = 1_000;
    })
    .await;
    let bob = server.enter("Bob").await;
    bob.joins("general").await;
    for number in 0..300 {
        bob.says("general", &format!("{number} {}", "x".repeat(990))).await;
    }
    (server, bob)
}

/// Says hello as somebody who has seen nothing, and takes what comes. Answers the bytes, and how it was refused when it was.
async fn replay_all(server: &Server, token: &str) -> (usize, Option<serde_json::Value>) {
    let mut raw = RawSocket::open(server.address).await;
    raw.say(&json!({"type": "hello", "ref": "hello", "token": token, "rooms": {"1": 0}}).to_string()).await;
    let mut bytes = 0;
    loop {
        match raw.next().await {
            Frame::Text(frame) if frame["type"] == "error" => {
                assert_eq!(raw.closed().await, 4003);
                return (bytes, Some(frame));
            }
            Frame::Text(frame) if frame["type"] == "resumed" => return (bytes, None),
            Frame::Text(frame) => bytes += frame.to_string().len(),
            Frame::Ping | Frame::Pong(_) => {}
            end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} after {bytes} bytes"),
        }
    }
}

#[tokio::test]
async fn hello_over_and_over_is_refused_and_the_person_misses_nothing_by_it() {
    let (server, bob) = much_to_replay().await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter_through(&proxy.url(), "Alice").await;
    alice.joins("general").await;

    let four = (0..4).map(async |_| {
        let mut total = 0;
        loop {
            let (bytes, refused) = replay_all(&server, &alice.session.token).await;
            total += bytes;
            if let Some(error) = refused {
                return (total, error);
            }
            assert!(total < 30_000_000, "nobody minds");
        }
    });
    let ends = join_all(four).await;
    let total: usize = ends.iter().map(|(bytes, _)| bytes).sum();
    // Half of the share, and what four at the same time get beside it.
    assert!((1_000_000..4_000_000).contains(&total), "{total} bytes");
    for (_, error) in ends {
        assert_eq!((&error["code"], &error["retryable"]), (&json!("rate_limited"), &json!(true)));
        assert!((1..60_000).contains(&error["retryAfterMs"].as_u64().unwrap()), "{error}");
    }

    // Her own client is refused, too, waits as long as it is told, and goes on where it was.
    proxy.cut();
    alice.is_offline().await;
    let unseen = bob.says("general", "while you were away").await;
    let written = alice.says("general", "while I was away").await;
    assert!(written > unseen);
    alice.sees("general", "while you were away").await;
    alice.has_the_log(&server.database(), "general").await;
    assert!(
        alice.view().disconnects.iter().any(|reason| reason.contains("cannot do this now")),
        "it was refused"
    );
    alice.has_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_behind_one_address_comes_back_at_once_and_nobody_waits() {
    let server = limited(|config| {
        config.sign_ins_per_10_min = 1_000;
        config.messages_per_10_s = 1_000;
        config.guest_messages_per_10_s = 1_000;
    })
    .await;
    let bob = server.enter("Bob").await;
    bob.joins("general").await;
    let crowd = join_all((0..80).map(async |number| {
        let session = server.sign_in(&format!("Guest {number}")).await;
        let mut raw = RawSocket::signed_in(server.address, &session.token).await;
        raw.say(r#"{"type":"join","ref":"join","room":1,"limit":0}"#).await;
        assert_eq!(raw.reply("join").await["type"], "joined");
        session.token
    }))
    .await;
    for number in 0..100 {
        bob.says("general", &format!("{number} {}", "x".repeat(1_900))).await;
    }
    let server = &server;
    let ends = join_all(crowd.iter().map(async |token| replay_all(server, token).await)).await;
    for (bytes, refused) in ends {
        assert_eq!(refused, None);
        assert!(bytes > 200_000, "{bytes} bytes");
    }
}

#[tokio::test]
async fn rooms_created_per_hour() {
    let server = limited(|config| config.rooms_created_per_hour = 2).await;
    let alice = server.enter("Alice").await;
    alice.create_room("one", "One", "").await.unwrap();
    alice.create_room("two", "Two", "").await.unwrap();
    let error = alice.create_room("three", "Three", "").await.unwrap_err();
    assert_eq!(error.refusal().unwrap().code, ErrorCode::RateLimited);
}

/// As many people as may sign in from one address at once, each with a limit of one's own.
async fn crowd(server: &Server) -> Vec<Actor> {
    let mut crowd = Vec::new();
    for number in 1..=20 {
        crowd.push(server.enter(&format!("Guest {number}")).await);
    }
    crowd
}

#[tokio::test]
async fn guests_of_one_address_share_a_limit_of_rooms() {
    let server = limited(|_| {}).await;
    let crowd = crowd(&server).await;
    let (mut made, mut refused) = (0, None);
    for (person, alice) in crowd.iter().enumerate() {
        for number in 0..10 {
            let slug = format!("room-{person}-{number}");
            match alice.create_room(&slug, &slug, "").await {
                Ok(_) => made += 1,
                Err(error) => refused = error.refusal().cloned(),
            }
        }
    }
    assert_eq!(made, 30, "{refused:?}");
    let refused = refused.unwrap();
    assert_eq!(refused.code, ErrorCode::RateLimited);
    assert!(refused.retry_after_ms.is_some_and(|wait| wait > 0));
}

#[tokio::test]
async fn guests_of_one_address_share_a_limit_of_messages() {
    let server = limited(|_| {}).await;
    let crowd = crowd(&server).await;
    for alice in &crowd {
        alice.joins("general").await;
    }
    let begun = Instant::now();
    let (mut passed, mut limits) = (0, 0);
    for alice in &crowd {
        for number in 0..20 {
            match alice.send("general", &number.to_string()).await {
                Ok(_) => passed += 1,
                Err(error) => limits += u32::from(error.refusal().unwrap().code == ErrorCode::RateLimited),
            }
        }
    }
    // Those that came while a busy machine sent the first ones, one each 50 ms.
    let added = begun.elapsed().as_millis() / 50;
    assert!((200..=200 + added).contains(&passed), "{passed} passed");
    assert_eq!(passed + u128::from(limits), 400);
}

#[tokio::test]
async fn guests_of_one_address_share_a_limit_of_changes() {
    let server = limited(|config| config.guest_changes_per_minute = 5).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    let mut passed = 0;
    for number in 0..4 {
        for (person, name) in [(&alice, "Alice"), (&bob, "Bob")] {
            passed += u32::from(person.rename(&format!("{name} {number}")).await.is_ok());
        }
    }
    assert_eq!(passed, 5);
}

#[tokio::test]
async fn sign_ins_per_address() {
    let server = limited(|config| config.sign_ins_per_10_min = 2).await;
    server.sign_in("Alice").await;
    server.sign_in("Bob").await;
    let Err(RestError::Refused { status, error }) = sign_in(&server.url(), "Carol").await else {
        panic!("not limited")
    };
    assert_eq!((status, error.code), (429, ErrorCode::RateLimited));
    let answer = request(
        server.address,
        "POST /api/session",
        &["content-type: application/json"],
        &json!({"name": "Carol"}).to_string(),
    )
    .await;
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn connections_per_address() {
    let server = limited(|config| config.connections_per_address = 2).await;
    let first = RawSocket::open(server.address).await;
    let _second = RawSocket::open(server.address).await;
    let headers =
        ["upgrade: websocket", "sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
    let third = || request(server.address, "GET /ws", &headers, "");
    let refused = third().await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);

    // The place is free again when a connection has gone.
    drop(first);
    within("a free place", async { while third().await.status == 429 {} }).await;
}
