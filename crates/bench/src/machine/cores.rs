use anyhow::Context as _;
use std::fs;
use std::time::Duration;

/// Cores that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// How long the cores of the machine have worked so far, added up, for whomever.
pub(crate) fn time_of_all_cores() -> anyhow::Result<Duration> {
    let stat = fs::read_to_string("/proc/stat").context("cannot read what the machine does")?;
    busy(&stat).context("/proc/stat has another form here")
}

/// Linux tells these times in hundredths of a second on every machine.
const MILLISECONDS_PER_TICK: u64 = 10;
/// Places of the times in which a core did nothing: `idle` and `iowait`.
const IDLE: [usize; 2] = [3, 4];
/// The times after these, of guests, are contained in the first two.
const TIMES: usize = 8;

fn busy(stat: &str) -> Option<Duration> {
    let times = stat.lines().find_map(|line| line.strip_prefix("cpu "))?.split_whitespace();
    let busy = times.take(TIMES).enumerate().filter(|(place, _)| !IDLE.contains(place));
    let ticks = busy.map(|(_, ticks)| ticks.parse::<u64>().ok()).sum::<Option<u64>>()?;
    Some(ticks_to_time(ticks))
}

pub(super) fn ticks_to_time(ticks: u64) -> Duration {
    Duration::from_millis(ticks * MILLISECONDS_PER_TICK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_time_and_that_of_guests_do_not_count() {
        let stat = "cpu  100 20 30 9000 800 1 2 7 50 0\ncpu0 50 10 15 4500 400 0 1 3 25 0\n";
        assert_eq!(busy(stat), Some(Duration::from_millis(1600)));
        assert_eq!(busy("intr 1 2 3"), None);
    }

    #[test]
    fn this_machine_tells_its_time() {
        assert!(time_of_all_cores().unwrap() > Duration::ZERO);
    }
}
