use super::SystemClock;
use chinwag_core::domain::Millis;
use chinwag_core::ports::Clock;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock of this machine, set by that of the database which several nodes share, so that their times do not differ by much. Before it is
/// set, and on a server that has its database alone, it is this machine's.
#[derive(Debug, Default)]
pub(crate) struct DatabaseClock {
    /// Milliseconds by which the database's clock is ahead.
    ahead: AtomicI64,
}

impl DatabaseClock {
    /// Sets it by what the database's clock told to a question that took `millis` and was answered just now. Nobody knows at which moment of that:
    /// it is moved only as far as it is surely wrong, so that a slow answer does not make it jump.
    pub(crate) fn synchronize(&self, told: Millis, millis: i64) {
        let at_least = told.0.saturating_sub(of_this_machine());
        let at_most = at_least.saturating_add(millis.max(0));
        let ahead = self.ahead.load(Ordering::Relaxed).clamp(at_least, at_most);
        self.ahead.store(ahead, Ordering::Relaxed);
    }
}

impl Clock for DatabaseClock {
    fn now(&self) -> Millis {
        Millis(of_this_machine().saturating_add(self.ahead.load(Ordering::Relaxed)))
    }
}

fn of_this_machine() -> i64 {
    SystemClock.now().0
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    /// Whether the clock is ahead by so much, or by a little less or more, as the machine takes its time.
    fn is_ahead(clock: &DatabaseClock, millis: i64) -> bool {
        (clock.now().0 - of_this_machine() - millis).abs() < 10_000
    }

    #[test]
    fn it_goes_as_the_database_told_last() {
        let clock = DatabaseClock::default();
        assert!(is_ahead(&clock, 0));
        for ahead in [HOUR, -HOUR, 0] {
            clock.synchronize(Millis(of_this_machine() + ahead), 40);
            assert!(is_ahead(&clock, ahead));
        }
    }

    #[test]
    fn it_is_moved_only_as_far_as_it_is_surely_wrong() {
        let clock = DatabaseClock::default();
        clock.synchronize(Millis(of_this_machine() + HOUR), 40);
        // It may have been told at the begin of a long wait, when this clock was as far ahead.
        clock.synchronize(Millis(of_this_machine() + HOUR - 60_000), 120_000);
        assert!(is_ahead(&clock, HOUR));
        clock.synchronize(Millis(of_this_machine() + HOUR - 60_000), 30_000);
        assert!(is_ahead(&clock, HOUR - 30_000), "at the begin at the earliest");
        clock.synchronize(Millis(of_this_machine() + HOUR), 30_000);
        assert!(is_ahead(&clock, HOUR), "at the end at the latest");
    }
}
