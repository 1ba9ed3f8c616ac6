//! Limits refuse with a code and tell when to try again.

use crate::support::{Actor, RawSocket, Server, request, within};
use chinwag_client::protocol::ErrorCode;
use chinwag_client::{RestError, sign_in};
use chinwag_server::{Config, RateLimit};
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
