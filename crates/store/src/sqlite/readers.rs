use super::crew::{Crew, Orders};
use super::failure::Failure;
use super::write::receiving;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::Answer;
use futures_channel::oneshot;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A read that answers by itself.
pub(super) type ReadJob = Box<dyn FnOnce(&mut Connection) + Send>;

/// Threads with a read-only connection each. The write-ahead log lets them read while the writer writes, and a transaction
/// that begins after a commit sees it.
pub(super) struct Readers {
    crew: Crew<ReadJob>,
}

impl Readers {
    /// Starts one thread per connection.
    pub(super) fn start(connections: Vec<Connection>, queue: usize) -> std::io::Result<Self> {
        let workers = connections
            .into_iter()
            .map(|connection| move |orders: Orders<ReadJob>| work(connection, &orders));
        Ok(Self { crew: Crew::start("chinwag-reader", queue, workers.collect())? })
    }

    /// Queues a read.
    pub(super) fn read(&self, job: ReadJob) -> Result<(), Refusal> {
        self.crew.submit(job)
    }

    /// Finishes what is queued and closes the connections.
    pub(super) fn close(&self) {
        self.crew.close();
    }
}

fn work(mut connection: Connection, orders: &Orders<ReadJob>) {
    while let Some(job) = orders.next() {
        job(&mut connection);
    }
}

/// A job of `work`, which runs in a transaction and so sees one moment, and the answer it will give.
pub(super) fn read_job<T, W>(name: &'static str, work: W) -> (ReadJob, Answer<T>)
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
            Ok(Err(Failure::Sql(error))) => {
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
