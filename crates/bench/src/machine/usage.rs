use anyhow::Context as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What a process has used so far, all its threads together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// User and system time.
    pub(crate) processor: Duration,
    /// Times that a thread gave its core away, on its own account or not.
    pub(crate) context_switches: u64,
    /// Resident memory in bytes, without the pages of the program's own file: those come as code is first used.
    pub(crate) memory: u64,
}

impl Usage {
    /// Of the process `id`.
    ///
    /// The time is that of the scheduler (`schedstat`, nanoseconds), since `stat` counts in steps of 10 ms, which is as much as
    /// a quiet server uses in a measured second. A thread that ends within a measured window would be missed; servers keep
    /// theirs.
    pub(crate) fn of_process(id: u32) -> anyhow::Result<Self> {
        let process = Path::new("/proc").join(id.to_string());
        let mut usage = Self { memory: anonymous_memory(&process)?, ..Self::default() };
        let threads = fs::read_dir(process.join("task")).context("the process to measure is gone")?;
        for thread in threads {
            let thread = thread?.path();
            // It may have ended since the list was read.
            let (Ok(schedule), Ok(status)) =
                (fs::read_to_string(thread.join("schedstat")), fs::read_to_string(thread.join("status")))
            else {
                continue;
            };
            let run = schedule.split(' ').next().and_then(|run| run.parse().ok());
            usage.processor += Duration::from_nanos(run.context("schedstat has another form here")?);
            usage.context_switches += ["voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"]
                .into_iter()
                .filter_map(|name| field(&status, name))
                .sum::<u64>();
        }
        Ok(usage)
    }
}

fn anonymous_memory(process: &Path) -> anyhow::Result<u64> {
    let memory = fs::read_to_string(process.join("smaps_rollup")).context("cannot read the memory in use")?;
    Ok(field(&memory, "Anonymous:").context("smaps_rollup has another form here")? * 1024)
}

/// The number behind `name` at the beginning of a line.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
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

    #[test]
    fn work_and_memory_show() {
        let before = Usage::of_process(std::process::id()).unwrap();
        let memory = black_box(vec![1u8; 16 << 20]);
        let after = loop {
            black_box((0..100_000u64).fold(0, |sum: u64, value| sum.wrapping_add(black_box(value))));
            let now = Usage::of_process(std::process::id()).unwrap();
            if now.processor >= before.processor + Duration::from_millis(5) {
                break now;
            }
        };
        assert!(after.memory >= before.memory + (15 << 20), "{before:?} {after:?}");
        assert_eq!(memory.len(), 16 << 20);
    }
}
