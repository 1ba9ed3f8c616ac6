use super::health::Health;
use crate::sql::Failure;
use crate::worker_pool::{Queue, WorkerPool};
use crate::write::receiving;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::StoreFuture;
use futures_channel::oneshot;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A read that answers by itself.
pub(super) type ReadJob = Box<dyn FnOnce(&mut Connection) + Send>;

/// Threads with a read-only connection each. The write-ahead log lets them read while the writer writes, and a transaction
/// that begins after a commit sees it.
pub(super) struct Readers {
    pool: WorkerPool<ReadJob>,
}

impl Readers {
    /// Starts one thread per connection.
    pub(super) fn start(name: &str, connections: Vec<Connection>, bound: usize) -> std::io::Result<Self> {
        let workers =
            connections.into_iter().map(|connection| move |queue: Queue<ReadJob>| work(connection, &queue));
        Ok(Self { pool: WorkerPool::start(name, bound, workers.collect())? })
    }

    /// Queues a read.
    pub(super) fn read(&self, job: ReadJob) -> Result<(), Refusal> {
        self.pool.submit(job)
    }

    /// Finishes what is queued and closes the connections.
    pub(super) fn close(&self) {
        self.pool.close();
    }
}

fn work(mut connection: Connection, queue: &Queue<ReadJob>) {
    while let Some(job) = queue.next() {
        job(&mut connection);
    }
}

/// A job of `work`, which runs in a transaction and so sees one moment, and the answer it will give.
pub(super) fn read_job<T, W>(name: &'static str, health: Health, work: W) -> (ReadJob, StoreFuture<T>)
where
    T: Send + 'static,
    W: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let job = move |connection: &mut Connection| {
        // A panic is a defect of one read; the thread outlives it.
        let outcome = catch_unwind(AssertUnwindSafe(|| at_one_moment(connection, work)));
        let result = match outcome {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(Failure::Refused(refusal))) => Err(refusal),
            Ok(Err(Failure::Database(error))) => {
                health.read_failed(&error);
                tracing::error!(read = name, %error, "a read failed");
                Err(Refusal::Unavailable)
            }
            Err(_) => {
                tracing::error!(read = name, "a read panicked");
                Err(Refusal::Unavailable)
            }
        };
        // Nobody may be waiting any more.
        let _ = sender.send(result);
    };
    (Box::new(job), receiving(receiver))
}

fn at_one_moment<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let transaction = connection.transaction()?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}
