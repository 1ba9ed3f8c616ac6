//! When it is said that somebody's right has ended, nobody hears anything of it any more.

use crate::sequence::{Log, with};
use crate::support::{ROOM, Wire, World, access, event, room, said};
use chinwag_core::domain::{EventBody, MemberChange, RoomId, Seq, SessionId, UserId};
use chinwag_core::ports::{Broker as _, Settling};
use chinwag_realtime::NotLive;
use std::time::Duration;
use tokio::time::timeout;

fn left() -> EventBody {
    EventBody::own_membership(UserId(1), "user 1", MemberChange::Left)
}

#[tokio::test(start_paused = true)]
async fn a_removal_is_settled_when_its_subscriptions_have_ended() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    let alice = world.connect(1, &wire);
    world.join(&alice);
    world.left(1, 1);
    assert!(world.hub.subscription(&alice, ROOM).is_some(), "the fan-out has not come to it");
    world.broker.settled(Settling::Room(ROOM, Seq(1))).await.unwrap();
    assert!(world.hub.subscription(&alice, ROOM).is_none());
    assert!(wire.text().contains("den 1\n"), "it was told of before");
}

#[tokio::test(start_paused = true)]
async fn what_has_not_come_is_read_before_it_is_settled() {
    let log = Log::up_to(3);
    log.committed.lock().push(event(4, 1, left()));
    let (world, wire) = (with(&log), Wire::new(usize::MAX));
    let alice = world.connect(1, &wire);
    world.join(&alice);
    *log.is_away.lock() = true;
    let mut settled = world.broker.settled(Settling::Room(ROOM, Seq(4)));
    assert!(timeout(Duration::from_secs(1), &mut settled).await.is_err(), "the log cannot be read");
    *log.is_away.lock() = false;
    settled.await.unwrap();
    assert!(world.hub.subscription(&alice, ROOM).is_none());
}

#[tokio::test(start_paused = true)]
async fn where_nobody_is_live_it_is_settled_at_once_and_whoever_comes_reads_it_first() {
    let world = World::calm();
    world.broker.settled(Settling::Room(ROOM, Seq(4))).await.unwrap();
    world.broker.settled(Settling::Room(RoomId(404), Seq(1))).await.unwrap();
    let alice = world.connect(1, &Wire::new(usize::MAX));
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    world.broker.settled(Settling::Room(ROOM, Seq(4))).await.unwrap();
    assert_eq!(subscription.go_live(&access(1, 3), Seq(3), || ()), Err(NotLive::Behind(Seq(4))));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_room_that_everybody_has_left() {
    let log = Log::up_to(1);
    let world = with(&log);
    let alice = world.connect(1, &Wire::new(usize::MAX));
    world.join(&alice);
    *log.is_away.lock() = true;
    let settled = world.broker.settled(Settling::Room(ROOM, Seq(1)));
    world.hub.unregister(&alice);
    settled.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_repeated_removal_waits_as_the_first_one_did() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    world.publish(1, 99, said("hi"));
    for _ in 0..2 {
        world.broker.settled(Settling::Room(ROOM, Seq(1))).await.unwrap();
        assert!(wire.text().contains("den 1\n"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_ended_is_settled_when_its_connections_are_closed() {
    let world = World::calm();
    let (wire, late) = (Wire::new(usize::MAX), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    for _ in 0..100 {
        world.broker.settled(Settling::Session(UserId(1), SessionId(1))).await.unwrap();
    }
    world.message(1);
    wire.until(|text| text.ends_with("close SignedOut\n")).await;
    assert!(!wire.text().contains("den 1"), "nothing comes after it: {}", wire.text());
    let _slips_in = world.connect(1, &late);
    late.until(|text| text.ends_with("close SignedOut\n")).await;
}
