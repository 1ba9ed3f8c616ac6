//! What everybody, or a person's other devices, are told beside the logs.

use crate::support::{Wire, World, slug};
use chinwag_core::domain::{RoomSlug, UserId};
use chinwag_core::ports::{Broker as _, Change, Notice};

fn listed(room: &str, title: &str) -> Change {
    let (room, title) = (RoomSlug::parse(room).unwrap(), title.to_owned());
    Change::Notice(Notice::RoomListed { room, title, topic: String::new() })
}

fn joined(user: i64) -> Change {
    Change::Notice(Notice::Membership { user: UserId(user), origin: None, room: slug(), member: true })
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
async fn a_membership_comes_after_the_room_that_it_is_of() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let _phone = world.connect(1, &wire);
    for round in 1..=3 {
        world.broker.publish(vec![listed("den", "Den"), joined(1)]);
        let text = wire.until(|text| text.matches("Membership").count() == round).await;
        let told: Vec<_> = text.lines().map(|line| line.split(' ').next().unwrap()).collect();
        assert_eq!(told, ["Directory", "Membership"].repeat(round));
    }
}
