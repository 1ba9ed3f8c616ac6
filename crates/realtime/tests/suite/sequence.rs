//! A room's events are delivered by their places in its log, in whatever order their news come, and what does not come is read.

use crate::support::{ROOM, Wire, World, access, event, room, said};
use chinwag_core::domain::{
    EventBody, LogAccess, MemberChange, Refusal, RoomEvent, RoomId, Seq, SessionId, UserId,
};
use chinwag_core::ports::{Recovery, ReplayPage, ReplaySpan, RoomLog, Standing, StoreFuture};
use chinwag_realtime::{CaughtUp, NotLive, Replayer};
use futures_util::FutureExt as _;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// The log that holds everything.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) committed: Mutex<Vec<RoomEvent>>,
    pub(crate) is_away: Mutex<bool>,
    /// Whether the heads are known and the events cannot be read.
    pub(crate) is_slow: Mutex<bool>,
    /// Sign-ins that have not ended.
    pub(crate) standings: Mutex<Vec<Standing>>,
}

impl Log {
    pub(crate) fn up_to(head: i64) -> Arc<Self> {
        let committed = (1..=head).map(|seq| event(seq, 99, said("hi"))).collect();
        Arc::new(Self { committed: Mutex::new(committed), ..Self::default() })
    }

    fn after(&self, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>> {
        let committed = self.committed.lock();
        let page = committed.iter().filter(|event| event.seq > after).take(limit as usize).cloned().collect();
        let page = if *self.is_away.lock() { Err(Refusal::Unavailable) } else { Ok(page) };
        async { page }.boxed()
    }
}

impl Recovery for Log {
    fn missed_events(&self, room: RoomId, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>> {
        assert_eq!(room, ROOM);
        if *self.is_slow.lock() {
            return async { Err(Refusal::Busy) }.boxed();
        }
        self.after(after, limit)
    }

    fn heads(&self, known: Vec<(RoomId, Seq)>) -> StoreFuture<Vec<(RoomId, Seq)>> {
        let head = self.committed.lock().last().map_or(Seq(0), |event| event.seq);
        let ahead = known.into_iter().filter(|(_, seq)| *seq < head).map(|(room, _)| (room, head)).collect();
        let ahead = if *self.is_away.lock() { Err(Refusal::Unavailable) } else { Ok(ahead) };
        async { ahead }.boxed()
    }

    fn standings(&self, sessions: Vec<(UserId, SessionId)>) -> StoreFuture<Vec<Standing>> {
        let standings = self.standings.lock();
        let known = standings.iter().filter(|it| sessions.contains(&(it.user.id, it.session)));
        let known = Ok(known.cloned().collect());
        async { known }.boxed()
    }
}

impl RoomLog for Log {
    fn replay(&self, _: &LogAccess, span: ReplaySpan) -> StoreFuture<ReplayPage> {
        let events = self.after(span.after, span.limit);
        async move {
            let events = events.await?;
            let through = events.last().map_or(span.after, |event| event.seq);
            Ok(ReplayPage { events, through, until: Seq(0) })
        }
        .boxed()
    }
}

pub(crate) fn with(log: &Arc<Log>) -> World {
    let world = World::calm();
    tokio::spawn(Arc::clone(&world.hub).fill_gaps(Arc::<Log>::clone(log)));
    world
}

fn told(wire: &Wire) -> Vec<i64> {
    wire.text().lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn news_that_overtake_others_wait_for_them() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    for seq in [2, 4, 1, 1, 2] {
        world.message(seq);
    }
    wire.until(|text| text.contains("den 2\n")).await;
    world.message(3);
    wire.until(|text| text.contains("den 4\n")).await;
    assert_eq!(told(&wire), [1, 2, 3, 4]);
    assert_eq!(world.metrics.sequence_filled.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_come_is_read_from_the_log() {
    let log = Log::up_to(1000);
    let (world, wire) = (with(&log), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    *log.is_away.lock() = true;
    world.message(1);
    world.message(700);
    sleep(Duration::from_secs(2)).await;
    assert_eq!(told(&wire), [1], "not before those that are missing");
    *log.is_away.lock() = false;
    wire.until(|text| text.contains("den 700\n")).await;
    assert_eq!(told(&wire), (1..=700).collect::<Vec<_>>());
    assert_eq!((world.metrics.sequence_gaps.get(), world.metrics.sequence_filled.get()), (1, 698));
    world.message(703);
    wire.until(|text| text.contains("den 703\n")).await;
    assert_eq!((told(&wire).len(), world.metrics.sequence_gaps.get()), (703, 2), "each gap is asked for");
}

#[tokio::test(start_paused = true)]
async fn whoever_goes_live_has_read_what_came_before_the_first_news() {
    let world = World::calm();
    let alice = world.connect(1, &Wire::new(usize::MAX));
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    world.message(12);
    assert_eq!(subscription.go_live(&access(1, 10), Seq(10), || ()), Err(NotLive::Behind(Seq(11))));
    sleep(Duration::from_millis(20)).await;
    assert_eq!(subscription.go_live(&access(1, 10), Seq(11), || ()), Err(NotLive::Behind(Seq(12))));
    assert_eq!(subscription.go_live(&access(1, 10), Seq(12), || ()), Ok(()));
}

#[tokio::test(start_paused = true)]
async fn a_removal_that_is_found_in_the_log_alone_ends_the_right_to_what_came_after() {
    let log = Log::up_to(3);
    let (world, wire) = (with(&log), Wire::new(usize::MAX));
    let alice = world.connect(1, &wire);
    let left = EventBody::own_membership(UserId(1), "user 1", MemberChange::Left);
    log.committed.lock().push(event(4, 1, left));
    log.committed.lock().extend((5..=6).map(|seq| event(seq, 99, said("a secret"))));
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    world.message(6);
    let caught_up =
        Replayer::new(Arc::<Log>::clone(&log)).go_live(&subscription, &access(1, 3), Seq(2), |_| ()).await;
    assert_eq!(caught_up, Ok(CaughtUp::Ended));
    assert!(world.hub.subscription(&alice, ROOM).is_none());
    assert_eq!(told(&wire), [3, 4]);
}
