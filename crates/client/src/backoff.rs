use std::time::Duration;

/// How long to wait before each attempt: a random time up to a bound that doubles ("full jitter"), so that many clients that
/// lost the same server do not come back at the same moment.
pub struct Backoff {
    base: Duration,
    cap: Duration,
    attempts: u32,
    random: Box<dyn FnMut() -> f64 + Send + Sync>,
}

impl Backoff {
    /// A bound of `base` for the first attempt and at most `cap`.
    #[must_use]
    pub fn new(base: Duration, cap: Duration) -> Self {
        Self::with_random(base, cap, rand::random)
    }

    /// The same with a source of numbers from 0 to below 1.
    #[must_use]
    pub fn with_random(
        base: Duration,
        cap: Duration,
        random: impl FnMut() -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self { base, cap, attempts: 0, random: Box::new(random) }
    }

    /// The wait before the next attempt.
    #[must_use = "it counts an attempt"]
    pub fn next_delay(&mut self) -> Duration {
        let bound = self.base.saturating_mul(2_u32.saturating_pow(self.attempts)).min(self.cap);
        self.attempts = self.attempts.saturating_add(1);
        bound.mul_f64((self.random)())
    }

    /// Attempts since the last [`reset`](Self::reset).
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The bound below which nothing is random: the shortest life of a connection that counts as a success.
    pub(crate) fn base(&self) -> Duration {
        self.base
    }

    /// Begins anew after a success.
    pub fn reset(&mut self) {
        self.attempts = 0;
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(Duration::from_secs(1), Duration::from_secs(30))
    }
}

impl std::fmt::Debug for Backoff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { base, cap, attempts, random: _ } = self;
        f.debug_struct("Backoff").field("base", base).field("cap", cap).field("attempts", attempts).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(backoff: &mut Backoff, count: usize) -> Vec<u128> {
        (0..count).map(|_| backoff.next_delay().as_millis()).collect()
    }

    #[test]
    fn the_bound_doubles_up_to_the_cap() {
        let mut backoff = Backoff::with_random(Duration::from_secs(1), Duration::from_secs(30), || 0.5);
        assert_eq!(millis(&mut backoff, 7), [500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
        backoff.reset();
        assert_eq!(millis(&mut backoff, 1), [500]);
    }

    #[test]
    fn every_delay_below_the_bound_can_come() {
        let mut numbers = [0.0, 0.25, 0.999].into_iter().cycle();
        let next = move || numbers.next().unwrap();
        let mut backoff = Backoff::with_random(Duration::from_secs(1), Duration::from_secs(1), next);
        assert_eq!(millis(&mut backoff, 3), [0, 250, 999]);
    }

    #[test]
    fn many_attempts_do_not_overflow() {
        let mut backoff = Backoff::with_random(Duration::from_secs(1), Duration::MAX, || 0.0);
        assert_eq!(millis(&mut backoff, 200), [0; 200]);
        assert_eq!(backoff.attempts(), 200);
    }
}
