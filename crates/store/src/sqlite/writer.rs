use super::commits::Commits;
use super::crew::{Crew, Order};
use super::readers::ReadJob;
use super::write::Job;
use chinwag_core::domain::Refusal;
use crossbeam_channel::Receiver;
use std::fs::File;

/// The one thread that writes.
///
/// It takes whatever waits into one transaction. While the disk syncs, the next batch gathers: busy, it batches; idle, a
/// write commits at once. There is no timer.
pub(super) struct Writer {
    crew: Crew<Request>,
}

enum Request {
    Write(Box<dyn Job>),
    Read(ReadJob),
}

impl Writer {
    /// Starts the thread. It holds `lock` until its connection is closed.
    pub(super) fn start(
        commits: Commits,
        lock: Option<File>,
        queue: usize,
        max_batch: usize,
    ) -> std::io::Result<Self> {
        let worker = move |orders: Receiver<Order<Request>>| {
            work(commits, &orders, max_batch.max(1));
            drop(lock);
        };
        Ok(Self { crew: Crew::start("chinwag-writer", queue, vec![worker])? })
    }

    /// Queues a write.
    pub(super) fn write(&self, job: Box<dyn Job>) -> Result<(), Refusal> {
        self.crew.submit(Request::Write(job))
    }

    /// Queues a read on the writer's own connection, between two transactions.
    pub(super) fn read(&self, job: ReadJob) -> Result<(), Refusal> {
        self.crew.submit(Request::Read(job))
    }

    /// Finishes what is queued, checkpoints and closes the connection.
    pub(super) fn close(&self) {
        self.crew.close();
    }
}

fn work(mut commits: Commits, orders: &Receiver<Order<Request>>, max_batch: usize) {
    let mut batch = Batch { writes: Vec::with_capacity(max_batch), reads: Vec::new(), last: false };
    while !batch.last {
        // It fails when every handle of the storage is dropped: then the queue is empty, too.
        let Ok(first) = orders.recv() else { break };
        batch.take(first);
        while !batch.last && batch.writes.len() + batch.reads.len() < max_batch {
            let Ok(next) = orders.try_recv() else { break };
            batch.take(next);
        }
        if !batch.writes.is_empty() {
            commits.commit(&mut batch.writes);
        }
        for read in batch.reads.drain(..) {
            read(&mut commits.connection);
        }
    }
    // SQLite folds the write-ahead log into the file when its last connection closes.
    if let Err((_, error)) = commits.connection.close() {
        tracing::error!(%error, "the database did not close cleanly");
    }
}

struct Batch {
    writes: Vec<Box<dyn Job>>,
    reads: Vec<ReadJob>,
    last: bool,
}

impl Batch {
    fn take(&mut self, order: Order<Request>) {
        match order {
            Order::Do(Request::Write(job)) => self.writes.push(job),
            Order::Do(Request::Read(job)) => self.reads.push(job),
            Order::Close => self.last = true,
        }
    }
}
