//! Every subscriber sees every event once and in order, however it comes and goes.

use crate::support::{ROOM, Wire, World, access, room};
use chinwag_core::domain::{
    EventBody, RoomAddress, RoomChange, RoomId, RoomKind, RoomLabels, RoomSettings, RoomSlug, RoomState, Seq,
};
use chinwag_realtime::NotLive;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[tokio::test]
async fn a_live_subscriber_gets_events_in_order_and_one_catching_up_nothing() {
    let world = World::calm();
    let (live, behind) = (Wire::new(usize::MAX), Wire::new(usize::MAX));
    let (alice, bob) = (world.connect(1, &live), world.connect(2, &behind));
    world.join(&alice);
    let bobs = world.hub.subscribe(&bob, &room()).subscription;
    for seq in 1..=3 {
        world.message(seq);
    }
    live.until(|text| text.ends_with("den 3\n") || text.contains("den 3\npresence")).await;
    assert!(!behind.text().contains("den"));
    assert_eq!(
        bobs.go_live(&access(2, 2), Seq(2), || ()),
        Err(NotLive::Behind(Seq(3))),
        "event 3 was skipped"
    );
    bobs.go_live(&access(2, 3), Seq(3), || ()).unwrap();
    world.message(4);
    behind.until(|text| text.contains("den 4\n")).await;
    assert!(!behind.text().contains("den 3"));
}

#[tokio::test]
async fn one_who_knows_more_than_the_fan_out_does_not_hear_it_twice() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    world.hub.subscribe(&alice, &room()).subscription.go_live(&access(1, 2), Seq(2), || ()).unwrap();
    for seq in 1..=3 {
        world.message(seq);
    }
    let text = wire.until(|text| text.contains("den 3\n")).await;
    assert!(!text.contains("den 1\n") && !text.contains("den 2\n"), "{text}");
}

#[tokio::test]
async fn a_leave_ends_older_subscriptions_only() {
    let world = World::calm();
    let (old, new) = (Wire::new(usize::MAX), Wire::new(usize::MAX));
    let (phone, laptop) = (world.connect(1, &old), world.connect(1, &new));
    world.join(&phone);
    world.hub.subscribe(&laptop, &room()).subscription.go_live(&access(1, 2), Seq(2), || ()).unwrap();
    world.left(1, 1);
    world.joined(2, 1);
    world.message(3);
    new.until(|text| text.contains("den 3\n")).await;
    assert!(world.hub.subscription(&phone, ROOM).is_none());
    assert!(world.hub.subscription(&laptop, ROOM).is_some());
    assert_eq!(world.hub.online(ROOM), 1);
}

#[tokio::test]
async fn a_deleted_room_lets_everybody_go() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    world.join(&alice);
    world.publish(1, 1, EventBody::Room(RoomChange::Deleted));
    wire.until(|text| text.contains("den 1\n")).await;
    // The room ends its subscriptions right after the batch, on the fan-out task.
    while world.hub.online(ROOM) > 0 {
        tokio::task::yield_now().await;
    }
    assert!(world.hub.subscription(&alice, ROOM).is_none());
}

fn moved_to(slug: &str) -> EventBody {
    let labels = RoomLabels { slug: Some(slug.to_owned()), title: "Room".to_owned(), topic: String::new() };
    let (kind, was, settings) = (RoomKind::Public, RoomKind::Public, RoomSettings::default());
    EventBody::Room(RoomChange::Updated(RoomState { labels, kind, was, settings }))
}

#[tokio::test]
async fn a_room_that_moves_to_another_address_is_found_there() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    world.join(&alice);
    let [old, new] = ["den", "lair"].map(|slug| RoomSlug::parse(slug).unwrap());
    assert!(world.hub.subscription_by_slug(&alice, &old).is_some());
    world.publish(1, 1, moved_to("lair"));
    world.message(2);
    wire.until(|text| text.contains("lair 2\n")).await;
    assert!(world.hub.subscription_by_slug(&alice, &old).is_none());
    let subscription = world.hub.subscription_by_slug(&alice, &new).unwrap();
    assert_eq!((subscription.room_id(), &subscription.address().slug), (ROOM, &Some(new)));
}

#[tokio::test]
async fn a_room_that_moved_just_before_the_first_one_came_is_told_under_its_new_address() {
    let world = World::without_presence();
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    // Nobody is here to be told.
    world.publish(5, 9, moved_to("lair"));
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    let lair = RoomAddress { slug: RoomSlug::parse("lair").ok(), ..room() };
    let elsewhere = RoomAddress { id: RoomId(2), ..room() };
    subscription.note_address(&lair, &access(1, 6));
    // A look-up of before, and one of another room.
    subscription.note_address(&room(), &access(1, 4));
    subscription.note_address(&elsewhere, &access(1, 9));
    subscription.go_live(&access(1, 6), Seq(6), || ()).unwrap();
    world.message(7);
    wire.until(|text| text.contains("lair 7\n")).await;

    // What the look-up knew is published late, and then the room moves once more.
    subscription.note_address(&lair, &access(1, 9));
    world.publish(8, 9, moved_to("cave"));
    world.publish(9, 9, moved_to("lair"));
    wire.until(|text| text.contains("lair 8\nlair 9\n")).await;
    world.publish(10, 9, moved_to("cave"));
    wire.until(|text| text.contains("cave 10\n")).await;
}

/// Clients come, catch up from the log, are live, and go at random while events are published from another thread.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn random_comings_and_goings_lose_and_repeat_nothing() {
    let seed = std::env::var("CHINWAG_SEED").map_or_else(|_| rand::random(), |seed| seed.parse().unwrap());
    println!("CHINWAG_SEED={seed}");
    let world = Arc::new(World::calm());
    let committed = Arc::new(AtomicI64::new(0));
    let publisher = std::thread::spawn({
        let (world, committed) = (Arc::clone(&world), Arc::clone(&committed));
        move || {
            for seq in 1..=3000 {
                // In the log first, as the storage does it.
                committed.store(seq, Ordering::SeqCst);
                world.message(seq);
                std::thread::yield_now();
            }
        }
    });
    let clients = (0..24)
        .map(|client| tokio::spawn(come_and_go(Arc::clone(&world), Arc::clone(&committed), seed, client)));
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    publisher.join().unwrap();
    assert_eq!(world.metrics.connections.get(), 0);
    assert_eq!(world.hub.online(ROOM), 0);
}

async fn come_and_go(world: Arc<World>, committed: Arc<AtomicI64>, seed: u64, client: u64) {
    let mut random = StdRng::seed_from_u64(seed ^ (client << 32));
    let mut seen = 0;
    while seen < 3000 {
        let wire = Wire::new(usize::MAX);
        let user = client as i64 % 7;
        let connection = world.connect(user, &wire);
        let subscription = world.hub.subscribe(&connection, &room()).subscription;
        // What the log would replay up to its head now.
        let mut known = committed.load(Ordering::SeqCst).max(seen);
        // The log takes a while to read.
        for _ in 0..random.random_range(0..20) {
            tokio::task::yield_now().await;
        }
        while let Err(NotLive::Behind(Seq(skipped_to))) =
            subscription.go_live(&access(user, known), Seq(known), || ())
        {
            assert!(skipped_to <= committed.load(Ordering::SeqCst));
            known = skipped_to;
        }
        let wanted = (known + random.random_range(0..200)).min(3000);
        if wanted > known {
            wire.until(|text| text.contains(&format!("den {wanted}\n"))).await;
        }
        world.hub.unregister(&connection);
        let heard: Vec<i64> =
            wire.lines().iter().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect();
        let expected: Vec<i64> = (known + 1..=known + heard.len() as i64).collect();
        assert_eq!(heard, expected, "client {client} went live after {known}; seed {seed}");
        seen = known + heard.len() as i64;
    }
}
