//! A busy room waits for what is being committed; a quiet one never does.

use crate::support::{ROOM, Wire, World, slug};
use chinwag_core::domain::Seq;
use chinwag_realtime::ExpectedMessage;
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::advance;

/// More than the pump serves in one go, so that something can happen within a round.
const LISTENERS: i64 = 300;

/// The messages that came, among pings and the like.
fn messages(text: &str) -> Vec<i64> {
    text.lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

/// So many listeners, and a message that the room expects.
fn crowd(world: &World, listeners: i64) -> (Vec<Wire>, ExpectedMessage) {
    let mut wires = Vec::new();
    let mut expected = None;
    for user in 0..listeners {
        let wire = Wire::new(usize::MAX);
        let connection = world.connect(user, &wire);
        let subscription = world.hub.listen(&connection, ROOM, &slug()).subscription;
        subscription.go_live(Seq(0), Seq(0), || ()).unwrap();
        expected = subscription.expect_message();
        wires.push(wire);
    }
    (wires, expected.unwrap())
}

/// Far more turns of the scheduler than a pump with nothing to wait for needs. Where time stands still, none passes.
async fn let_others_work() {
    for _ in 0..100 {
        yield_now().await;
    }
}

/// A room in the middle of its first round, which tells of message 1, while message 2 waits and another one is expected.
async fn busy_room(world: &World) -> (Vec<Wire>, ExpectedMessage) {
    let (wires, expected) = crowd(world, LISTENERS);
    world.message(1);
    wires[0].until(|text| messages(text) == [1]).await;
    assert_eq!(messages(&wires[LISTENERS as usize - 1].text()), [], "the round is not over");
    world.message(2);
    let_others_work().await;
    assert!(wires.iter().all(|wire| messages(&wire.text()) == [1]), "message 2 waits for what is expected");
    (wires, expected)
}

#[tokio::test]
async fn what_is_expected_goes_out_with_what_waits() {
    let world = World::without_presence();
    let (wires, expected) = busy_room(&world).await;
    world.message(3);
    for wire in &wires {
        wire.until(|text| messages(text) == [1, 2, 3]).await;
    }
    drop(expected);
}

#[tokio::test]
async fn what_waits_goes_out_when_nothing_is_expected_any_more() {
    let world = World::without_presence();
    let (wires, expected) = busy_room(&world).await;
    drop(expected);
    for wire in &wires {
        wire.until(|text| messages(text) == [1, 2]).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_waits_goes_out_with_the_next_turn_however_long_the_storage_takes() {
    let world = World::calm();
    let (wires, expected) = busy_room(&world).await;
    for wire in &wires {
        wire.until(|text| messages(text) == [1, 2]).await;
    }
    drop(expected);
}

#[tokio::test(start_paused = true)]
async fn signals_that_wait_go_out_when_nothing_is_expected_any_more() {
    let world = World::calm();
    let (wires, expected) = crowd(&world, 10 * LISTENERS);
    let typist = Wire::new(usize::MAX);
    let connection = world.connect(-1, &typist);
    world.listen(&connection);
    let_others_work().await;
    world.message(1);
    yield_now().await;
    assert_eq!(messages(&wires[0].text()), [1]);
    // Its turn comes within the round.
    advance(Duration::from_millis(5)).await;
    let_others_work().await;
    let told = |wire: &Wire| wire.lines().into_iter().filter(|line| line != "ping").collect::<Vec<_>>();
    assert!(wires.iter().all(|wire| told(wire) == ["den 1"]), "presence waits for what is expected");
    drop(expected);
    let_others_work().await;
    assert!(wires.iter().all(|wire| told(wire) == ["den 1", "presence 1"]), "{:?}", told(&wires[0]));
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
