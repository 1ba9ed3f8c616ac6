use chinwag_core::domain::Refusal;
use chinwag_core::ports::Rate;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

/// How often each of many may do something, counted on this node (GCRA: a burst up to the limit, then an even rate).
pub(super) struct Limit<K: Hash + Eq + Clone> {
    pub(super) rate: Rate,
    counts: DefaultKeyedRateLimiter<K>,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    pub(super) fn new(count: u32, seconds: u64) -> Self {
        let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let rate = Rate { count: count.get(), period: Duration::from_secs(seconds) };
        let one = (rate.period / rate.count).max(Duration::from_nanos(1));
        let quota = Quota::with_period(one).unwrap_or(Quota::per_second(count)).allow_burst(count);
        Self { rate, counts: RateLimiter::keyed(quota) }
    }

    /// Counts something that is worth `cost`, or as much as there may be at once.
    pub(super) fn check(&self, key: &K, cost: u32) -> Result<(), Refusal> {
        let cost = NonZeroU32::new(cost.min(self.rate.count)).unwrap_or(NonZeroU32::MIN);
        match self.counts.check_key_n(key, cost) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(not_until)) => Err(limited(not_until.wait_time_from(DefaultClock::default().now()))),
            // Not with a cost within the burst.
            Err(_) => Err(limited(self.rate.period)),
        }
    }

    /// Forgets those who have their whole burst again.
    pub(super) fn forget_the_rested(&self) {
        self.counts.retain_recent();
    }
}

pub(super) fn limited(wait: Duration) -> Refusal {
    Refusal::RateLimited { retry_after_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1) }
}
