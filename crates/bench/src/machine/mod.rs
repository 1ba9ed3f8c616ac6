//! What the machine tells: processor time, memory, files, the disk.

mod disk;
mod usage;

pub(crate) use disk::{Disk, sync_time};
pub(crate) use usage::Usage;

use anyhow::{Context as _, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// Processor time of the calling thread.
pub(crate) fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Raises this process's limit of open files as far as it goes, and answers it.
pub(crate) fn raise_file_limit() -> anyhow::Result<u64> {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })
        .context("cannot raise the limit of open files")?;
    Ok(getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX))
}

/// Files that are open beside the connections.
const OTHER_FILES: u64 = 100;

/// Refuses a scenario for whose connections a process may not open enough files.
pub(crate) fn ensure_files_for(connections: usize) -> anyhow::Result<()> {
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    ensure!(
        connections as u64 + OTHER_FILES <= limit,
        "{connections} connections need more open files than the {limit} that this process may have; raise the \
         limit with `ulimit -n` or leave this scenario out"
    );
    Ok(())
}

/// Cores that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
