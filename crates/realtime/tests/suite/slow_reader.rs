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
        // The limit, and one message above it.
        assert!(bob.send_queue().waiting() <= 1150, "{} bytes wait", bob.send_queue().waiting());
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

#[tokio::test]
async fn the_slowest_are_closed_when_all_together_are_too_slow() {
    let world = World::with_ceiling(10_000);
    let wires: Vec<_> = (0..5).map(|_| Wire::new(0)).collect();
    let connections: Vec<_> = (1..).zip(&wires).map(|(user, wire)| world.connect(user, wire)).collect();
    // Each is within its own limits. The third and the fifth read slowest.
    for (connection, bytes) in connections.iter().zip([500, 600, 6_000, 700, 2_500]) {
        connection.send(Bytes::from("x".repeat(bytes - 1) + "\n"));
    }
    let ended = std::future::poll_fn(|context| connections[2].send_queue().poll_event(context)).await;
    assert_eq!(ended, ConnectionEvent::Ended);
    wires[2].let_through(usize::MAX);
    assert_eq!(wires[2].until(|text| text.contains("close")).await, "close TooSlow\n");
    assert_eq!(world.metrics.send_queue_closes.get(), 1, "one was enough");
    let open: Vec<_> = connections.iter().map(|connection| connection.send_queue().is_open()).collect();
    assert_eq!(open, [true, true, false, true, true]);
    for (wire, length) in [(0, 500), (1, 600), (3, 700), (4, 2_500)] {
        wires[wire].let_through(usize::MAX);
        wires[wire].until(|text| text.len() == length).await;
    }
    world.until_nothing_waits().await;
}

#[tokio::test]
async fn what_waits_is_bounded_before_anybody_has_the_time_to_close_the_slowest() {
    let world = World::with_ceiling(100_000);
    let connections: Vec<_> = (1..=100).map(|user| world.connect(user, &Wire::new(0))).collect();
    // Nobody else runs meanwhile: no await stands here.
    for connection in &connections {
        connection.send(Bytes::from("x".repeat(4_999) + "\n"));
    }
    let waiting = world.metrics.send_queue_bytes.get();
    // A quarter above the ceiling, and the last frames of those that were closed.
    assert!((100_000..145_000).contains(&waiting), "{waiting} bytes wait");
}

#[tokio::test]
async fn a_frame_that_was_begun_is_finished_though_nothing_more_may_wait() {
    let world = World::with_ceiling(10_000);
    let slow: Vec<_> = (1..=3).map(|user| world.connect(user, &Wire::new(0))).collect();
    let wire = Wire::new(400);
    let alice = world.connect(4, &wire);
    // Nobody has the time to close the slowest before it is Alice's turn.
    for connection in &slow {
        connection.send(Bytes::from("x".repeat(4_999) + "\n"));
    }
    alice.send(Bytes::from("y".repeat(999) + "\n" + &"z".repeat(999) + "\n"));
    wire.let_through(usize::MAX);
    let text = wire.until(|text| text.contains("close")).await;
    assert_eq!(text, "y".repeat(999) + "\nclose TooSlow\n");
}

#[tokio::test]
async fn what_small_answers_take_beside_their_bytes_counts() {
    let world = World::calm();
    let alice = world.connect(1, &Wire::new(0));
    for _ in 0..4 {
        alice.send(Bytes::from_static(b"x\n"));
    }
    let waiting = alice.send_queue().waiting();
    assert!(waiting > 300, "{waiting} bytes");
    alice.abandon();
    world.until_nothing_waits().await;
}

#[tokio::test]
async fn a_page_that_is_almost_read_is_counted_whole_and_let_go_by_a_close() {
    let world = World::calm();
    let wire = Wire::new(9_990);
    let alice = world.connect(1, &wire);
    alice.send(Bytes::from("y".repeat(9_999) + "\n"));
    assert!(world.metrics.send_queue_bytes.get() > 10_000, "all of it is kept for the last ten bytes");
    alice.close(CloseReason::TooSlow);
    let waiting = world.metrics.send_queue_bytes.get();
    assert!(waiting < 300, "{waiting} bytes wait");
    wire.let_through(usize::MAX);
    let text = wire.until(|text| text.contains("close")).await;
    assert!(text.ends_with("yy\nclose TooSlow\n"), "the frame was finished first");
}
