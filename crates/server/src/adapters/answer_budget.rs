use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// How many bytes of answers each of those who ask may get in a minute: all of them at once, and then at an even pace.
///
/// What an answer has is known only when it is made. So it is counted afterwards, and whoever got more than the share has to wait until
/// it is made up for; a count that is asked first, as the other limits are, knows no such debt.
pub(super) struct AnswerBudget<K> {
    per_minute: u64,
    /// When everything that each was sent will be made up for. One who is not there was sent nothing lately.
    even_at: Mutex<HashMap<K, Instant>>,
}

const MINUTE: Duration = Duration::from_secs(60);

impl<K: Hash + Eq> AnswerBudget<K> {
    pub(super) fn new(per_minute: usize) -> Self {
        Self { per_minute: (per_minute as u64).max(1), even_at: Mutex::default() }
    }

    /// Counts bytes, and answers how long `key` has to wait for having had too many.
    pub(super) fn count(&self, key: K, bytes: usize, now: Instant) -> Option<Duration> {
        let time = self.time_of(bytes);
        let mut even_at = self.even_at.lock();
        let even = even_at.entry(key).or_insert(now);
        *even = (*even).max(now) + time;
        wait(*even, now, MINUTE)
    }

    /// How long `key` has to wait until half of the share is free.
    pub(super) fn until_half(&self, key: &K, now: Instant) -> Option<Duration> {
        let even = self.even_at.lock().get(key).copied()?;
        wait(even, now, MINUTE / 2)
    }

    /// Forgets those who have their whole share again.
    pub(super) fn forget_the_rested(&self, now: Instant) {
        let mut even_at = self.even_at.lock();
        even_at.retain(|_, even| *even > now);
        even_at.shrink_to_fit();
    }

    /// The time in which so many bytes are made up for.
    fn time_of(&self, bytes: usize) -> Duration {
        let nanos = bytes as u128 * MINUTE.as_nanos() / u128::from(self.per_minute);
        // A single answer counts for ten minutes at most.
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)).min(MINUTE * 10)
    }
}

fn wait(even: Instant, now: Instant, allowed: Duration) -> Option<Duration> {
    even.saturating_duration_since(now).checked_sub(allowed).filter(|wait| !wait.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_comes_at_once_and_what_is_more_is_waited_for() {
        let (budget, now) = (AnswerBudget::new(6_000), Instant::now());
        assert_eq!([3_000, 3_000, 0].map(|bytes| budget.count(1, bytes, now)), [None; 3]);
        assert_eq!(budget.count(1, 200, now), Some(Duration::from_secs(2)));
        assert_eq!(budget.count(2, 6_000, now), None, "each has a share of its own");
        let later = now + Duration::from_secs(2);
        assert_eq!(budget.count(1, 0, later), None);
        assert_eq!(budget.count(1, 100, later), Some(Duration::from_secs(1)));
    }

    #[test]
    fn whoever_comes_waits_until_half_is_free() {
        let (budget, now) = (AnswerBudget::new(6_000), Instant::now());
        assert_eq!(budget.until_half(&1, now), None);
        budget.count(1, 2_900, now);
        assert_eq!(budget.until_half(&1, now), None);
        budget.count(1, 3_100, now);
        assert_eq!(budget.until_half(&1, now), Some(Duration::from_secs(30)));
        assert_eq!(budget.until_half(&1, now + Duration::from_secs(30)), None);
        assert_eq!(budget.count(1, 3_000, now + Duration::from_secs(30)), None, "half of the share is there");
    }

    #[test]
    fn the_rested_are_forgotten() {
        let (budget, now) = (AnswerBudget::new(6_000), Instant::now());
        budget.count(1, 3_000, now);
        budget.count(2, 6_000, now);
        budget.forget_the_rested(now + Duration::from_secs(31));
        assert_eq!(budget.even_at.lock().keys().copied().collect::<Vec<_>>(), [2]);
    }
}
