//! A busy room waits for what is being committed; a quiet one never does.

use crate::support::{ROOM, Wire, World, slug};
use chinwag_core::domain::Seq;
use chinwag_realtime::ExpectedMessage;
use tokio::task::yield_now;

/// More than the pump serves in one go, so that something can happen within a round.
const LISTENERS: i64 = 300;

/// The messages that came, among pings and the like.
fn messages(text: &str) -> Vec<i64> {
    text.lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

/// A room in the middle of its first round, which tells of message 1, while message 2 waits and another one is expected.
async fn busy_room() -> (World, Vec<Wire>, ExpectedMessage) {
    let world = World::calm();
    let mut wires = Vec::new();
    let mut expected = None;
    for user in 0..LISTENERS {
        let wire = Wire::new(usize::MAX);
        let connection = world.connect(user, &wire);
        let subscription = world.hub.listen(&connection, ROOM, &slug()).subscription;
        subscription.go_live(Seq(0), Seq(0), || ()).unwrap();
        expected = subscription.expect_message();
        wires.push(wire);
    }
    world.message(1);
    wires[0].until(|text| messages(text) == [1]).await;
    assert_eq!(messages(&wires[LISTENERS as usize - 1].text()), [], "the round is not over");
    world.message(2);
    for wire in &wires {
        wire.until(|text| messages(text) == [1]).await;
    }
    // Far more turns than the pump would need.
    for _ in 0..100 {
        yield_now().await;
    }
    assert!(wires.iter().all(|wire| messages(&wire.text()) == [1]), "message 2 waits for what is expected");
    (world, wires, expected.unwrap())
}

#[tokio::test]
async fn what_is_expected_goes_out_with_what_waits() {
    let (world, wires, expected) = busy_room().await;
    world.message(3);
    for wire in &wires {
        wire.until(|text| messages(text) == [1, 2, 3]).await;
    }
    drop(expected);
}

#[tokio::test]
async fn what_waits_goes_out_when_nothing_is_expected_any_more() {
    let (_world, wires, expected) = busy_room().await;
    drop(expected);
    for wire in &wires {
        wire.until(|text| messages(text) == [1, 2]).await;
    }
}

#[tokio::test]
async fn a_quiet_room_does_not_wait_for_what_is_expected() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let connection = world.connect(1, &wire);
    let subscription = world.hub.listen(&connection, ROOM, &slug()).subscription;
    subscription.go_live(Seq(0), Seq(0), || ()).unwrap();
    let expected = subscription.expect_message();
    world.message(1);
    wire.until(|text| messages(text) == [1]).await;
    drop(expected);
}
