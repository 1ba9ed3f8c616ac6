//! A busy room writes what gathered meanwhile in one batch, and says when too much waits.

use crate::support::{Wire, World, access, room};
use chinwag_core::domain::Seq;
use tokio::task::yield_now;

/// More than the fan-out serves in one go, so that something can happen within a batch.
const SUBSCRIBERS: i64 = 300;

/// The messages that came, among pings and the like.
fn messages(text: &str) -> Vec<i64> {
    text.lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

#[tokio::test]
async fn what_comes_while_a_batch_is_written_goes_out_with_the_next() {
    let world = World::without_presence();
    let mut wires = Vec::new();
    for user in 0..SUBSCRIBERS {
        let wire = Wire::new(usize::MAX);
        world.join(&world.connect(user, &wire));
        wires.push(wire);
    }
    world.message(1);
    wires[0].until(|text| messages(text) == [1]).await;
    assert_eq!(messages(&wires[SUBSCRIBERS as usize - 1].text()), [], "the batch is not written to all");
    for seq in 2..=5 {
        world.message(seq);
    }
    let mut seen = Vec::new();
    while seen != [1, 2, 3, 4, 5] {
        assert!(seen.len() <= 1, "the others come together: {seen:?}");
        yield_now().await;
        seen = messages(&wires[0].text());
    }
    for wire in &wires {
        wire.until(|text| messages(text) == [1, 2, 3, 4, 5]).await;
    }
}

#[tokio::test]
async fn a_room_says_when_too_much_waits_and_when_it_is_over() {
    let world = World::without_presence();
    let wire = Wire::new(usize::MAX);
    let connection = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&connection, &room()).subscription;
    subscription.go_live(&access(1, 0), Seq(0), || ()).unwrap();
    for seq in 1..=4096 {
        world.message(seq);
    }
    assert!(!subscription.is_congested());
    world.message(4097);
    assert!(subscription.is_congested());
    wire.until(|text| text.contains("den 4097\n")).await;
    assert!(!subscription.is_congested());
}
