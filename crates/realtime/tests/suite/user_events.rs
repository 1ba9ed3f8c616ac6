//! What everybody, or a person's other devices, are told beside the logs.

use crate::support::{ROOM, Wire, World, next_place, overview, renamed};
use chinwag_core::domain::{RoomId, RoomOverview, RoomSlug, Seq, SessionId, UserId};
use chinwag_core::ports::{
    Broker as _, CloseReason, ConnectionEvent, DirectoryEvent, ListedRoom, Publication, UserEvent,
};
use std::future::poll_fn;
use std::time::Duration;
use tokio::time::{Instant, sleep};

fn listed(room: &str, title: &str) -> Publication {
    let id = match room {
        "den" => ROOM,
        other => RoomId(other.len() as i64 + 10),
    };
    let (slug, title) = (RoomSlug::parse(room).unwrap(), title.to_owned());
    let room = ListedRoom { id, slug, title, topic: String::new() };
    Publication::Directory(DirectoryEvent::Listed { room, at: next_place() })
}

fn told(user: i64, event: UserEvent) -> Publication {
    Publication::Person { user: UserId(user), except: None, event }
}

fn membership(user: i64, member: bool) -> Publication {
    let at = next_place();
    let began = || UserEvent::MembershipBegan(Box::new(RoomOverview { head: at, ..overview() }));
    told(user, if member { began() } else { UserEvent::MembershipEnded { room: ROOM, at, is_gone: false } })
}

fn joined(user: i64) -> Publication {
    membership(user, true)
}

fn read(user: i64, seq: i64) -> Publication {
    told(user, UserEvent::ReadMark { room: ROOM, seq: Seq(seq), is_shared: false })
}

fn signed_out(user: i64) -> Publication {
    told(user, UserEvent::SessionEnded(SessionId(user)))
}

#[tokio::test(start_paused = true)]
async fn everybody_is_told_the_last_change_of_a_room() {
    let world = World::calm();
    let wires = [Wire::new(usize::MAX), Wire::new(usize::MAX)];
    let _people = [world.connect(1, &wires[0]), world.connect(2, &wires[1])];
    world.broker.publish((0..1000).map(|number| listed("tea", &format!("Tea {number}"))).collect());
    world.broker.publish(vec![listed("coffee", "Coffee")]);
    for wire in &wires {
        let text = wire.until(|text| text.contains("Tea 999") && text.contains("Coffee")).await;
        assert!(text.lines().count() <= 3, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_title_that_changes_all_the_time_is_told_once_in_an_interval() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let _phone = world.connect(1, &wire);
    let begin = Instant::now();
    for number in 0..200 {
        world.broker.publish(vec![listed("tea", &format!("Tea {number}"))]);
        sleep(Duration::from_millis(1)).await;
    }
    let text = wire.until(|text| text.contains("Tea 199")).await;
    let intervals = begin.elapsed().as_millis() / 5;
    assert!(text.lines().count() as u128 <= 2 + intervals, "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_membership_comes_after_the_room_that_it_is_of() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let _phone = world.connect(1, &wire);
    for round in 1..=3 {
        world.broker.publish(vec![listed("den", "Den"), joined(1)]);
        let text = wire.until(|text| text.matches("Membership").count() == round).await;
        let told: Vec<_> = text.lines().map(|line| line.split([' ', '(']).next().unwrap()).collect();
        assert_eq!(told, ["Directory", "MembershipBegan"].repeat(round));
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_left_out_however_much_waits() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let _phone = world.connect(1, &wire);
    world.broker.publish((0..10_000).map(|user| read(2 + user, 1)).collect());
    world.broker.publish(vec![listed("den", "Den"), joined(1), read(1, 7)]);
    let is_told = |text: &str| ["Directory", "Membership", "Seq(7)"].iter().all(|part| text.contains(part));
    wire.until(is_told).await;
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_a_person_is_the_last_of_each_room() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let _phone = world.connect(1, &wire);
    world.broker.publish((1..=10_001).flat_map(|seq| [read(1, seq), membership(1, seq % 2 == 1)]).collect());
    let is_told = |text: &str| text.contains("Seq(10001)") && text.contains("Began");
    let text = wire.until(is_told).await;
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_sign_out_does_not_wait_until_everybody_is_told_of_a_room() {
    let world = World::calm();
    // All write to one wire, which so tells the order.
    let wire = Wire::new(usize::MAX);
    let _people: Vec<_> = (1..=100).map(|user| world.connect(user, &wire)).collect();
    world.broker.publish(vec![listed("den", "Den")]);
    wire.until(|text| text.contains("Directory")).await;
    world.broker.publish(vec![signed_out(1)]);
    let is_told = |text: &str| text.contains("SignedOut") && text.matches("Directory").count() >= 99;
    let text = wire.until(is_told).await;
    let (sign_out, last) = (text.find("SignedOut").unwrap(), text.rfind("Directory").unwrap());
    assert!(sign_out < last, "{text}");
}

#[tokio::test(start_paused = true)]
async fn what_became_known_while_one_was_welcomed_is_told_after_the_welcome() {
    let world = World::calm();
    let others = Wire::new(usize::MAX);
    let _other = world.connect(2, &others);
    world.broker.publish(vec![read(1, 5)]);
    let since = world.hub.bookmark();
    world.broker.publish(vec![joined(1), read(1, 7), joined(2), read(2, 9), listed("den", "Den")]);
    world.broker.publish(vec![membership(1, false), read(1, 8), listed("den", "New den")]);
    // It is told to those who are there, and gone.
    others.until(|text| text.contains("New den") && text.contains("Seq(9)")).await;

    let wire = Wire::new(usize::MAX);
    let phone = world.connect(1, &wire);
    assert_eq!(wire.text(), "");
    world.hub.repeat_events(&phone, since);
    let lines = wire.lines();
    // The last of each: a client that heard of a join first might join again what was left.
    let told: Vec<_> = lines.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(told, ["Directory", "MembershipEnded", "ReadMark"], "{lines:?}");
    assert!(lines[0].contains("New den") && !lines[0].contains("\"Den\""), "{lines:?}");
    assert!(lines[1].starts_with("MembershipEnded") && lines[2].contains("Seq(8)"), "{lines:?}");

    world.hub.repeat_events(&phone, world.hub.bookmark());
    assert_eq!(wire.lines(), lines);
}

#[tokio::test(start_paused = true)]
async fn one_who_signed_out_while_welcomed_does_not_slip_in() {
    let world = World::calm();
    let others = Wire::new(usize::MAX);
    let _other = world.connect(2, &others);
    world.broker.publish(vec![signed_out(1), signed_out(2)]);
    others.until(|text| text.contains("SignedOut")).await;
    let wire = Wire::new(usize::MAX);
    let _phone = world.connect(1, &wire);
    wire.until(|text| text.contains("SignedOut")).await;
}

#[tokio::test(start_paused = true)]
async fn one_who_missed_more_than_is_remembered_is_asked_to_come_back() {
    let world = World::calm();
    let since = world.hub.bookmark();
    world.broker.publish((0..40_000).map(|user| read(2 + user, 1)).collect());
    let wire = Wire::new(usize::MAX);
    let phone = world.connect(1, &wire);
    world.hub.repeat_events(&phone, since);
    let event = poll_fn(|context| phone.send_queue().poll_event(context)).await;
    assert_eq!(event, ConnectionEvent::CloseRequested(CloseReason::BeginAnew));
    assert_eq!(wire.text(), "");
}

#[tokio::test(start_paused = true)]
async fn a_new_name_is_told_to_ones_other_devices_only() {
    let world = World::calm();
    let wires = [Wire::new(usize::MAX), Wire::new(usize::MAX), Wire::new(usize::MAX)];
    let phone = world.connect(1, &wires[0]);
    let _laptop = world.connect(1, &wires[1]);
    let _other = world.connect(2, &wires[2]);
    let event = renamed(1, "Ann");
    world.broker.publish(vec![Publication::Person { user: UserId(1), except: Some(phone.id), event }]);
    wires[1].until(|text| text.contains("Renamed") && text.contains("Ann")).await;
    assert_eq!((wires[0].text(), wires[2].text()), (String::new(), String::new()));
    assert_eq!(phone.whose().name, "Ann");
}

#[tokio::test(start_paused = true)]
async fn one_who_is_renamed_while_welcomed_has_the_new_name() {
    let world = World::calm();
    let since = world.hub.bookmark();
    world.broker.publish(vec![told(1, renamed(1, "Ann"))]);
    let wire = Wire::new(usize::MAX);
    // The storage was asked before.
    let phone = world.connect(1, &wire);
    assert_eq!(phone.whose().name, "user 1");
    world.hub.repeat_events(&phone, since);
    assert_eq!(phone.whose().name, "Ann");
    assert!(wire.text().contains("Renamed"), "{}", wire.text());
}
