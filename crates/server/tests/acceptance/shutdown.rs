//! SIGTERM drains: no ack is lost, clients are told to come back, and the process ends in time.

use crate::support::{Actor, Child, Database, Frame, Proxy, RawSocket, masked, within};
use chinwag_client::sign_in;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stored_is_acked_before_the_end() {
    let data = tempfile::tempdir().unwrap();
    let server = Child::start(data.path(), &[]).await;
    let session = sign_in(&server.url(), "Alice").await.unwrap();
    let mut raw = RawSocket::signed_in(server.address, &session.token).await;
    raw.say(r#"{"type":"join","ref":"join","room":1}"#).await;
    raw.reply("join").await;
    let frames = (0..2_000).flat_map(|number| {
        let id = number.to_string();
        let send = json!({"type": "send", "ref": number, "room": 1, "clientId": id, "text": id});
        masked(0x81, send.to_string().as_bytes())
    });
    raw.send(&frames.collect::<Vec<_>>()).await;
    server.terminate();

    let mut acked = BTreeSet::new();
    let code = within("the end", async {
        loop {
            match raw.next().await {
                Frame::Text(frame) if frame["type"] == "ack" => {
                    _ = acked.insert(frame["ref"].as_i64().unwrap())
                }
                Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
                Frame::Close(code) => return code,
                Frame::End => panic!("no close frame came"),
            }
        }
    })
    .await;
    assert_eq!(code, 4000);
    drop(raw);
    assert_eq!(server.ended().await.code(), Some(0));
    let database = Database::open(data.path());
    let stored = database.log("general").into_iter().filter_map(|event| event.message);
    let stored: BTreeSet<i64> = stored.map(|(client_id, _)| client_id.parse().unwrap()).collect();
    assert_eq!(acked, stored);
    database.check_invariants();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_are_told_to_come_back_and_a_dead_one_does_not_hold_the_process() {
    let data = tempfile::tempdir().unwrap();
    let server = Child::start(data.path(), &[]).await;
    let proxy = Proxy::before(server.address).await;
    let alice = Actor::connect(&server.url(), sign_in(&server.url(), "Alice").await.unwrap()).await;
    let dead = Actor::connect(&proxy.url(), sign_in(&server.url(), "Dead").await.unwrap()).await;
    for person in [&alice, &dead] {
        person.joins("general").await;
    }
    proxy.stall();
    let begun = Instant::now();
    server.terminate();
    assert_eq!(server.ended().await.code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(10), "it took {:?}", begun.elapsed());
    alice.until("the news", |view| !view.disconnects.is_empty()).await;
    assert_eq!(alice.view().disconnects[0], "The server restarts. Reconnect and resume.");
    alice.has_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_come_back_to_the_next_process() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Child::start(data.path(), &[]).await;
    let proxy = Proxy::before(server.address).await;
    let alice = Actor::connect(&proxy.url(), sign_in(&server.url(), "Alice").await.unwrap()).await;
    alice.joins("general").await;
    for round in 0..3 {
        alice.says("general", &format!("before {round}")).await;
        server.terminate();
        assert_eq!(server.ended().await.code(), Some(0));
        server = Child::start(data.path(), &[]).await;
        proxy.lead_to(server.address);
        alice.says("general", &format!("after {round}")).await;
    }
    alice.has_the_log(&Database::open(data.path()), "general").await;
    alice.has_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_the_address_can_end_it() {
    for _ in 0..20 {
        let data = tempfile::tempdir().unwrap();
        let server = Child::start(data.path(), &[]).await;
        server.terminate();
        assert_eq!(server.ended().await.code(), Some(0));
    }
}
