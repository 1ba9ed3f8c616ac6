//! A client that reads slowly costs a bounded amount of memory, loses chatter first, and delays nobody.

use crate::support::{ROOM, Wire, World, slug};
use bytes::Bytes;
use chinwag_core::domain::Seq;
use chinwag_realtime::{CloseReason, Errand, Protocol};

#[tokio::test]
async fn a_reader_that_stops_is_closed_at_the_end_of_a_frame_and_others_hear_everything() {
    let world = World::calm();
    let (good, bad) = (Wire::new(usize::MAX), Wire::new(3));
    let (alice, bob) = (world.connect(1, &good), world.connect(2, &bad));
    for connection in [&alice, &bob] {
        world.hub.subscribe(connection, ROOM, &slug()).subscription.go_live(Seq(0), Seq(0), || ()).unwrap();
    }
    for seq in 1..=500 {
        world.message(seq);
        // Let the pump run, so that there are many rounds.
        tokio::task::yield_now().await;
        assert!(bob.outbox().waiting() <= 1100, "{} bytes wait", bob.outbox().waiting());
    }
    good.until(|text| text.contains("den 500\n")).await;
    let errand = std::future::poll_fn(|context| bob.outbox().poll_errand(context)).await;
    assert_eq!(errand, Errand::LetGo, "it was closed, not asked to close");
    assert_eq!(world.metrics.outbox_closes.get(), 1);
    bad.let_through(usize::MAX);
    let text = bad.until(|text| text.contains("close")).await;
    assert!(text.ends_with("\nclose TooSlow\n"), "{text:?}");
    assert!(text.lines().count() < 10, "the backlog was dropped: {text:?}");
}

#[tokio::test]
async fn chatter_is_dropped_first_and_the_client_is_told_when_it_reads_again() {
    let world = World::calm();
    let (wire, other) = (Wire::new(0), Wire::new(usize::MAX));
    let (slow, listener) = (world.connect(1, &wire), world.connect(2, &other));
    for connection in [&slow, &listener] {
        world.hub.subscribe(connection, ROOM, &slug()).subscription.go_live(Seq(0), Seq(0), || ()).unwrap();
    }
    // More than the limit for chatter waits, less than what closes the connection.
    slow.send(Bytes::from("x".repeat(299) + "\n"));
    other.until(|text| text.contains("presence 2")).await;
    let third = world.connect(3, &Wire::new(usize::MAX));
    world.hub.subscribe(&third, ROOM, &slug()).subscription.go_live(Seq(0), Seq(0), || ()).unwrap();
    other.until(|text| text.contains("presence 3")).await;
    world.message(1);
    other.until(|text| text.contains("den 1")).await;
    wire.let_through(usize::MAX);
    let text = wire.until(|text| text.contains("stale")).await;
    assert!(!text.contains("presence 3"), "{text}");
    assert!(text.contains("den 1\n"), "what is in the log is never dropped: {text}");
    assert!(world.metrics.outbox_drops.get() >= 1);
}

#[tokio::test]
async fn where_there_is_no_word_for_it_the_gateway_tells_who_is_there() {
    let world = World::calm();
    let (wire, other) = (Wire::new(0), Wire::new(usize::MAX));
    let slow = world.connect_by(Protocol::SocketIoLobby, true, 1, &wire);
    let listener = world.connect(2, &other);
    world.listen(&slow);
    slow.send(Bytes::from("x".repeat(299) + "\n"));
    world.listen(&listener);
    other.until(|text| text.contains("presence 2")).await;
    wire.let_through(usize::MAX);
    let errand = std::future::poll_fn(|context| slow.outbox().poll_errand(context)).await;
    assert_eq!(errand, Errand::TellPeople);
    assert!(!wire.text().contains("user 2"), "{}", wire.text());
    let again =
        std::future::poll_fn(|context| std::task::Poll::Ready(slow.outbox().poll_errand(context))).await;
    assert!(again.is_pending(), "it is asked once");
}

#[tokio::test]
async fn a_close_lets_what_was_sent_out_first() {
    let world = World::calm();
    let wire = Wire::new(2);
    let alice = world.connect(1, &wire);
    alice.send(Bytes::from_static(b"one\n"));
    alice.send(Bytes::from_static(b"two\n"));
    alice.close(CloseReason::Restart);
    alice.send(Bytes::from_static(b"never\n"));
    wire.let_through(1);
    wire.let_through(usize::MAX);
    assert_eq!(wire.until(|text| text.contains("close")).await, "one\ntwo\nclose Restart\n");
    alice.outbox().closed().await;
}

#[tokio::test]
async fn one_large_reply_does_not_end_a_good_reader() {
    let world = World::calm();
    let wire = Wire::new(10);
    let alice = world.connect(1, &wire);
    alice.send(Bytes::from("y".repeat(5000) + "\n"));
    wire.let_through(usize::MAX);
    wire.until(|text| text.len() == 5001).await;
    assert!(alice.outbox().is_open());
}
