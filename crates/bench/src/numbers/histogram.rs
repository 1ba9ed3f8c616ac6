use std::time::Duration;

/// Counts durations in buckets whose width grows with their value: 64 per power of two, so that a quantile is right within 2 %,
/// whatever its size, and recording one is a few instructions.
pub(crate) struct Histogram {
    buckets: Vec<u64>,
    count: u64,
}

const SUB_BITS: u32 = 6;
const SUB: u64 = 1 << SUB_BITS;

impl Histogram {
    pub(crate) fn new() -> Self {
        Self { buckets: vec![0; bucket(u64::MAX) + 1], count: 0 }
    }

    pub(crate) fn record(&mut self, nanoseconds: u64) {
        self.buckets[bucket(nanoseconds)] += 1;
        self.count += 1;
    }

    /// The duration that `share` (0 to 1) of all recorded ones do not exceed; `None` when nothing was recorded.
    pub(crate) fn quantile(&self, share: f64) -> Option<Duration> {
        let wanted = ((self.count as f64 * share).ceil() as u64).clamp(1, self.count.max(1));
        let mut seen = 0;
        let place = self.buckets.iter().position(|count| {
            seen += count;
            seen >= wanted
        })?;
        Some(Duration::from_nanos(middle(place)))
    }
}

/// Values below `2 * SUB` have a bucket each; above, the bits behind the leading one choose within their power of two.
fn bucket(value: u64) -> usize {
    let power = value.max(SUB).ilog2() - SUB_BITS;
    (u64::from(power) * SUB + (value >> power)) as usize
}

/// The middle of a bucket's values.
fn middle(place: usize) -> u64 {
    let place = place as u64;
    if place < 2 * SUB {
        return place;
    }
    let power = place / SUB - 1;
    let low = (place - power * SUB) << power;
    low + (1 << power) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: impl Iterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::new();
        values.for_each(|value| histogram.record(value));
        histogram
    }

    #[test]
    fn quantiles_are_right_within_two_percent() {
        let histogram = of(1..=1_000_000);
        for share in [0.001, 0.01, 0.5, 0.99, 0.999, 1.0] {
            let found = histogram.quantile(share).unwrap().as_nanos() as f64;
            let exact = share * 1_000_000.0;
            assert!((found / exact - 1.0).abs() < 0.02, "{share}: {found} for {exact}");
        }
    }

    #[test]
    fn buckets_follow_each_other() {
        let edges = (0..64).map(|power| 1u64 << power).flat_map(|edge| [edge - 1, edge, edge + 1]);
        let mut values: Vec<u64> = edges.chain([u64::MAX]).collect();
        values.sort_unstable();
        for pair in values.windows(2) {
            assert!(bucket(pair[0]) <= bucket(pair[1]), "{pair:?}");
        }
        for value in values.into_iter().filter(|value| *value > 0) {
            let error = middle(bucket(value)) as f64 / value as f64 - 1.0;
            assert!(error.abs() < 0.02, "{value} is told as {}", middle(bucket(value)));
        }
    }

    #[test]
    fn an_outlier_shows_in_the_highest_quantile_only() {
        let histogram = of((0..999).map(|_| 100).chain([1_000_000_000]));
        assert_eq!(histogram.quantile(0.5), Some(Duration::from_nanos(100)));
        assert_eq!(histogram.quantile(0.999), Some(Duration::from_nanos(100)));
        assert!(histogram.quantile(1.0).unwrap() > Duration::from_millis(980));
    }

    #[test]
    fn nothing_recorded_has_no_quantile() {
        assert_eq!(Histogram::new().quantile(0.5), None);
    }
}
