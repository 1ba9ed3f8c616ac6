use anyhow::Context as _;
use std::fs;
use std::time::Duration;

/// How a thread spent its time, as the scheduler tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ThreadTime {
    /// On a core.
    pub(crate) running: Duration,
    /// Ready to run, while its core was given to others.
    pub(crate) waiting: Duration,
}

impl ThreadTime {
    /// Of the calling thread.
    pub(crate) fn now() -> anyhow::Result<Self> {
        let schedule = fs::read_to_string("/proc/thread-self/schedstat");
        Self::parse(&schedule.context("cannot read this thread's time")?)
    }

    /// From the text of a `schedstat`.
    pub(super) fn parse(schedule: &str) -> anyhow::Result<Self> {
        let mut numbers = schedule.split_whitespace().map_while(|number| number.parse().ok());
        let (running, waiting) =
            numbers.next().zip(numbers.next()).context("schedstat has another form here")?;
        Ok(Self { running: Duration::from_nanos(running), waiting: Duration::from_nanos(waiting) })
    }

    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            running: self.running.saturating_sub(before.running),
            waiting: self.waiting.saturating_sub(before.waiting),
        }
    }

    /// The time for which it had something to do, whether it got a core or not.
    pub(crate) fn wanted(self) -> Duration {
        self.running + self.waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn a_schedule_is_read() {
        let time = ThreadTime::parse("3000000 2000000 17\n").unwrap();
        assert_eq!((time.running, time.wanted()), (Duration::from_millis(3), Duration::from_millis(5)));
        assert!(ThreadTime::parse("3000000\n").is_err());
    }

    #[test]
    fn work_of_this_thread_shows() {
        let before = ThreadTime::now().unwrap();
        while ThreadTime::now().unwrap().since(before).running < Duration::from_millis(5) {
            black_box((0..100_000u64).fold(0, |sum: u64, value| sum.wrapping_add(black_box(value))));
        }
    }
}
