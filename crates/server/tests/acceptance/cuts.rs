//! A connection may break at any byte.

use crate::support::{Cut, Proxy, Seed, Server};
use rand::RngExt as _;

#[tokio::test]
async fn a_connection_that_breaks_at_random_bytes_loses_and_doubles_nothing() {
    let seed = Seed::choose();
    let mut random = seed.random(0);
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter("Alice").await;
    let bob = server.enter_through(&proxy.url(), "Bob").await;
    alice.joins("general").await;
    bob.joins("general").await;

    // From within the handshake to far into the conversation.
    const CUTS: usize = 60;
    for _ in 0..CUTS {
        let bytes = random.random_range(0..4_000);
        proxy.cut_next(if random.random_bool(0.7) { Cut::Down(bytes) } else { Cut::Up(bytes) });
    }
    proxy.cut();
    let talk = async |person: &crate::support::Actor, prefix: &str| {
        // Until every cut has been made, and some more.
        let mut number = 0;
        while proxy.cuts_left() > 0 || number < 50 {
            person.says("general", &format!("{prefix} {number}")).await;
            number += 1;
        }
        number
    };
    let (by_alice, by_bob) = tokio::join!(talk(&alice, "alice"), talk(&bob, "bob"));

    let database = server.database();
    for person in [&alice, &bob] {
        person.has_the_log(&database, "general").await;
        person.has_no_complaints();
    }
    let stored: Vec<_> = database.log("general").into_iter().filter_map(|event| event.message).collect();
    for (prefix, count) in [("alice", by_alice), ("bob", by_bob)] {
        let texts: Vec<_> =
            stored.iter().map(|(_, text)| text).filter(|text| text.starts_with(prefix)).collect();
        let sent: Vec<_> = (0..count).map(|number| format!("{prefix} {number}")).collect();
        assert!(texts.into_iter().eq(&sent), "{prefix}'s messages are stored once and in order");
    }
    assert!(bob.view().disconnects.len() >= CUTS);
    database.check_invariants();
}
