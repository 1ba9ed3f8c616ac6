//! Whatever comes in whatever order, all of the log is handed on from where it began, in order and once.

use super::*;
use chinwag_core::domain::{EventBody, Millis, RoomChange, RoomId, UserId};
use proptest::prelude::*;

fn event(seq: i64) -> Arc<RoomEvent> {
    let body = EventBody::Room(RoomChange::Deleted);
    Arc::new(RoomEvent {
        room: RoomId(1),
        seq: Seq(seq),
        at: Millis(seq),
        actor: UserId(1),
        name: String::new(),
        body,
    })
}

/// A sequence beside the plainest thing that keeps the same promises: the log, and how far it was handed on.
struct World {
    sequence: Sequence,
    handed_on: Vec<i64>,
    head: i64,
    /// What the node was told of, by an event or in another way, since it began.
    told: Option<i64>,
    now: Instant,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// So many more events are committed.
    Commit(i64),
    /// The news of the event so far before the end of the log come.
    Come(i64),
    /// Somebody goes live who has read the log up to so far before its end.
    GoLive(i64),
    /// The node hears how long the log is.
    Repair,
    /// Time passes, and what is due is read: so many events at once, or the storage fails.
    Read { passes: u64, page: Option<usize> },
    /// The node starts again.
    Restart,
}

impl World {
    fn new() -> Self {
        let sequence = Sequence::default();
        Self { sequence, handed_on: Vec::new(), head: 0, told: None, now: Instant::now() }
    }

    fn offer(&mut self, seq: i64) -> Offer {
        let (now, handed_on) = (self.now, &mut self.handed_on);
        self.told = self.told.max(Some(seq));
        self.sequence.offer(event(seq), || now, |event| handed_on.push(event.seq.0))
    }

    fn read(&mut self, page: Option<usize>) -> bool {
        if self.sequence.due().is_none_or(|due| due > self.now) {
            return false;
        }
        let Some(Gap { after, count }) = self.sequence.gap() else { panic!("due, and nothing is missing") };
        assert!(count > 0 && after.0 + i64::from(count) <= self.head, "asks for what does not exist");
        match page {
            Some(page) => {
                for seq in (after.0 + 1..=after.0 + i64::from(count)).take(page) {
                    assert_eq!(self.offer(seq), Offer::Next);
                }
                self.sequence.ask_at(self.now);
            }
            None => self.sequence.ask_at(self.now + PATIENCE),
        }
        true
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Commit(count) => self.head += count,
            Step::Come(back) if back < self.head => {
                let seq = self.head - back;
                let known = self.sequence.position().is_some_and(|position| seq <= position.0);
                assert_eq!(self.offer(seq) == Offer::Known, known);
            }
            Step::Come(_) => {}
            Step::GoLive(back) => {
                let seen = Seq((self.head - back).max(0));
                let begun = self.sequence.position().is_some();
                let has = self.sequence.begin(seen);
                if !begun {
                    self.told = Some(seen.0);
                    assert_eq!(has, seen);
                }
            }
            Step::Repair => {
                self.told = self.told.max(Some(self.head));
                self.sequence.expect(Seq(self.head), self.now);
            }
            Step::Read { passes, page } => {
                self.now += Duration::from_millis(passes);
                self.read(page);
            }
            Step::Restart => *self = Self { head: self.head, now: self.now, ..Self::new() },
        }
        self.check();
    }

    /// What is so after each step.
    fn check(&self) {
        let begins = self.sequence.begins_after().0;
        let (count, position) = (self.handed_on.len() as i64, self.sequence.position());
        let expected: Vec<_> = (begins + 1..=begins + count).collect();
        assert_eq!(self.handed_on, expected, "without a gap, in order, once");
        assert_eq!(position.is_some(), self.told.is_some());
        if let Some(position) = position {
            assert_eq!(position.0, begins + count);
            let is_missing = self.told.is_some_and(|told| told > position.0);
            assert_eq!(self.sequence.due().is_some(), is_missing, "what is missing will be asked for");
            assert_eq!(self.sequence.gap().is_some(), is_missing);
            assert!(self.sequence.ahead.keys().all(|seq| *seq > position.next()), "what can be is handed on");
        }
        assert!(self.sequence.ahead.len() <= AHEAD);
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let page = prop_oneof![3 => (1..20_usize).prop_map(Some), 1 => Just(None)];
    let step = prop_oneof![
        4 => (1..5_i64).prop_map(Step::Commit),
        8 => (0..12_i64).prop_map(Step::Come),
        1 => (0..6_i64).prop_map(Step::GoLive),
        1 => Just(Step::Repair),
        3 => (0..40_u64, page).prop_map(|(passes, page)| Step::Read { passes, page }),
        1 => prop_oneof![9 => Just(Step::Come(0)), 1 => Just(Step::Restart)],
    ];
    prop::collection::vec(step, 1..200)
}

proptest! {
    #[test]
    fn lost_repeated_and_reordered_news_are_handed_on_as_the_log_has_them(steps in steps()) {
        let mut world = World::new();
        for step in steps {
            world.take(step);
        }
        // At the end everything comes that was told of.
        world.take(Step::Repair);
        for _ in 0..=world.head {
            world.now += PATIENCE;
            world.read(Some(20));
        }
        let begins = world.sequence.begins_after().0;
        prop_assert_eq!(world.handed_on, (begins + 1..=world.head).collect::<Vec<_>>());
        prop_assert!(world.sequence.due().is_none());
    }
}

#[test]
fn news_that_are_late_are_waited_for_and_then_read() {
    let mut world = World::new();
    world.head = 5;
    world.offer(1);
    assert_eq!(world.offer(3), Offer::Ahead);
    assert_eq!(world.sequence.due(), Some(world.now + PATIENCE));
    assert_eq!(world.sequence.take_wait(), None, "it waits still");
    world.now += Duration::from_millis(10);
    assert_eq!(world.offer(2), Offer::Next);
    assert_eq!(world.sequence.take_wait(), Some(Duration::from_millis(10)));
    assert_eq!(world.sequence.take_wait(), None);
    assert_eq!((&world.handed_on[..], world.sequence.due()), (&[1, 2, 3][..], None));
    world.offer(5);
    world.now += PATIENCE;
    assert_eq!(world.sequence.gap(), Some(Gap { after: Seq(3), count: 1 }));
}

#[test]
fn of_very_many_that_are_ahead_the_nearest_are_kept() {
    let mut world = World::new();
    world.sequence.begin(Seq(0));
    let last = AHEAD as i64 + 10;
    for seq in (2..=last).rev() {
        world.offer(seq);
    }
    world.offer(1);
    let kept = AHEAD as i64 + 1;
    assert_eq!(world.handed_on, (1..=kept).collect::<Vec<_>>());
    assert_eq!(world.sequence.gap(), Some(Gap { after: Seq(kept), count: 9 }));
}

#[test]
fn whoever_goes_live_reads_first_what_was_before_the_first_news() {
    let mut world = World::new();
    world.offer(12);
    assert_eq!((world.sequence.begins_after(), world.sequence.begin(Seq(10))), (Seq(11), Seq(12)));
}
