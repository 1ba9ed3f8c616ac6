use super::cores::ticks_to_time;
use super::thread_time::ThreadTime;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What a process has used so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Usage {
    threads: BTreeMap<u32, Thread>,
    /// User and system time of all threads, those that have ended among them, in steps of 10 ms.
    processor: Duration,
    /// Resident memory in bytes, all of it.
    pub(crate) resident: u64,
    /// Resident memory in bytes without the pages of files: those of the program itself come as code is first used.
    pub(crate) anonymous: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Thread {
    time: ThreadTime,
    /// Times that it gave its core away, on its own account or not.
    switches: u64,
}

/// What a process used between two moments, all its threads together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Work {
    /// User and system time.
    pub(crate) processor: Duration,
    pub(crate) switches: u64,
    /// The time of the thread that had most to do.
    pub(crate) busiest: ThreadTime,
}

impl Usage {
    /// Of the process `id`.
    ///
    /// The time of each thread is that of the scheduler (`schedstat`, nanoseconds), since `stat` counts in steps of 10 ms, which
    /// is as much as a quiet server uses in a measured second.
    pub(crate) fn of_process(id: u32) -> anyhow::Result<Self> {
        let process = Path::new("/proc").join(id.to_string());
        let memory =
            fs::read_to_string(process.join("smaps_rollup")).context("cannot read the memory in use")?;
        let bytes = |name| Some(field(&memory, name)? * 1024);
        let form = "smaps_rollup has another form here";
        let mut usage = Self {
            threads: BTreeMap::new(),
            processor: processor_time(&process)?,
            resident: bytes("Rss:").context(form)?,
            anonymous: bytes("Anonymous:").context(form)?,
        };
        for entry in fs::read_dir(process.join("task")).context("the process to measure is gone")? {
            let folder = entry?.path();
            let number = folder.file_name().and_then(|name| name.to_str()?.parse().ok());
            // A thread may have ended since the list was read.
            if let (Some(number), Some(thread)) = (number, Thread::read(&folder)?) {
                usage.threads.insert(number, thread);
            }
        }
        Ok(usage)
    }

    /// Adds what another process has used.
    pub(crate) fn add(&mut self, other: Self) {
        self.threads.extend(other.threads);
        self.processor += other.processor;
        self.resident += other.resident;
        self.anonymous += other.anonymous;
    }

    /// What was used since `before`.
    pub(crate) fn since(&self, before: &Self) -> Work {
        let mut work = Work::default();
        for (number, thread) in &self.threads {
            let earlier = before.threads.get(number).copied().unwrap_or_default();
            let time = thread.time.since(earlier.time);
            work.processor += time.running;
            work.switches += thread.switches.saturating_sub(earlier.switches);
            if time.wanted() > work.busiest.wanted() {
                work.busiest = time;
            }
        }
        // What a thread did that has ended since can only be seen in the coarse sum.
        if before.threads.keys().any(|number| !self.threads.contains_key(number)) {
            work.processor = work.processor.max(self.processor.saturating_sub(before.processor));
        }
        work
    }
}

impl Thread {
    /// `None` when there is no such thread.
    fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let read = |name| fs::read_to_string(folder.join(name));
        let (Ok(schedule), Ok(status)) = (read("schedstat"), read("status")) else { return Ok(None) };
        let switches = ["voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"];
        let switches = switches.into_iter().filter_map(|name| field(&status, name)).sum();
        Ok(Some(Self { time: ThreadTime::parse(&schedule)?, switches }))
    }
}

/// Of all threads that a process has and had.
fn processor_time(process: &Path) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(process.join("stat")).context("the process to measure is gone")?;
    times(&stat, TIMES).context("stat has another form here")
}

/// Of all processes that this one started, and those started, and that have ended and were waited for.
pub(crate) fn time_of_ended_children() -> anyhow::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").context("cannot read what ended processes used")?;
    times(&stat, TIMES_OF_CHILDREN).context("stat has another form here")
}

/// Places of the user and the system time behind the name of the program, which stands in brackets and may contain anything.
const TIMES: [usize; 2] = [11, 12];
const TIMES_OF_CHILDREN: [usize; 2] = [13, 14];

fn times(stat: &str, places: [usize; 2]) -> Option<Duration> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = places.map(|place| fields.get(place).and_then(|ticks| ticks.parse::<u64>().ok()));
    Some(ticks_to_time(ticks[0]? + ticks[1]?))
}

/// The number behind `name` at the beginning of a line.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
impl Usage {
    /// Of one thread of this process.
    pub(crate) fn of_thread(number: u32) -> anyhow::Result<Self> {
        let mut usage = Self::of_process(std::process::id())?;
        usage.threads.retain(|other, _| *other == number);
        Ok(usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn reads_fields() {
        let status = "Name:\tsome\nvoluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t545\n";
        assert_eq!(field(status, "voluntary_ctxt_switches:"), Some(150));
        assert_eq!(field(status, "nonvoluntary_ctxt_switches:"), Some(545));
        assert_eq!(field(status, "Anonymous:"), None);
    }

    fn usage(threads: &[(u32, u64, u64, u64)]) -> Usage {
        let milliseconds = Duration::from_millis;
        let thread = |&(number, running, waiting, switches)| {
            let time = ThreadTime { running: milliseconds(running), waiting: milliseconds(waiting) };
            (number, Thread { time, switches })
        };
        Usage { threads: threads.iter().map(thread).collect(), ..Usage::default() }
    }

    #[test]
    fn threads_are_added_and_the_busiest_is_told() {
        let before = usage(&[(1, 100, 10, 5), (2, 50, 0, 5)]);
        let after = usage(&[(1, 130, 11, 7), (2, 70, 90, 6), (4, 5, 0, 1)]);
        let work = after.since(&before);
        assert_eq!((work.processor, work.switches), (Duration::from_millis(55), 4));
        assert_eq!(work.busiest.running, Duration::from_millis(20));
        assert_eq!(work.busiest.wanted(), Duration::from_millis(110));
    }

    #[test]
    fn what_an_ended_thread_did_is_not_lost() {
        let before = usage(&[(1, 100, 0, 5), (2, 50, 0, 5)]);
        let mut after = usage(&[(1, 130, 0, 7)]);
        after.processor = before.processor + Duration::from_millis(90);
        assert_eq!(after.since(&before).processor, Duration::from_millis(90));
    }

    #[test]
    fn the_sum_of_all_threads_is_read() {
        let stat = "4 (a ) name) S 1 4 4 0 -1 4194560 2079 0 0 0 17 25 3 4 20 0 3 0 8413 236900352 3205";
        assert_eq!(times(stat, TIMES), Some(Duration::from_millis(420)));
        assert_eq!(times(stat, TIMES_OF_CHILDREN), Some(Duration::from_millis(70)));
        assert_eq!(times("4 (name) S 1", TIMES), None);
    }

    #[test]
    fn work_and_memory_show() {
        let before = Usage::of_process(std::process::id()).unwrap();
        let memory = black_box(vec![1u8; 16 << 20]);
        let after = loop {
            black_box((0..100_000u64).fold(0, |sum: u64, value| sum.wrapping_add(black_box(value))));
            let now = Usage::of_process(std::process::id()).unwrap();
            if now.since(&before).processor >= Duration::from_millis(5) {
                break now;
            }
        };
        assert!(after.anonymous >= before.anonymous + (15 << 20), "{before:?} {after:?}");
        assert!(after.resident >= after.anonymous, "{after:?}");
        assert_eq!(memory.len(), 16 << 20);
    }
}
