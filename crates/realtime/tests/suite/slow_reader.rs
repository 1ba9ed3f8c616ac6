//! A client that reads slowly costs a bounded amount of memory, loses ephemeral events first, and delays nobody.

use crate::support::{HIDING, Wire, World};
use bytes::Bytes;
use chinwag_core::ports::{CloseReason, ConnectionEvent};

#[tokio::test]
async fn a_reader_that_stops_is_closed_at_the_end_of_a_frame_and_others_hear_everything() {
    let world = World::calm();
    let (good, bad) = (Wire::new(usize::MAX), Wire::new(3));
    let (alice, bob) = (world.connect(1, &good), world.connect(2, &bad));
    for connection in [&alice, &bob] {
        world.join(connection);
    }
    for seq in 1..=500 {
        world.message(seq);
        // Let the fan-out run, so that there are many batches.
        tokio::task::yield_now().await;
        assert!(bob.send_queue().waiting() <= 1100, "{} bytes wait", bob.send_queue().waiting());
    }
    good.until(|text| text.contains("den 500\n")).await;
    let event = std::future::poll_fn(|context| bob.send_queue().poll_event(context)).await;
    assert_eq!(event, ConnectionEvent::Ended, "it was closed, not asked to close");
    assert_eq!(world.metrics.send_queue_closes.get(), 1);
    bad.let_through(usize::MAX);
    let text = bad.until(|text| text.contains("close")).await;
    assert!(text.ends_with("\nclose TooSlow\n"), "{text:?}");
    assert!(text.lines().count() < 10, "the backlog was dropped: {text:?}");
}

#[tokio::test]
async fn ephemeral_events_are_dropped_first_and_the_client_is_told_when_it_reads_again() {
    let world = World::calm();
    let (wire, other) = (Wire::new(0), Wire::new(usize::MAX));
    let (slow, subscriber) = (world.connect(1, &wire), world.connect(2, &other));
    for connection in [&slow, &subscriber] {
        world.join(connection);
    }
    // More than the limit for ephemeral events waits, less than what closes the connection.
    slow.send(Bytes::from("x".repeat(299) + "\n"));
    other.until(|text| text.contains("presence 2")).await;
    let third = world.connect(3, &Wire::new(usize::MAX));
    world.join(&third);
    other.until(|text| text.contains("presence 3")).await;
    world.message(1);
    other.until(|text| text.contains("den 1")).await;
    wire.let_through(usize::MAX);
    let text = wire.until(|text| text.contains("stale")).await;
    assert!(!text.contains("presence 3"), "{text}");
    assert!(text.contains("den 1\n"), "what is in the log is never dropped: {text}");
    assert!(world.metrics.send_queue_drops.get() >= 1);
}

#[tokio::test]
async fn where_there_is_no_word_for_it_the_gateway_tells_who_is_there() {
    let world = World::calm();
    let (wire, other) = (Wire::new(0), Wire::new(usize::MAX));
    let slow = world.connect_by(HIDING, true, 1, &wire);
    let subscriber = world.connect(2, &other);
    world.join(&slow);
    slow.send(Bytes::from("x".repeat(299) + "\n"));
    world.join(&subscriber);
    other.until(|text| text.contains("presence 2")).await;
    wire.let_through(usize::MAX);
    let event = std::future::poll_fn(|context| slow.send_queue().poll_event(context)).await;
    assert_eq!(event, ConnectionEvent::PresenceMissed);
    assert!(!wire.text().contains("user 2"), "{}", wire.text());
    let again =
        std::future::poll_fn(|context| std::task::Poll::Ready(slow.send_queue().poll_event(context))).await;
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
    alice.send_queue().closed().await;
}

#[tokio::test]
async fn one_large_reply_does_not_end_a_good_reader() {
    let world = World::calm();
    let wire = Wire::new(10);
    let alice = world.connect(1, &wire);
    alice.send(Bytes::from("y".repeat(5000) + "\n"));
    wire.let_through(usize::MAX);
    wire.until(|text| text.len() == 5001).await;
    assert!(alice.send_queue().is_open());
}
