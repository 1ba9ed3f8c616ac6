use super::erasing::Erasing;
use super::health::Health;
use super::indexing::Indexing;
use crate::announcer::Announcer;
use crate::sql::DatabaseError;
use crate::write::{Job, Write};
use chinwag_core::ports::{Clock, Publication};
use rusqlite::{Connection, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Brings batches of writes to the disk, then to the broker, then to those who wait: always in this order.
pub(super) struct Commits {
    /// The only connection that writes.
    pub(super) connection: Connection,
    /// The time of each transaction.
    pub(super) clock: Arc<dyn Clock>,
    /// Who is told.
    pub(super) announcer: Announcer,
    /// What readiness tells.
    pub(super) health: Health,
    /// What is to leave the files.
    pub(super) erasing: Erasing,
    /// What is to come into the index of messages.
    pub(super) indexing: Indexing,
}

struct Committed {
    publications: Vec<Publication>,
    erases: bool,
    reindexes: bool,
    duration: Duration,
}

/// Why a transaction did not come to its end.
enum Aborted {
    /// One of its writes failed; the others may be fine without it.
    Write(&'static str, Cause),
    /// The transaction itself could not begin or commit.
    Transaction(DatabaseError),
}

enum Cause {
    Database(DatabaseError),
    Panic,
}

impl Commits {
    /// Carries out `batch` in one transaction and leaves it empty.
    pub(super) fn commit(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        match self.attempt(batch) {
            Ok(Committed { publications, erases, reindexes, duration }) => {
                if erases {
                    self.erasing.note();
                }
                if reindexes {
                    self.indexing.begin_anew();
                }
                self.indexing.note(&publications);
                self.announcer.committed(batch.len(), duration, publications);
                for job in batch.drain(..) {
                    job.answer();
                }
            }
            Err(Aborted::Write(..)) if batch.len() > 1 => {
                // One write must not take the others down with it, and each has to know its own fate.
                for job in batch.drain(..) {
                    self.commit(&mut vec![job]);
                }
            }
            // A commit that failed half-way may still be found in the log after a crash. Unavailable promises neither: the
            // client id of the retry finds out.
            Err(aborted) => {
                aborted.log(batch.len());
                if let Some(error) = aborted.error() {
                    self.health.write_failed(error);
                }
                batch.clear();
            }
        }
    }

    fn attempt(&mut self, batch: &mut [Box<dyn Job>]) -> Result<Committed, Aborted> {
        let begin = Instant::now();
        let rows = self.connection.total_changes();
        self.indexing.make_durable(&self.connection).map_err(Aborted::transaction)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Aborted::transaction)?;
        let mut write = Write::new(&*transaction, self.clock.now());
        for job in &mut *batch {
            // A panic is a defect of one write; the thread that all others need outlives it.
            let written = transaction.total_changes();
            match catch_unwind(AssertUnwindSafe(|| job.run(&mut write))) {
                Ok(Ok(())) => debug_assert!(
                    !job.was_refused() || written == transaction.total_changes(),
                    "{} wrote and refused",
                    job.name()
                ),
                Ok(Err(error)) => return Err(Aborted::Write(job.name(), Cause::Database(error))),
                Err(_) => return Err(Aborted::Write(job.name(), Cause::Panic)),
            }
        }
        let Write { publications, erases, reindexes, .. } = write;
        transaction.commit().map_err(Aborted::transaction)?;
        if self.connection.total_changes() > rows {
            self.health.wrote();
        }
        Ok(Committed { publications, erases, reindexes, duration: begin.elapsed() })
    }

    /// Brings messages into the index, if that is due and nobody waits to write, or has waited for long.
    pub(super) fn index(&mut self, others_wait: &dyn Fn() -> bool) {
        if self.indexing.has_work(others_wait) {
            self.indexing.carry_out(&mut self.connection, others_wait);
        }
    }
}

impl Aborted {
    fn transaction(error: rusqlite::Error) -> Self {
        Self::Transaction(error.into())
    }

    /// What the database said.
    fn error(&self) -> Option<&DatabaseError> {
        match self {
            Self::Transaction(error) | Self::Write(_, Cause::Database(error)) => Some(error),
            Self::Write(_, Cause::Panic) => None,
        }
    }

    fn log(&self, writes: usize) {
        match self {
            Self::Write(name, Cause::Database(error)) => {
                tracing::error!(write = name, %error, "a write failed")
            }
            Self::Write(name, Cause::Panic) => tracing::error!(write = name, "a write panicked"),
            Self::Transaction(error) => tracing::error!(writes, %error, "a transaction failed"),
        }
    }
}
