//! What others are told of a person who comes, does something and goes, and what that person is not told.

use crate::support::{HIDING, LISTING, LISTING_TOO, NATIVE, PLAIN, ROOM, Wire, World, said, user};
use chinwag_core::domain::{EventBody, RoomChange, UserId};
use chinwag_core::ports::{ConnectionEvent, ProtocolId};
use chinwag_realtime::Connection;
use std::sync::Arc;
use std::time::Duration;

fn subscriber(world: &World, protocol: ProtocolId, user: i64) -> (Arc<Connection>, Wire) {
    let wire = Wire::new(usize::MAX);
    let connection = world.connect_by(protocol, true, user, &wire);
    world.join(&connection);
    (connection, wire)
}

#[tokio::test(start_paused = true)]
async fn comings_and_goings_are_told_to_the_others_with_the_list_of_people() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, LISTING, 1);
    alices.until(|text| text.contains("1 here: user 1\n")).await;
    assert!(!alices.text().contains("came"), "nobody else came: {}", alices.text());
    let (bob, bobs) = subscriber(&world, LISTING_TOO, 2);
    alices.until(|text| text.contains("user 2 came\n2 here: user 1, user 2\n")).await;
    bobs.until(|text| text.contains("2 here: user 1, user 2\n")).await;
    assert!(!bobs.text().contains("user 2 came"), "{}", bobs.text());
    assert_eq!(world.hub.people(ROOM), [user(1), user(2)]);
    assert_eq!(world.hub.member(ROOM, user(2)).via, Some("listing too"));
    let (_native, _) = subscriber(&world, NATIVE, 1);
    let not_native = world.hub.not_native(ROOM, 10).into_iter().map(|member| member.user);
    assert_eq!(not_native.collect::<Vec<_>>(), [user(2)], "one native connection makes a person native");
    world.hub.unregister(&bob);
    alices.until(|text| text.ends_with("user 2 left\n1 here: user 1\n")).await;
}

#[tokio::test(start_paused = true)]
async fn who_comes_is_not_told_of_those_who_were_there_already() {
    let world = World::calm();
    let comers: Vec<_> = (1..=20).map(|person| subscriber(&world, LISTING, person)).collect();
    for (place, (_, wire)) in comers.iter().enumerate() {
        let text = wire.until(|text| text.contains("20 here")).await;
        let told: Vec<_> = text.lines().filter_map(|line| line.strip_suffix(" came")).collect();
        let later: Vec<_> = (place + 2..=20).map(|person| format!("user {person}")).collect();
        assert_eq!(told, later);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_is_listed_when_no_protocol_asks_for_it() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, HIDING, 1);
    let (bob, _) = subscriber(&world, LISTING, 2);
    alices.until(|text| text.ends_with("user 2 came\n2 here: user 1, user 2\n")).await;
    world.hub.unregister(&bob);
    alices.until(|text| text.ends_with("user 2 left\n1 here: \n")).await;
}

#[tokio::test(start_paused = true)]
async fn who_speaks_another_protocol_is_told_what_that_one_tells() {
    let world = World::calm();
    let (alice, alices) = subscriber(&world, HIDING, 1);
    world.hub.speak(&alice, LISTING_TOO, false);
    assert_eq!(world.hub.member(ROOM, user(1)).via, Some("listing too"));
    let (bob, _) = subscriber(&world, PLAIN, 2);
    alices.until(|text| text.ends_with("user 2 came\n2 here: user 1, user 2\n")).await;
    for (number, author) in [(1, 1), (2, 2)] {
        let body = said(&format!("no. {number}"));
        world.publish(number, author, body);
    }
    let text = alices.until(|text| text.contains("no. 2")).await;
    assert!(!text.contains("no. 1"), "its own messages are shown by itself: {text}");
    world.hub.speak(&alice, HIDING, true);
    world.hub.unregister(&bob);
    alices.until(|text| text.ends_with("user 2 left\n1 here: \n")).await;
    let body = said("no. 3");
    world.publish(3, 1, body);
    alices.until(|text| text.contains("no. 3")).await;
}

#[tokio::test(start_paused = true)]
async fn one_who_comes_back_at_once_never_left() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, LISTING, 1);
    let (bob, _) = subscriber(&world, LISTING, 2);
    alices.until(|text| text.contains("user 2 came")).await;
    world.hub.unregister(&bob);
    let (_again, _) = subscriber(&world, LISTING, 2);
    let known = world.hub.known_people(ROOM, UserId(9));
    assert_eq!(known, (vec![user(1), user(2)], 2), "for those who come before the next tick");
    alices.until(|text| text.contains("user 2 is online")).await;
    assert!(!alices.text().contains("left"), "{}", alices.text());
}

#[tokio::test(start_paused = true)]
async fn whoever_subscribes_from_now_on_knows_whom_the_next_change_is_about() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, LISTING, 1);
    let (bob, _) = subscriber(&world, LISTING, 2);
    alices.until(|text| text.contains("user 2 came")).await;
    world.hub.unregister(&bob);
    let (_carol, _) = subscriber(&world, LISTING, 3);
    // Before the next tick nobody knows that one has left, and that another one has come.
    assert_eq!(world.hub.known_people(ROOM, UserId(9)), (vec![user(1), user(2)], 2));
    assert_eq!(world.hub.known_people(ROOM, UserId(1)), (vec![user(2)], 1));
    alices.until(|text| text.contains("user 2 left\n")).await;
    assert_eq!(world.hub.known_people(ROOM, UserId(9)), (vec![user(1), user(3)], 2));
}

#[tokio::test(start_paused = true)]
async fn a_new_name_and_being_away_are_changes() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, LISTING, 1);
    let (bob, bobs) = subscriber(&world, LISTING, 2);
    alices.until(|text| text.contains("user 2 came")).await;
    world.rename(2, "bob");
    alices.until(|text| text.contains("bob is online\n2 here: bob, user 1\n")).await;
    world.hub.set_away(&bob, true);
    alices.until(|text| text.contains("bob is away")).await;
    bobs.until(|text| text.contains("here: bob, user 1")).await;
    assert!(!bobs.text().contains("bob is"), "{}", bobs.text());
    world.rename(2, "bob");
    world.hub.unregister(&bob);
    alices.until(|text| text.contains("bob left")).await;
    assert_eq!(alices.text().matches("bob is online").count(), 1, "the same name is no news");
}

#[tokio::test(start_paused = true)]
async fn lists_come_at_most_twice_a_second_and_the_last_one_is_true() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, LISTING, 1);
    let begun = tokio::time::Instant::now();
    for person in 2..=200 {
        subscriber(&world, PLAIN, person);
        tokio::time::advance(Duration::from_millis(20)).await;
    }
    let text = alices.until(|text| text.contains("200 here")).await;
    let most = begun.elapsed().as_millis() / 500 + 2;
    let lists = text.matches(" here: ").count();
    assert!(lists > 2 && lists as u128 <= most, "{lists} lists in {:?}", begun.elapsed());
    for person in 2..=200 {
        assert_eq!(text.matches(&format!("user {person} came\n")).count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn typing_is_told_to_the_others_and_ends_under_the_same_name() {
    let world = World::calm();
    let (alice, alices) = subscriber(&world, LISTING, 1);
    let (_bob, bobs) = subscriber(&world, LISTING_TOO, 2);
    world.hub.typing(&alice, ROOM);
    bobs.until(|text| text.contains("user 1 types")).await;
    world.rename(1, "alice");
    world.hub.stop_typing(&alice, ROOM);
    bobs.until(|text| text.contains("user 1 stopped")).await;
    world.hub.typing(&alice, ROOM);
    bobs.until(|text| text.contains("alice types")).await;
    world.hub.unregister(&alice);
    bobs.until(|text| text.contains("alice stopped")).await;
    assert!(!alices.text().contains("types"), "{}", alices.text());
}

#[tokio::test(start_paused = true)]
async fn many_who_type_are_all_told_to_stop() {
    let world = World::calm();
    let (_alice, alices) = subscriber(&world, LISTING, 1);
    let typists: Vec<_> = (2..=300).map(|person| subscriber(&world, PLAIN, person).0).collect();
    for typist in &typists {
        world.hub.typing(typist, ROOM);
    }
    alices.until(|text| text.contains("types")).await;
    let started = alices.text().matches(" types\n").count();
    assert_eq!(started, 100, "no signal grows without bound");
    alices.until(|text| text.matches(" stopped\n").count() == started).await;
}

#[tokio::test]
async fn a_connection_without_echo_gets_the_messages_of_others_only() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let alice = world.connect_by(PLAIN, false, 1, &wire);
    world.join(&alice);
    let (_bob, bobs) = subscriber(&world, PLAIN, 2);
    for (seq, author) in [(1, 1), (2, 2), (3, 1), (4, 1), (5, 3)] {
        world.publish(seq, author, said(&seq.to_string()));
    }
    let says = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("says"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let text = wire.until(|text| text.contains("says 5")).await;
    assert_eq!(says(&text), ["user 2 says 2", "user 3 says 5"]);
    let text = bobs.until(|text| text.contains("says 5")).await;
    assert_eq!(says(&text).len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_gateway_whose_clients_have_one_room_hears_when_it_is_over() {
    let world = World::calm();
    let (alice, _) = subscriber(&world, PLAIN, 1);
    let (bob, _) = subscriber(&world, LISTING, 2);
    world.publish(1, 9, EventBody::Room(RoomChange::Deleted));
    let event = std::future::poll_fn(|context| alice.send_queue().poll_event(context)).await;
    assert_eq!(event, ConnectionEvent::SubscriptionEnded);
    for connection in [&alice, &bob] {
        let next = std::future::poll_fn(|context| {
            std::task::Poll::Ready(connection.send_queue().poll_event(context))
        });
        assert!(next.await.is_pending(), "it is told once, and to those only who ask for it");
        assert!(world.hub.subscription(connection, ROOM).is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn one_who_goes_over_to_another_protocol_is_not_native_any_more() {
    let world = World::calm();
    let (alice, _) = subscriber(&world, NATIVE, 1);
    assert_eq!((world.hub.member(ROOM, user(1)).via, world.hub.not_native(ROOM, 10)), (None, Vec::new()));
    world.hub.speak(&alice, LISTING, true);
    let not_native = world.hub.not_native(ROOM, 10);
    assert_eq!(not_native.iter().map(|member| member.via).collect::<Vec<_>>(), [Some("listing")]);
}
