use super::*;
use crate::load::Listener as _;
use crate::yardstick::Yardstick;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

/// Stops a yardstick when it goes out of scope, also by a failed assertion: else its thread would run for ever.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs `work` with clients of a yardstick in this process, and with the number of the thread in which that serves.
pub(crate) fn with_yardstick(layout: Layout, work: impl FnOnce(u32, Crowd)) {
    let stop = AtomicBool::new(false);
    let mut yardstick = Yardstick::bind(0).unwrap();
    let mut crowd = Crowd::new(vec![yardstick.address()], Dialect::Bare, layout, Vec::new()).unwrap();
    let (tell, told) = mpsc::channel();
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            tell.send(thread_number()).unwrap();
            yardstick.run(Some(&stop))
        });
        let stopper = Stop(&stop);
        crowd.arrive().unwrap();
        work(told.recv().unwrap(), crowd);
        drop(stopper);
        server.join().unwrap().unwrap();
    });
}

fn thread_number() -> u32 {
    let path = std::fs::read_link("/proc/thread-self").unwrap();
    path.file_name().unwrap().to_str().unwrap().parse().unwrap()
}

fn with_crowd(layout: Layout, work: impl FnOnce(Crowd)) {
    with_yardstick(layout, |_, crowd| work(crowd));
}

fn run_until_delivered(crowd: &mut Crowd, pace: Pace, deliveries: u64) {
    let enough = |crowd: &mut Crowd| {
        if crowd.tally().deliveries < deliveries { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    crowd.run_until(pace, enough).unwrap();
    crowd.settle().unwrap();
}

#[test]
fn each_message_of_a_window_is_counted_once_for_each_member() {
    with_crowd(Layout::apart(1, 3), |mut crowd| {
        run_until_delivered(&mut crowd, Pace::Window(4), 300);
        let tally = crowd.tally();
        assert!(tally.sent >= 100, "{tally:?}");
        assert_eq!(tally.deliveries, tally.sent * 3, "{tally:?}");
        assert_eq!((tally.acks, tally.errors), (0, 0));
    });
}

#[test]
fn a_window_bounds_what_is_on_its_way() {
    with_crowd(Layout::apart(5, 2), |mut crowd| {
        let check = |crowd: &mut Crowd| {
            let Tally { sent, deliveries, .. } = crowd.tally();
            assert!(sent * 2 <= deliveries + 5 * 4 * 2, "{:?}", crowd.tally());
            if deliveries < 1000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        crowd.run_until(Pace::Window(4), check).unwrap();
    });
}

#[test]
fn a_steady_pace_is_kept_and_timed() {
    with_crowd(Layout { rooms: 4, members_per_room: 2, rooms_per_client: 2 }, |mut crowd| {
        crowd.record_delays();
        let begin = Instant::now();
        run_until_delivered(&mut crowd, Pace::Steady(50.0), 80);
        let tally = crowd.tally();
        assert_eq!(tally.deliveries, tally.sent * 2, "{tally:?}");
        // 40 messages of 200 a second.
        assert!(begin.elapsed() >= Duration::from_millis(190), "{:?}", begin.elapsed());
        let delays = crowd.record_delays();
        for delay in [delays.of_delivery, delays.of_sending] {
            let slowest = delay.quantile(1.0).unwrap();
            assert!(slowest > Duration::ZERO && slowest < begin.elapsed(), "{slowest:?}");
        }
    });
}

#[test]
fn a_server_that_goes_away_is_told() {
    let stop = AtomicBool::new(false);
    let mut yardstick = Yardstick::bind(0).unwrap();
    let layout = Layout::apart(1, 3);
    let mut crowd = Crowd::new(vec![yardstick.address()], Dialect::Bare, layout, Vec::new()).unwrap();
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            let served = yardstick.run(Some(&stop));
            drop(yardstick);
            served
        });
        let stopper = Stop(&stop);
        crowd.arrive().unwrap();
        drop(stopper);
        server.join().unwrap().unwrap();
    });
    let error = crowd.run(Pace::Window(1), PATIENCE).unwrap_err().to_string();
    assert!(error.contains("ended"), "{error}");
}

#[test]
fn acks_and_deliveries_are_timed_by_what_they_are_for() {
    let layout = Layout::apart(2, 2);
    let mut sockets = Sockets::new("127.0.0.1:9".parse().unwrap()).unwrap();
    let mut guests = Guests::new(Dialect::Chinwag, layout, Vec::new(), 2);
    guests.record_delays();
    for number in [0, 1, 2] {
        guests.say(&mut sockets, number, Duration::ZERO);
    }
    let sent_at = Instant::now();
    while sent_at.elapsed() < Duration::from_millis(2) {
        std::hint::spin_loop();
    }
    // Of the two messages of room 0 the first is refused; that of room 1 has no answer.
    guests.heard(&mut sockets, 0, br#"{"type":"error","ref":0}"#);
    guests.heard(&mut sockets, 0, br#"{"type":"ack","ref":0,"seq":1}"#);
    let mut text = Vec::new();
    Dialect::Bare.write_message(&mut text, 0, 1, 0);
    let message = text.strip_prefix(b"0:").unwrap();
    // The sender of room 0 is client 0; client 2, the other member, is on the other node.
    guests.heard(&mut sockets, 0, message);
    let delays = guests.record_delays();
    assert!(delays.of_ack.quantile(0.0).unwrap() >= Duration::from_millis(2));
    assert_eq!(delays.of_remote_delivery.quantile(1.0), None);
    guests.heard(&mut sockets, 0, br#"{"type":"ack","ref":0,"seq":2}"#);
    guests.heard(&mut sockets, 2, message);
    let delays = guests.record_delays();
    assert_eq!(delays.of_ack.quantile(1.0), None, "room 0 has no message that waits for an ack");
    assert!(delays.of_remote_delivery.quantile(1.0).is_some());
}
