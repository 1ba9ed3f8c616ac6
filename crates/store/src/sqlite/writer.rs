use super::commits::Commits;
use super::readers::ReadJob;
use crate::worker_pool::{Next, Queue, WorkerPool};
use crate::write::Job;
use chinwag_core::domain::Refusal;
use std::fs::File;

/// The one thread that writes.
///
/// It takes whatever waits into one transaction. While the disk syncs, the next batch gathers: busy, it batches; idle, a
/// write commits at once. There is no timer.
pub(super) struct Writer {
    pool: WorkerPool<QueuedJob>,
}

enum QueuedJob {
    Write(Box<dyn Job>),
    Read(ReadJob),
}

impl Writer {
    /// Starts the thread. It holds `lock` until its connection is closed.
    pub(super) fn start(
        commits: Commits,
        lock: Option<File>,
        bound: usize,
        max_batch: usize,
    ) -> std::io::Result<Self> {
        let worker = move |queue: Queue<QueuedJob>| {
            work(commits, &queue, max_batch.max(1));
            drop(lock);
        };
        Ok(Self { pool: WorkerPool::start("chinwag-writer", bound, vec![worker])? })
    }

    /// Queues a write.
    pub(super) fn write(&self, job: Box<dyn Job>) -> Result<(), Refusal> {
        self.pool.submit(QueuedJob::Write(job))
    }

    /// Queues a read on the writer's own connection, between two transactions.
    pub(super) fn read(&self, job: ReadJob) -> Result<(), Refusal> {
        self.pool.submit(QueuedJob::Read(job))
    }

    /// Finishes what is queued, checkpoints and closes the connection.
    pub(super) fn close(&self) {
        self.pool.close();
    }
}

fn work(mut commits: Commits, queue: &Queue<QueuedJob>, max_batch: usize) {
    let (mut batch, mut writes) = (Vec::with_capacity(max_batch), Vec::with_capacity(max_batch));
    while let Some(first) = next(&mut commits, queue) {
        batch.push(first);
        queue.take_waiting(max_batch - 1, &mut batch);
        let mut reads = Vec::new();
        for request in batch.drain(..) {
            match request {
                QueuedJob::Write(job) => writes.push(job),
                QueuedJob::Read(job) => reads.push(job),
            }
        }
        if !writes.is_empty() {
            commits.commit(&mut writes);
        }
        for read in reads {
            read(&mut commits.connection);
        }
    }
    // SQLite folds the write-ahead log into the file when its last connection closes.
    if let Err((_, error)) = commits.connection.close() {
        tracing::error!(%error, "the database did not close cleanly");
    }
}

/// Waits for the next job. Meanwhile what is to leave the files does, and messages come into the index.
fn next(commits: &mut Commits, queue: &Queue<QueuedJob>) -> Option<QueuedJob> {
    loop {
        commits.erasing.erase(&commits.connection);
        commits.index(&|| queue.has_waiting());
        let due = commits.erasing.due().into_iter().chain(commits.indexing.due()).min();
        let Some(due) = due else { return queue.next() };
        match queue.next_until(due) {
            Next::Job(job) => return Some(job),
            Next::Nothing => {}
            Next::Closed => return None,
        }
    }
}
