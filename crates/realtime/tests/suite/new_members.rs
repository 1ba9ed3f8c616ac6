//! New members are told of with the next tick of presence, or with what is told before it.

use crate::support::{Wire, World};
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::sleep;

/// What reaches somebody who subscribes.
fn subscriber(world: &World) -> Wire {
    let wire = Wire::new(usize::MAX);
    world.join(&world.connect(1, &wire));
    wire
}

fn events(text: &str) -> Vec<i64> {
    text.lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_new_member_comes_with_the_next_tick() {
    let world = World::calm();
    let wire = subscriber(&world);
    // Its own presence is told, so that nothing else makes a tick.
    wire.until(|text| text.contains("presence 1")).await;
    sleep(Duration::from_millis(100)).await;
    world.joined(1, 2);
    wire.until(|text| events(text) == [1]).await;
}

#[tokio::test]
async fn a_message_takes_new_members_with_it() {
    let world = World::without_presence();
    let wire = subscriber(&world);
    world.joined(1, 2);
    world.joined(2, 3);
    for _ in 0..100 {
        yield_now().await;
    }
    assert_eq!(events(&wire.text()), [], "they wait");
    world.message(3);
    wire.until(|text| events(text) == [1, 2, 3]).await;
}

#[tokio::test]
async fn very_many_new_members_do_not_wait() {
    let world = World::without_presence();
    let wire = subscriber(&world);
    for seq in 1..=300 {
        world.joined(seq, seq);
    }
    wire.until(|text| events(text).len() >= 256).await;
}
