//! SQLite: one file, one thread that writes, a few that read.

mod check;
mod commits;
mod connection;
mod copies;
mod erasing;
mod errors;
mod health;
mod indexing;
mod migrations;
mod moved;
mod open_error;
mod private;
mod readers;
#[cfg(test)]
mod tests;
mod transaction;
mod writer;

pub(crate) use check::check_pages;
#[cfg(test)]
pub(crate) use connection::open_memory;
pub(crate) use connection::{epoch, explain, lock, open_current};
pub use copies::{CopyError, CopyStep, backup, restore};
pub(crate) use moved::{note_moved, refuse_moved};
pub use open_error::OpenError;

use crate::CommitObserver;
use crate::announcer::Announcer;
use crate::engine::{Engine, SqlStore};
use crate::nodes::OwnNode;
use crate::sql::{Failure, Transaction};
use crate::write::{Write, job};
use chinwag_core::domain::{Millis, Refusal};
use chinwag_core::ports::{Broker, Clock, StoreFuture};
use commits::Commits;
use erasing::Erasing;
use futures_util::FutureExt as _;
use futures_util::future::ready;
use health::Health;
use indexing::{Indexing, Reached};
use readers::{Readers, read_job};
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use writer::Writer;

/// How long readiness looks whether an ailing disk can be read again.
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// Searches that wait at most; more are refused as busy.
const SEARCHES: usize = 32;

/// Where a database lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In this file; it and its folder are made when they are not there.
    File(PathBuf),
    /// In memory, until the storage is closed.
    Memory,
}

/// How a SQLite storage runs.
#[derive(Clone, Debug)]
pub struct SqliteOptions {
    /// Where the database lives.
    pub path: Location,
    /// Most writes of one transaction.
    pub max_batch: usize,
    /// Most writes, and most reads, that wait; above it they are refused as busy.
    pub queue: usize,
    /// Connections that read. A database in memory has none.
    pub readers: usize,
    /// After how long a text that was deleted is in none of the files any more.
    pub erase_within: Duration,
}

impl SqliteOptions {
    /// The defaults for a database at `path`.
    #[must_use]
    pub fn new(path: Location) -> Self {
        // As many as a process usually has connections can come back at once, and each of them asks once.
        Self { path, max_batch: 512, queue: 16_384, readers: 3, erase_within: Duration::from_secs(10) }
    }
}

/// The storage on SQLite.
///
/// Dropping it finishes what is queued and closes the database; [`close`](Self::close) does so earlier.
pub type SqliteStore = SqlStore<Sqlite>;

/// SQLite as an [`Engine`].
pub struct Sqlite {
    writer: Writer,
    /// None for a database in memory. Its connections could only share a cache, whose table locks refuse readers at once
    /// (`SQLITE_LOCKED`, no waiting) or show them what is not committed. The writer's thread reads instead, between its
    /// transactions: correct, in order, and nothing can lock.
    readers: Option<Readers>,
    /// One that searches, so that nobody else waits for that.
    searcher: Option<Readers>,
    health: Health,
    indexed: Reached,
    epoch: String,
}

impl SqliteStore {
    /// Opens the database, makes and migrates it where needed, and takes its folder for this process.
    ///
    /// # Errors
    /// [`OpenError`], to be shown to the operator.
    pub fn open(
        options: SqliteOptions,
        clock: Arc<dyn Clock>,
        broker: Arc<dyn Broker>,
        observer: Arc<dyn CommitObserver>,
    ) -> Result<Self, OpenError> {
        let (lock, connection, readers, searcher) = match &options.path {
            Location::File(path) => {
                let lock = connection::lock(path)?;
                refuse_moved(path)?;
                let connection = connection::open_file(path)?;
                let readers = (0..options.readers.max(1)).map(|_| connection::open_reader(path));
                let readers =
                    Readers::start("chinwag-reader", readers.collect::<Result<_, _>>()?, options.queue)?;
                let searcher = vec![connection::open_reader(path)?];
                let searcher = Readers::start("chinwag-searcher", searcher, SEARCHES)?;
                (Some(lock), connection, Some(readers), Some(searcher))
            }
            Location::Memory => (None, connection::open_memory()?, None, None),
        };
        let epoch = connection::epoch(&connection)?;
        let health = Health::default();
        let announcer = Announcer { broker, observer };
        let erasing = Erasing::new(options.erase_within);
        let indexed = Reached::default();
        let indexing = Indexing::new(indexed.clone());
        let commits = Commits { connection, clock, announcer, health: health.clone(), erasing, indexing };
        let writer = Writer::start(commits, lock, options.queue, options.max_batch)?;
        Ok(Self(Sqlite { writer, readers, searcher, health, indexed, epoch }, OwnNode::default()))
    }

    /// Finishes what is queued, folds the write-ahead log into the file and closes it. Blocks until that is done. Later calls
    /// are answered with [`Refusal::Unavailable`](chinwag_core::domain::Refusal::Unavailable).
    pub fn close(&self) {
        self.0.close();
    }
}

impl Sqlite {
    fn close(&self) {
        // Readers first, so that the writer's connection is the last one.
        for readers in [&self.readers, &self.searcher].into_iter().flatten() {
            readers.close();
        }
        self.writer.close();
    }

    /// Runs `work`, which asks what only SQLite can be asked.
    fn look<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.look_by(self.readers.as_ref(), name, work)
    }

    fn look_by<T, W>(&self, readers: Option<&Readers>, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let (job, answer) = read_job(name, self.health.clone(), work);
        let queued = match readers {
            Some(readers) => readers.read(job),
            None => self.writer.read(job),
        };
        match queued {
            Ok(()) => answer,
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.close();
    }
}

impl Engine for Sqlite {
    fn write<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let (job, answer) = job(name, work);
        match self.writer.write(job) {
            Ok(()) => answer,
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    fn read<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        self.look(name, move |connection| work(connection))
    }

    fn search<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        self.look_by(self.searcher.as_ref(), name, move |connection| work(connection))
    }

    fn indexed_to(&self) -> Option<Millis> {
        self.indexed.get()
    }

    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn ready(&self) -> StoreFuture<()> {
        const ASK: &str = "SELECT 1 FROM rooms LIMIT 1";
        const TRY: &str = "UPDATE about SET probe = randomblob(32768)";
        let ask = |sql: &dyn Transaction| Ok(sql.exists(ASK, &[]).map(|_| ())?);
        if self.health.is_damaged() {
            return ready(Err(Refusal::Unavailable)).boxed();
        }
        let health = self.health.clone();
        let writes = self.write("ready", move |write| {
            // A question must not cost a write each time. After a failure, though, only a write shows whether the disk works again.
            if health.writes_fail() {
                write.sql.execute(TRY, &[])?;
            }
            ask(write.sql)
        });
        let health = self.health.clone();
        let reads = self.look("ready", move |connection| {
            if health.reads_fail() {
                let look = health.look().ok_or(Refusal::Unavailable)?;
                check::check_within(connection, LONGEST_LOOK)?;
                look.found_sound();
            }
            ask(connection)
        });
        async { writes.await.and(reads.await) }.boxed()
    }
}
