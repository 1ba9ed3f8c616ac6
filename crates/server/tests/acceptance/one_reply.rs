//! Exactly one reply for each frame with a `ref`.

use crate::support::{RawSocket, Seed, conversation, masked, within};
use rand::RngExt as _;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A frame of any kind, from useful to broken.
fn some_frame(random: &mut impl rand::Rng, number: usize) -> Value {
    let room = [1, 2, 404, -1][random.random_range(0..4)];
    let state = ["online", "away", "offline", "asleep"][random.random_range(0..4)];
    match random.random_range(0..16) {
        0 => json!({"type": "join", "room": room, "limit": random.random_range(0..300)}),
        1..=5 => json!({"type": "send", "room": room, "clientId": format!("c{number}"), "text": "hi"}),
        6 => json!({"type": "history", "room": room, "before": random.random_range(-5..500)}),
        7 => json!({"type": "members", "room": room}),
        8 => json!({"type": "rooms"}),
        9 => json!({"type": "read", "room": room, "seq": random.random_range(-5..500)}),
        10 => json!({"type": "typing", "room": room}),
        11 => {
            json!({"type": "presence", "state": state})
        }
        12 => json!({"type": "rename", "name": format!("Alice {}", random.random_range(0..5))}),
        13..15 => {
            let kind = ["react", "unreact", "pin", "unpin"][random.random_range(0..4)];
            let emoji = ["👍", "🎉", "no emoji"][random.random_range(0..3)];
            json!({"type": kind, "room": room, "target": random.random_range(-1..9), "emoji": emoji})
        }
        _ => json!({"type": "nonsense", "room": [room]}),
    }
}

#[tokio::test]
async fn every_ref_is_answered_once() {
    let mut random = Seed::choose().random(0);
    let (server, alice, _bob) = conversation().await;
    let mut raw = RawSocket::signed_in(server.address, &alice.session.token).await;
    let mut expected = HashMap::new();
    let mut bytes = Vec::new();
    for number in 0..500 {
        let mut frame = some_frame(&mut random, number);
        frame["ref"] = if random.random_bool(0.5) { json!(number) } else { json!(format!("é{number}")) };
        expected.insert(frame["ref"].to_string(), frame["type"].clone());
        bytes.extend(masked(0x81, frame.to_string().as_bytes()));
    }
    bytes.extend(masked(0x81, br#"{"type":"rooms","ref":"last"}"#));
    raw.send(&bytes).await;

    let mut answered = HashMap::new();
    // Acks may come after the reply to a later frame, so the end is when every ref has one.
    while answered.len() < expected.len() + 1 {
        let frame = raw.next_text().await;
        if let Some(reference) = frame.get("ref") {
            *answered.entry(reference.to_string()).or_insert(0) += 1;
        }
    }
    // Whatever came twice would come before the reply to one more frame.
    raw.say(r#"{"type":"rooms","ref":"end"}"#).await;
    loop {
        let frame = raw.next_text().await;
        match frame.get("ref") {
            Some(reference) if reference == "end" => break,
            Some(reference) => panic!("a second reply to {reference}"),
            None => {}
        }
    }
    assert!(answered.values().all(|count| *count == 1), "{answered:?}");
    assert!(expected.keys().all(|reference| answered.contains_key(reference)));
}

#[tokio::test]
async fn what_may_go_without_a_ref_is_answered_only_by_errors() {
    let (server, alice, _bob) = conversation().await;
    let mut raw = RawSocket::signed_in(server.address, &alice.session.token).await;
    raw.say(r#"{"type":"join","ref":"join","room":1}"#).await;
    raw.reply("join").await;
    for silent in [
        r#"{"type":"typing","room":1}"#,
        r#"{"type":"presence","state":"online"}"#,
        r#"{"type":"read","room":1,"seq":1}"#,
        r#"{"type":"typing","room":404}"#,
    ] {
        raw.say(silent).await;
    }
    raw.say(r#"{"type":"rooms","ref":"end"}"#).await;
    let mut codes = Vec::new();
    within("the end", async {
        loop {
            let frame = raw.next_text().await;
            assert_ne!(frame["type"], "ok");
            if frame["type"] == "error" {
                codes.push(frame["code"].clone());
            }
            if frame["ref"] == "end" {
                return;
            }
        }
    })
    .await;
    assert_eq!(codes, ["not_member"]);
}
