use super::connection::Connection;
use super::doubts::Doubts;
use super::fence::Fence;
use super::health::Health;
use super::transaction::WRITES;
use crate::Worker;
use crate::announcer::Announcer;
use crate::sql::{Cause, DatabaseError};
use crate::write::{Job, Write};
use chinwag_core::ports::{Clock, Publication};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a job waits for a server that cannot be reached.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// How often a transaction is run that others were in the way of.
pub(super) const ATTEMPTS: u32 = 4;

/// What every thread needs that writes.
#[derive(Clone)]
pub(super) struct Writing {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) announcer: Announcer,
    pub(super) health: Health,
}

/// A write, when it came, and what it comes after.
pub(super) struct QueuedWrite {
    pub(super) job: Box<dyn Job>,
    pub(super) since: Instant,
    pub(super) fence: Fence,
}

/// Carries out what is written seldom, one after the other.
pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) writing: Writing,
    pub(super) worker: Worker,
    pub(super) doubts: Doubts,
}

/// How a transaction ended that did not come to its end.
enum Aborted {
    /// Nothing of it was committed.
    Before(DatabaseError),
    /// Nobody knows what was.
    InCommit(DatabaseError),
    Panic,
}

impl Writer {
    /// Carries out a write in a transaction of its own: one that holds many rooms at once would hold up everybody who needs one of them.
    pub(super) fn carry_out(&mut self, write: QueuedWrite) {
        let QueuedWrite { mut job, since, fence } = write;
        // A person's messages stay before the person's leave.
        fence.wait();
        let begin = Instant::now();
        self.writing.announcer.observer.waited(self.worker, since.elapsed());
        let aborted = 'attempts: {
            let mut attempt = 0;
            loop {
                attempt += 1;
                let connected = self.connection.ensure(since + PATIENCE).map_err(Aborted::Before);
                let attempted = connected.and_then(|()| self.attempt(&mut *job));
                match attempted {
                    Ok(publications) => {
                        self.writing.health.wrote();
                        self.writing.announcer.committed_by(self.worker, (1, begin.elapsed()), publications);
                        return job.answer();
                    }
                    Err(Aborted::Before(error))
                        if attempt < ATTEMPTS && since.elapsed() < PATIENCE && may_run_again(&error) =>
                    {
                        tracing::debug!(write = job.name(), %error, attempt, "a write runs again");
                        self.writing.announcer.observer.runs_again(self.worker, error.code());
                    }
                    Err(aborted) => break 'attempts aborted,
                }
            }
        };
        // A commit that got no answer may stand all the same. Unavailable promises neither: the client id of the retry finds out.
        match aborted {
            Aborted::Before(error) | Aborted::InCommit(error) => {
                self.writing.health.write_failed(&error);
                tracing::error!(write = job.name(), %error, "a write failed");
            }
            Aborted::Panic => tracing::error!(write = job.name(), "a write panicked"),
        }
    }

    fn attempt(&mut self, job: &mut dyn Job) -> Result<Vec<Publication>, Aborted> {
        let resolved = self.tell_what_stands().map_err(Aborted::Before);
        let ended = resolved.and_then(|()| self.run(job));
        if let Err(Aborted::Before(error) | Aborted::InCommit(error)) = &ended {
            self.connection.note(error);
        }
        ended
    }

    /// Tells of commits that stand though no answer came, before anything is told that was committed after them.
    fn tell_what_stands(&mut self) -> Result<(), DatabaseError> {
        let standing = self.doubts.resolve(&self.connection)?;
        if !standing.is_empty() {
            self.writing.announcer.late(standing);
        }
        Ok(())
    }

    fn run(&mut self, job: &mut dyn Job) -> Result<Vec<Publication>, Aborted> {
        let transaction = self.connection.begin(WRITES).map_err(Aborted::Before)?;
        let mut write = Write::new(&transaction, self.writing.clock.now());
        // A panic is a defect of one write; the thread outlives it.
        let outcome = catch_unwind(AssertUnwindSafe(|| job.run(&mut write)));
        let publications = write.publications;
        match outcome {
            Ok(Ok(())) if job.was_refused() => {
                transaction.roll_back().map_err(Aborted::Before)?;
                Ok(Vec::new())
            }
            Ok(Ok(())) => {
                if let Err(error) = transaction.commit() {
                    self.doubts.note(publications);
                    return Err(Aborted::InCommit(error));
                }
                Ok(publications)
            }
            Ok(Err(error)) => {
                if error.cause != Cause::Disconnected {
                    transaction.roll_back().map_err(Aborted::Before)?;
                }
                Err(Aborted::Before(error))
            }
            Err(_) => {
                transaction.roll_back().map_err(Aborted::Before)?;
                Err(Aborted::Panic)
            }
        }
    }
}

/// Whether the same may work now: another transaction was in the way, or the session has ended.
fn may_run_again(error: &DatabaseError) -> bool {
    is_in_the_way(error) || error.cause == Cause::Disconnected
}

/// Whether another transaction was in the way, and a look finds now what that has stored.
pub(super) fn is_in_the_way(error: &DatabaseError) -> bool {
    matches!(error.cause, Cause::Conflict | Cause::Taken)
}
