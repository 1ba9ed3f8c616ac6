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
    /// Sets it by what the database's clock told to a question that took `millis`: it is told in the middle of that, as far as one can know.
    pub(crate) fn synchronize(&self, told: Millis, millis: i64) {
        let at = of_this_machine().saturating_sub(millis / 2);
        self.ahead.store(told.0.saturating_sub(at), Ordering::Relaxed);
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

    #[test]
    fn it_goes_as_the_database_told_last() {
        let clock = DatabaseClock::default();
        let is_near = |told: i64| (clock.now().0 - told).abs() < 10_000;
        assert!(is_near(of_this_machine()));
        clock.synchronize(Millis(of_this_machine() + 3_600_000), 40);
        assert!(is_near(of_this_machine() + 3_600_000));
        clock.synchronize(Millis(of_this_machine() - 3_600_000), 40);
        assert!(is_near(of_this_machine() - 3_600_000));
    }
}
