//! How long things took, told apart by when they began.

use crate::numbers::Histogram;
use std::time::{Duration, Instant};

/// Something that took a while, like the way of a message to somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) begin: Instant,
    pub(super) took: Duration,
}

/// For how long all must go as before until that counts as normal.
const STEADY: Duration = Duration::from_millis(500);
/// What is compared with before. Beside other programs the slowest tell little, and half of them still tell news from asking for it.
const SHARES: [f64; 2] = [0.5, 0.99];
/// What is fine, whatever was normal before.
const FINE: Duration = Duration::from_millis(20);
const STEP: Duration = Duration::from_millis(10);

/// The time that `share` of those which began from `from` to `until` do not exceed.
pub(super) fn quantile(all: &[Stretch], from: Instant, until: Instant, share: f64) -> Option<Duration> {
    let mut histogram = Histogram::new();
    for stretch in all.iter().filter(|it| (from..until).contains(&it.begin)) {
        histogram.record(u64::try_from(stretch.took.as_nanos()).unwrap_or(u64::MAX));
    }
    histogram.quantile(share)
}

/// How long after `back` things began to be normal: half a second in which half of them, and 99 % of them, took at most twice as
/// long as of those before `lost`, or were fast enough anyway. `None` when that did not come by `end`.
pub(super) fn normal_after(all: &[Stretch], lost: Instant, back: Instant, end: Instant) -> Option<Duration> {
    let first = all.iter().map(|stretch| stretch.begin).min()?;
    let bound = |share| Some(FINE.max(quantile(all, first, lost, share)? * 2));
    let is_fine = |from: Instant, share| Some(quantile(all, from, from + STEADY, share)? <= bound(share)?);
    let mut from = back;
    while from + STEADY <= end {
        if SHARES.iter().all(|share| is_fine(from, *share) == Some(true)) {
            return Some(from - back);
        }
        from += STEP;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// Something every 5 ms of three seconds; what begins in a second after the first took `meanwhile` for as long as `slow`.
    fn normal(usual: [u32; 2], meanwhile: u32, slow: Duration) -> Option<Duration> {
        let begin = Instant::now();
        let back = begin + MS * 1000;
        let stretch = |step: u32| {
            let at = begin + MS * 5 * step;
            let took = if at >= back && at < back + slow {
                meanwhile
            } else {
                usual[usize::from(step.is_multiple_of(20))]
            };
            Stretch { begin: at, took: MS * took }
        };
        let all: Vec<Stretch> = (0..600).map(stretch).collect();
        normal_after(&all, back, back, begin + MS * 3000)
    }

    #[test]
    fn normal_begins_with_the_last_that_is_slow() {
        assert_eq!(normal([3, 4], 200, Duration::ZERO), Some(Duration::ZERO));
        let found = normal([3, 4], 200, MS * 700).unwrap();
        assert!((MS * 690..=MS * 700).contains(&found), "{found:?}");
        assert_eq!(normal([3, 4], 200, MS * 1800), None);
        // What nothing is known of is not normal.
        let now = Instant::now();
        assert_eq!(normal_after(&[], now, now, now + MS * 1000), None);
    }

    #[test]
    fn where_some_are_slow_anyway_half_of_them_must_be_fast_again() {
        assert_eq!(normal([5, 150], 100, Duration::ZERO), Some(Duration::ZERO));
        let found = normal([5, 150], 100, MS * 700).unwrap();
        assert!((MS * 400..=MS * 700).contains(&found), "{found:?}");
    }

    #[test]
    fn only_what_began_in_the_time_counts() {
        let begin = Instant::now();
        let all = [(0, 50), (10, 200), (90, 20), (300, 900)]
            .map(|(at, took)| Stretch { begin: begin + MS * at, took: MS * took });
        let slowest = |from, until| quantile(&all, begin + MS * from, begin + MS * until, 1.0);
        assert_eq!(slowest(5, 95).map(|it| it.as_millis() / 10), Some(20));
        assert_eq!(slowest(20, 300).map(|it| it.as_millis() / 10), Some(2));
        assert_eq!(slowest(100, 300), None);
    }
}
