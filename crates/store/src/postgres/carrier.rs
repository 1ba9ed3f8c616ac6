use super::batch::{Batched, Carried, Waiting};
use super::connection::Connection;
use super::transaction::READS;
use super::writes::{ATTEMPTS, PATIENCE, Writing, is_in_the_way};
use crate::Worker;
use crate::sql::{Cause, DatabaseError, Failure};
use chinwag_core::ports::Publication;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Brings batches to the database, then to the broker, then to those who wait: always in this order.
pub(super) struct Carrier<B> {
    connection: Connection,
    writing: Writing,
    worker: Worker,
    /// Batches that were sent and never answered.
    doubts: Vec<B>,
}

/// How a batch ended that was not carried out.
enum Failed {
    /// Nothing of it was committed.
    Undone(DatabaseError),
    /// Nobody knows what was.
    Unknown(DatabaseError),
    Panic,
}

impl<B: Batched> Carrier<B> {
    pub(super) fn new(connection: Connection, writing: Writing, worker: Worker) -> Self {
        Self { connection, writing, worker, doubts: Vec::new() }
    }

    pub(super) fn carry_out(&mut self, mut batch: Vec<B>, mut waiting: Vec<Waiting<B::Answer>>) {
        let Some(oldest) = waiting.first().map(|first| first.since) else { return };
        let begin = Instant::now();
        match self.attempts(&batch, oldest) {
            Ok(Carried { results, publications }) => {
                self.writing.health.wrote();
                let carried = (batch.len(), begin.elapsed());
                self.writing.announcer.committed_by(self.worker, carried, publications);
                for (waiting, result) in waiting.into_iter().zip(results) {
                    waiting.answer(result);
                }
            }
            Err(Failed::Undone(error)) if error.cause == Cause::Defect && batch.len() > 1 => {
                // One must not take the others down with it. Which one it is shows in halves.
                let middle = batch.len() / 2;
                let (others, others_waiting) = (batch.split_off(middle), waiting.split_off(middle));
                self.carry_out(batch, waiting);
                self.carry_out(others, others_waiting);
            }
            // Unavailable promises neither: the client id of the retry finds out.
            Err(failed) => {
                let (name, count) = (B::NAME, batch.len());
                match failed {
                    Failed::Undone(error) => {
                        self.writing.health.write_failed(&error);
                        tracing::error!(write = name, count, %error, "writes failed");
                    }
                    Failed::Unknown(error) => {
                        self.writing.health.write_failed(&error);
                        tracing::error!(write = name, count, %error, "writes may have failed");
                        self.doubts.append(&mut batch);
                    }
                    Failed::Panic => {
                        tracing::error!(write = name, count, "writes panicked");
                        self.doubts.append(&mut batch);
                    }
                }
            }
        }
    }

    /// Tries it again while others are in the way.
    fn attempts(&mut self, batch: &[B], oldest: Instant) -> Result<Carried<B::Answer>, Failed> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.attempt(batch, oldest) {
                Err(Failed::Undone(error))
                    if attempt < ATTEMPTS && oldest.elapsed() < PATIENCE && is_in_the_way(&error) =>
                {
                    tracing::debug!(write = B::NAME, count = batch.len(), %error, attempt, "writes run again");
                    self.writing.announcer.observer.runs_again(self.worker, error.code());
                }
                attempted => return attempted,
            }
        }
    }

    fn attempt(&mut self, batch: &[B], oldest: Instant) -> Result<Carried<B::Answer>, Failed> {
        self.connection.ensure(oldest + PATIENCE).map_err(Failed::Undone)?;
        self.tell_what_stands().map_err(Failed::Undone)?;
        let now = self.writing.clock.now();
        // A panic is a defect of one batch; the thread outlives it.
        let carried = catch_unwind(AssertUnwindSafe(|| B::carry_out(&self.connection, batch, now)));
        let Ok(carried) = carried else {
            self.connection.forget();
            return Err(Failed::Panic);
        };
        carried.map_err(|error| {
            self.connection.note(&error);
            // Whoever is told of an error by the server knows that nothing was committed.
            if error.cause == Cause::Disconnected { Failed::Unknown(error) } else { Failed::Undone(error) }
        })
    }

    /// Whether it is not known what became of a batch.
    pub(super) fn is_in_doubt(&self) -> bool {
        !self.doubts.is_empty()
    }

    /// Finds out what became of batches that got no answer, if the server can be asked now.
    pub(super) fn settle_doubts(&mut self) {
        let connected = self.connection.ensure(Instant::now());
        if let Err(error) = connected.and_then(|()| self.tell_what_stands()) {
            tracing::debug!(write = B::NAME, %error, "it is not known yet what became of writes");
        }
    }

    /// Tells of what stands though no answer came, before anything is told that was committed after it. The session that asked for it has
    /// ended: before that, its successor could not be opened.
    fn tell_what_stands(&mut self) -> Result<(), DatabaseError> {
        if self.doubts.is_empty() {
            return Ok(());
        }
        let standing = self.look_for_doubts().inspect_err(|error| self.connection.note(error))?;
        self.doubts.clear();
        if !standing.is_empty() {
            self.writing.announcer.late(standing);
        }
        Ok(())
    }

    fn look_for_doubts(&self) -> Result<Vec<Publication>, DatabaseError> {
        let transaction = self.connection.begin(READS)?;
        let mut standing = Vec::new();
        for doubt in &self.doubts {
            match doubt.told(&transaction) {
                Ok(told) => standing.extend(told),
                Err(Failure::Refused(_)) => {}
                Err(Failure::Database(error)) => {
                    if error.cause != Cause::Disconnected {
                        transaction.roll_back()?;
                    }
                    return Err(error);
                }
            }
        }
        transaction.roll_back()?;
        Ok(standing)
    }
}
