//! Visitors and members come, go and turn away at random, by all protocols. Whoever subscribes can always tell from the changes
//! who is there. `CHINWAG_SEED` replays a script that failed.

use crate::support::{HIDING, LISTING, LISTING_TOO, NATIVE, PLAIN, ROOM, Wire, World};
use chinwag_core::ports::ProtocolId;
use chinwag_realtime::Connection;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const PROTOCOLS: [ProtocolId; 4] = [NATIVE, LISTING, PLAIN, HIDING];
const STEPS: usize = 2000;
const PEOPLE: i64 = 12;

#[tokio::test(start_paused = true)]
async fn who_is_there_follows_from_the_changes() {
    let seed = std::env::var("CHINWAG_SEED").map_or_else(|_| rand::random(), |seed| seed.parse().unwrap());
    println!("CHINWAG_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let witness = world.connect_by(LISTING_TOO, true, 1000, &wire);
    world.join(&witness);
    let mut here: Vec<Arc<Connection>> = Vec::new();
    for _ in 0..STEPS {
        match random.random_range(0..10) {
            0..4 if here.len() < 10 => here.push(come(&world, &mut random)),
            4..7 if !here.is_empty() => {
                world.hub.unregister(&here.swap_remove(random.random_range(0..here.len())));
            }
            7 if !here.is_empty() => {
                let away = random.random_bool(0.5);
                world.hub.set_away(here.choose(&mut random).unwrap(), away);
            }
            8 if !here.is_empty() => world.hub.unsubscribe(here.choose(&mut random).unwrap(), ROOM),
            _ => tokio::time::sleep(Duration::from_millis(random.random_range(0..300))).await,
        }
        tokio::task::yield_now().await;
    }
    for connection in &here {
        world.hub.unregister(connection);
    }
    wire.until(|text| text.ends_with("1 here: user 1000\n")).await;
    check(&wire.text());
}

fn come(world: &World, random: &mut StdRng) -> Arc<Connection> {
    let protocol = *PROTOCOLS.choose(random).unwrap();
    let connection =
        world.connect_by(protocol, true, random.random_range(1..=PEOPLE), &Wire::new(usize::MAX));
    world.join(&connection);
    connection
}

/// Follows the story and compares it with each list of people in it.
fn check(story: &str) {
    let mut there = BTreeSet::from(["user 1000"]);
    let mut lists = 0;
    for line in story.lines() {
        if let Some(name) = line.strip_suffix(" came") {
            assert!(there.insert(name), "{name} came twice");
        } else if let Some(name) = line.strip_suffix(" left") {
            there.remove(name);
        } else if let Some(name) = line.strip_suffix(" is online").or(line.strip_suffix(" is away")) {
            assert!(there.contains(name), "{name} changed without being there");
        } else if let Some((count, names)) = line.split_once(" here: ") {
            let listed: BTreeSet<_> = names.split(", ").collect();
            assert_eq!((listed.len().to_string().as_str(), &listed), (count, &there));
            lists += 1;
        }
    }
    assert!(lists > 30, "{lists} lists only");
}
