//! A subscriber is brought up to date from the room's log without a hole and without a repeat, or its connection is closed.

use crate::support::{ROOM, Wire, World, access, event, room, said};
use chinwag_core::domain::permissions::{RoomRole, ServerRole};
use chinwag_core::domain::{LogAccess, Refusal, RoomEvent, RoomId, RoomKind, Seq, UserId};
use chinwag_core::ports::{ReplayPage, ReplaySpan, RoomLog, Signal, StoreFuture};
use chinwag_realtime::{CaughtUp, Replayer};
use futures_util::FutureExt as _;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::sleep;

/// A log that grows while it is read.
struct Log {
    committed: Mutex<Vec<RoomEvent>>,
    /// What is asked for: from where, and how much.
    reads: Mutex<Vec<(i64, u32)>>,
    fails: bool,
    /// What is left out, and where it is told.
    left_out: Vec<i64>,
    told_at: Seq,
}

impl Log {
    fn up_to(head: i64) -> Self {
        let committed = (1..=head).map(|seq| event(seq, 99, said("hi"))).collect();
        Self {
            committed: Mutex::new(committed),
            reads: Mutex::default(),
            fails: false,
            left_out: Vec::new(),
            told_at: Seq(0),
        }
    }
}

impl RoomLog for Log {
    fn replay(&self, access: &LogAccess, span: ReplaySpan) -> StoreFuture<ReplayPage> {
        assert_eq!(access.room(), ROOM);
        self.reads.lock().push((span.after.0, span.limit));
        let committed = self.committed.lock();
        let page = committed.iter().filter(|event| event.seq > span.after).take(span.limit as usize);
        let through = page.clone().last().map_or(span.after, |event| event.seq);
        let events = page.filter(|event| !self.left_out.contains(&event.seq.0)).cloned().collect();
        let until = if self.left_out.is_empty() { Seq(0) } else { self.told_at };
        let page =
            if self.fails { Err(Refusal::Unavailable) } else { Ok(ReplayPage { events, through, until }) };
        async { page }.boxed()
    }
}

/// Commits an event, and publishes it as the storage does.
fn commit(world: &World, log: &Log, seq: i64) {
    log.committed.lock().push(event(seq, 99, said("hi")));
    world.message(seq);
}

fn events(wire: &Wire) -> Vec<i64> {
    wire.text().lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn what_was_missed_comes_before_what_is_new() {
    let world = World::calm();
    let log = Arc::new(Log::up_to(3));
    let replayer = Replayer::new(Arc::<Log>::clone(&log));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    for seq in 4..=6 {
        commit(&world, &log, seq);
    }
    // The fan-out skips them.
    sleep(Duration::from_millis(20)).await;
    let position = replayer.replay(&subscription, &access(1, 3), Seq(1), Seq(3)).await.unwrap();
    assert_eq!((position, events(&wire)), (Seq(3), vec![2, 3]));
    let announced = Mutex::new(Vec::new());
    let announce = |position| announced.lock().push((position, events(&wire)));
    let caught_up = replayer.go_live(&subscription, &access(1, 3), position, announce).await.unwrap();
    assert_eq!(caught_up, CaughtUp::Live);
    assert_eq!(*announced.lock(), [(Seq(6), vec![2, 3, 4, 5, 6])], "once, before the first live event");
    commit(&world, &log, 7);
    wire.until(|text| text.contains("den 7\n")).await;
    assert_eq!(events(&wire), [2, 3, 4, 5, 6, 7]);
    assert_eq!(*log.reads.lock(), [(1, 2), (3, 3)]);
}

#[tokio::test(start_paused = true)]
async fn a_long_log_is_read_in_pages_as_its_reader_keeps_up() {
    let world = World::calm();
    let log = Arc::new(Log::up_to(1200));
    let replayer = Replayer::new(Arc::<Log>::clone(&log));
    let wire = Wire::new(0);
    let alice = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    let right = access(1, 1200);
    let mut replay = Box::pin(replayer.replay(&subscription, &right, Seq(0), Seq(1200)));
    assert!(replay.as_mut().now_or_never().is_none());
    assert_eq!(*log.reads.lock(), [(0, 100)], "the next page waits for the reader");
    wire.let_through(usize::MAX);
    assert_eq!(replay.await, Ok(Seq(1200)));
    assert_eq!(*log.reads.lock(), [(0, 100), (100, 500), (600, 500), (1100, 100)]);
    assert_eq!(events(&wire), (1..=1200).collect::<Vec<_>>());
}

fn skips(wire: &Wire) -> Vec<String> {
    wire.text().lines().filter(|line| line.starts_with("Skipped")).map(str::to_owned).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_left_out_is_told_as_ranges_over_all_pages() {
    let world = World::calm();
    let log = Log { left_out: (3..=699).chain([701]).collect(), ..Log::up_to(701) };
    let replayer = Replayer::new(Arc::new(log));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    let caught_up = replayer.go_live(&subscription, &access(1, 701), Seq(1), |_| ()).await;
    assert_eq!((caught_up, events(&wire)), (Ok(CaughtUp::Live), vec![2, 700]));
    let range = |from, to| format!("{:?}", Signal::Skipped { room: ROOM, from: Seq(from), to: Seq(to) });
    assert_eq!(skips(&wire), [range(3, 699), range(701, 701)]);
}

/// Otherwise the later change would come live, without what was left out before it.
#[tokio::test(start_paused = true)]
async fn nobody_goes_live_before_the_change_for_which_another_was_left_out() {
    let world = World::calm();
    let log = Log { left_out: vec![3], told_at: Seq(5), ..Log::up_to(5) };
    let replayer = Replayer::new(Arc::new(log));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    // When the right was looked up, the log ended at 3.
    let caught_up = replayer.go_live(&subscription, &access(1, 3), Seq(1), |_| ()).await;
    assert_eq!((caught_up, events(&wire)), (Ok(CaughtUp::Live), vec![2, 4, 5]));
}

#[tokio::test(start_paused = true)]
async fn a_replay_breaks_off_when_its_reader_was_sent_too_much() {
    let world = World::calm();
    let log = Arc::new(Log::up_to(1200));
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let replayer = Replayer::new(Arc::<Log>::clone(&log)).counting(Arc::new(move |_, bytes| {
        let sent = count.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if sent > 1_000 { Err(Refusal::RateLimited { retry_after_ms: 7 }) } else { Ok(()) }
    }));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    let replayed = replayer.replay(&subscription, &access(1, 1200), Seq(0), Seq(1200)).await;
    assert_eq!(replayed, Err(Refusal::RateLimited { retry_after_ms: 7 }));
    assert_eq!(events(&wire), (1..=600).collect::<Vec<_>>(), "what was read is sent");
    assert_eq!(sent.load(Ordering::Relaxed), wire.text().len());

    // The last page of a replay may be too much: it is the end all the same.
    let again = replayer.replay(&subscription, &access(1, 1200), Seq(1200), Seq(1200)).await;
    assert_eq!(again, Ok(Seq(1200)));
}

#[tokio::test(start_paused = true)]
async fn one_who_left_meanwhile_does_not_go_live() {
    let world = World::calm();
    let log = Arc::new(Log::up_to(1));
    let replayer = Replayer::new(Arc::<Log>::clone(&log));
    let alice = world.connect(1, &Wire::new(usize::MAX));
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    log.committed.lock().push(event(2, 1, said("stands for the leave")));
    world.left(2, 1);
    sleep(Duration::from_millis(20)).await;
    let caught_up = replayer.go_live(&subscription, &access(1, 1), Seq(1), |_| ()).await;
    assert_eq!(caught_up, Ok(CaughtUp::Ended));
    assert!(world.hub.subscription(&alice, ROOM).is_none());
}

#[tokio::test(start_paused = true)]
async fn a_log_that_cannot_be_read_ends_the_connection() {
    let world = World::calm();
    for (seq, log) in [(1, Log { fails: true, ..Log::up_to(2) }), (2, Log::up_to(0))] {
        let wire = Wire::new(usize::MAX);
        let alice = world.connect(1, &wire);
        let subscription = world.hub.subscribe(&alice, &room()).subscription;
        world.message(seq);
        sleep(Duration::from_millis(20)).await;
        Replayer::new(Arc::new(log)).catch_up(&subscription, &access(1, 0), Seq(0)).await;
        wire.until(|text| text.ends_with("close Busy\n")).await;
        world.hub.unregister(&alice);
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_live_catches_up_anew_from_where_it_was() {
    let world = World::calm();
    let log = Arc::new(Log::up_to(0));
    let replayer = Replayer::new(Arc::<Log>::clone(&log));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    world.join(&alice);
    commit(&world, &log, 1);
    wire.until(|text| text.contains("den 1\n")).await;
    let again = world.hub.subscribe(&alice, &room());
    let (position, right) = again.known.unwrap();
    assert_eq!((position, right), (Seq(1), access(1, 0)));
    commit(&world, &log, 2);
    sleep(Duration::from_millis(20)).await;
    assert_eq!(events(&wire), [1]);
    // A new look at the room failed, so it goes on with the right that it had.
    replayer.catch_up(&again.subscription, &right, position).await;
    assert_eq!(events(&wire), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn the_right_to_another_log_opens_none() {
    let world = World::calm();
    let replayer = Replayer::new(Arc::new(Log::up_to(2)));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    let elsewhere = LogAccess::grant(
        UserId(1),
        ServerRole::Guest,
        Some(RoomRole::Member),
        (RoomId(2), RoomKind::Public),
        (Seq(1), Seq(2)),
    )
    .unwrap();
    for wrong in [elsewhere, access(2, 2)] {
        let subscription = world.hub.subscribe(&alice, &room()).subscription;
        let replayed = replayer.replay(&subscription, &wrong, Seq(0), Seq(2)).await;
        assert_eq!(replayed, Err(Refusal::Unavailable));
        let behind = replayer.go_live(&subscription, &wrong, Seq(0), |_| ()).await;
        assert_eq!(behind, Err(Refusal::Unavailable));
        let caught_up = replayer.go_live(&subscription, &wrong, Seq(2), |_| ()).await;
        assert_eq!(caught_up, Ok(CaughtUp::Ended));
    }
    assert_eq!(events(&wire), []);
}

/// Clients come back again and again while events are committed from another thread, each from where its last connection ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_comes_back_at_random_has_heard_everything_once_in_the_end() {
    const EVENTS: i64 = 3000;
    let seed: u64 =
        std::env::var("CHINWAG_SEED").map_or_else(|_| rand::random(), |seed| seed.parse().unwrap());
    println!("CHINWAG_SEED={seed}");
    let (world, log) = (Arc::new(World::calm()), Arc::new(Log::up_to(0)));
    let publisher = std::thread::spawn({
        let (world, log) = (Arc::clone(&world), Arc::clone(&log));
        move || {
            for seq in 1..=EVENTS {
                commit(&world, &log, seq);
                std::thread::yield_now();
            }
        }
    });
    let clients = (1..=12).map(|user| {
        let (world, log) = (Arc::clone(&world), Arc::clone(&log));
        tokio::spawn(async move {
            let mut random = StdRng::seed_from_u64(seed ^ ((user as u64) << 32));
            let mut heard = Vec::new();
            while heard.len() < EVENTS as usize {
                heard.extend(one_visit(&world, &log, user, heard.len() as i64, &mut random).await);
            }
            assert_eq!(heard, (1..=EVENTS).collect::<Vec<_>>(), "client {user}; seed {seed}");
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    publisher.join().unwrap();
}

/// Resumes after `last` and stays for a while. Answers what was heard.
async fn one_visit(world: &World, log: &Arc<Log>, user: i64, last: i64, random: &mut StdRng) -> Vec<i64> {
    let wire = Wire::new(usize::MAX);
    let connection = world.connect(user, &wire);
    let subscription = world.hub.subscribe(&connection, &room()).subscription;
    let head = log.committed.lock().len() as i64;
    let replayer = Replayer::new(Arc::<Log>::clone(log));
    for _ in 0..random.random_range(0..20) {
        tokio::task::yield_now().await;
    }
    let announced = Mutex::new(0);
    let announce = |Seq(position)| *announced.lock() = position;
    let right = access(user, head);
    let caught_up = replayer.go_live(&subscription, &right, Seq(last), announce).await;
    assert_eq!(caught_up, Ok(CaughtUp::Live));
    let position = *announced.lock();
    let stays_until = position + random.random_range(0..100);
    wire.until(|text| text.contains(&format!("den {}\n", stays_until.min(3000))) || stays_until == last)
        .await;
    world.hub.unregister(&connection);
    events(&wire)
}
