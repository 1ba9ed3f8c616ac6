//! What the machine tells: processor time, memory, files, the disk.

mod cores;
mod disk;
mod facts;
mod listen_queue;
mod thread_time;
mod usage;

pub(crate) use cores::{cores, time_of_all_cores};
pub(crate) use disk::{Disk, sync_time};
pub(crate) use facts::Facts;
pub(crate) use listen_queue::full_listen_queues;
pub(crate) use thread_time::ThreadTime;
pub(crate) use usage::{Usage, Work, time_of_ended_children};

use anyhow::{Context as _, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises this process's limit of open files as far as it goes, and answers what it was and what it is.
pub(crate) fn raise_file_limit() -> anyhow::Result<(u64, u64)> {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })
        .context("cannot raise the limit of open files")?;
    let raised = getrlimit(Resource::Nofile).current;
    Ok((limit.current.unwrap_or(u64::MAX), raised.unwrap_or(u64::MAX)))
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
