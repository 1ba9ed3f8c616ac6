//! Presence and typing: told once for many changes, true at the end.

use crate::support::{HIDING, LISTING_TOO, ROOM, Wire, World, access, room, said, user};
use chinwag_core::domain::{Presence, Seq};
use chinwag_realtime::Heartbeat;
use std::time::Duration;

#[tokio::test]
async fn a_person_is_present_while_any_connection_subscribes_and_away_when_all_are() {
    let world = World::calm();
    let wires = [Wire::new(usize::MAX), Wire::new(usize::MAX)];
    let phone = world.connect(1, &wires[0]);
    let laptop = world.connect(1, &wires[1]);
    for connection in [&phone, &laptop] {
        world.join(connection);
    }
    let presence = || world.hub.member(ROOM, user(1)).presence;
    assert_eq!((world.hub.online(ROOM), presence()), (1, Presence::Online));
    world.hub.set_away(&phone, true);
    assert_eq!(presence(), Presence::Online);
    world.hub.set_away(&laptop, true);
    assert_eq!(presence(), Presence::Away);
    world.hub.unregister(&laptop);
    assert_eq!(presence(), Presence::Away);
    world.hub.unregister(&phone);
    assert_eq!((world.hub.online(ROOM), presence()), (0, Presence::Offline));
}

#[tokio::test]
async fn many_changes_are_told_at_once() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let subscriber = world.connect(1000, &wire);
    world.join(&subscriber);
    for user in 1..=200 {
        let connection = world.connect(user, &Wire::new(usize::MAX));
        world.join(&connection);
    }
    let text = wire.until(|text| text.contains("presence 201")).await;
    assert!(text.lines().filter(|line| line.starts_with("presence")).count() < 20, "{text}");
}

#[tokio::test(start_paused = true)]
async fn typing_ends_by_itself_or_with_the_message() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    world.join(&alice);
    world.hub.typing(&alice, ROOM);
    wire.until(|text| text.contains("typing 1")).await;
    let begun = tokio::time::Instant::now();
    wire.until(|text| text.contains("typing 0")).await;
    let lasted = begun.elapsed();
    assert!(lasted > Duration::from_millis(5900) && lasted < Duration::from_millis(6200), "{lasted:?}");

    world.hub.typing(&alice, ROOM);
    wire.until(|text| text.matches("typing 1").count() == 2).await;
    let begun = tokio::time::Instant::now();
    world.publish(1, 1, said("hi"));
    wire.until(|text| text.matches("typing 0").count() == 2).await;
    assert!(begun.elapsed() < Duration::from_secs(1), "the message cleared it");
}

#[tokio::test(start_paused = true)]
async fn a_silent_connection_is_pinged_and_then_closed() {
    let world = World::new(Heartbeat { ping: Duration::from_secs(25), timeout: Duration::from_secs(60) });
    let (silent, lively) = (Wire::new(usize::MAX), Wire::new(usize::MAX));
    let (alice, bob) = (world.connect(1, &silent), world.connect(2, &lively));
    let begun = tokio::time::Instant::now();
    while alice.send_queue().is_open() {
        tokio::time::sleep(Duration::from_secs(1)).await;
        world.hub.heard_of(&bob);
    }
    let lasted = begun.elapsed();
    assert!(lasted > Duration::from_secs(60) && lasted < Duration::from_secs(67), "{lasted:?}");
    assert!(bob.send_queue().is_open());
    let pings = lively.lines().iter().filter(|line| *line == "ping").count();
    assert!((2..=3).contains(&pings), "{pings} pings in {lasted:?}");
    assert_eq!(world.metrics.timeouts.get(), 1);
}

#[tokio::test]
async fn one_who_only_subscribes_is_not_present_before_appearing() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let subscriber = world.connect(1, &wire);
    let subscription = world.hub.subscribe_hidden(&subscriber, &room()).subscription;
    subscription.go_live(&access(1, 0), Seq(0), || ()).unwrap();
    world.publish(1, 3, said("hi"));
    let other = world.connect(2, &Wire::new(usize::MAX));
    let others = world.hub.subscribe(&other, &room()).subscription;
    others.go_live(&access(2, 0), Seq(0), || ()).unwrap();
    wire.until(|text| text.contains("presence 1")).await;
    assert!(wire.text().contains("den 1\n"), "it hears what happens: {:?}", wire.text());

    // What it speaks may be decided meanwhile.
    world.hub.speak(&subscriber, LISTING_TOO, true);
    subscription.appear();
    subscription.appear();
    assert_eq!(world.hub.online(ROOM), 2);
    world.hub.speak(&subscriber, HIDING, true);
    world.hub.unregister(&subscriber);
    subscription.appear();
    assert_eq!(world.hub.online(ROOM), 1);
}

#[tokio::test(start_paused = true)]
async fn a_room_is_forgotten_when_nobody_is_there_whether_the_last_one_was_seen_or_not() {
    let world = World::calm();
    let alice = world.connect(1, &Wire::new(usize::MAX));
    for is_seen in [true, false] {
        let subscription = world.hub.subscribe_hidden(&alice, &room()).subscription;
        if is_seen {
            subscription.appear();
        }
        assert_eq!(world.metrics.rooms.get(), 1);
        world.hub.unsubscribe(&alice, ROOM);
        let forgotten = async {
            while world.metrics.rooms.get() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), forgotten).await.unwrap();
    }
}
