use super::connection::Connection;
use super::health::Health;
use super::transaction::READS;
use super::writes::PATIENCE;
use crate::sql::{Cause, Failure, Transaction};
use crate::write::receiving;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::StoreFuture;
use futures_channel::oneshot;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// A read that answers by itself.
pub(super) struct ReadJob {
    /// When it came.
    pub(super) since: Instant,
    pub(super) run: Box<dyn FnOnce(&mut Connection) + Send>,
}

/// A job of `work`, which runs in a transaction that sees one moment, and the answer it will give.
pub(super) fn read_job<T, W>(name: &'static str, health: Health, work: W) -> (ReadJob, StoreFuture<T>)
where
    T: Send + 'static,
    W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let since = Instant::now();
    let run = move |connection: &mut Connection| {
        // A panic is a defect of one read; the thread outlives it.
        let outcome = catch_unwind(AssertUnwindSafe(|| read(connection, since, &work)));
        let result = match outcome {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(Failure::Refused(refusal))) => Err(refusal),
            Ok(Err(Failure::Database(error))) => {
                health.read_failed(&error);
                tracing::error!(read = name, %error, "a read failed");
                Err(Refusal::Unavailable)
            }
            Err(_) => {
                connection.forget();
                tracing::error!(read = name, "a read panicked");
                Err(Refusal::Unavailable)
            }
        };
        // Nobody may be waiting any more.
        let _ = sender.send(result);
    };
    (ReadJob { since, run: Box::new(run) }, receiving(receiver))
}

/// Reads, and once more over another connection when the first is lost: that changes nothing.
fn read<T>(
    connection: &mut Connection,
    since: Instant,
    work: &impl Fn(&dyn Transaction) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut is_repeated = false;
    loop {
        connection.ensure(since + PATIENCE)?;
        match at_one_moment(connection, work) {
            Err(Failure::Database(error)) if error.cause == Cause::Disconnected && !is_repeated => {
                connection.note(&error);
                is_repeated = true;
            }
            Err(Failure::Database(error)) => {
                connection.note(&error);
                return Err(Failure::Database(error));
            }
            read => return read,
        }
    }
}

fn at_one_moment<T>(
    connection: &Connection,
    work: &impl Fn(&dyn Transaction) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let transaction = connection.begin(READS)?;
    let read = work(&transaction);
    match &read {
        Err(Failure::Database(error)) if error.cause == Cause::Disconnected => {}
        Ok(_) | Err(_) => transaction.roll_back()?,
    }
    read
}
