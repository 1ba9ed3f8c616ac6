//! PostgreSQL: one server for one node or many. Threads with a session each carry out what the nouns ask, statement by statement. What is
//! asked most (messages, read markers, who is here) has lanes, which carry out all that waits with one statement: a function in the database,
//! by the same rules as the noun's closure for SQLite.

mod append;
mod batch;
mod carrier;
mod connection;
mod database_url;
mod doubts;
mod durability;
mod error;
mod fence;
mod health;
mod history;
mod lane;
mod lanes;
mod migrations;
mod notes;
mod open_error;
mod opening;
mod reads;
mod rights;
mod row;
mod session;
mod tls;
mod transaction;
mod writes;

pub use database_url::{DatabaseUrl, WrongDatabaseUrl};
pub use durability::Durability;
pub(crate) use error::said;
pub(crate) use migrations::{NEWEST, Schema, make_tables};
pub use open_error::PostgresOpenError;
pub(crate) use opening::{enter, explain, refuse_foreign};
pub(crate) use row::Parameter;
pub(crate) use session::NoSession;

use crate::announcer::Announcer;
use crate::engine::{Engine, SqlStore};
use crate::nodes::OwnNode;
use crate::sql::{Failure, Transaction};
use crate::worker_pool::{Queue, WorkerPool};
use crate::write::{Job, Write, job};
use crate::{CommitObserver, Worker};
use chinwag_core::domain::{Actor, Millis, Refusal, RoomId, Seq, UserId};
use chinwag_core::ports::{Appended, Broker, Clock, NewMessage, StoreFuture};
use connection::{Connection, Target};
use doubts::Doubts;
use fence::Fence;
use futures_util::FutureExt as _;
use futures_util::future::ready;
use health::Health;
use history::History;
use lanes::Lanes;
use opening::Opened;
use reads::{ReadJob, read_job};
use session::{Claim, Owner};
use std::sync::Arc;
use std::time::Instant;
use writes::{QueuedWrite, Writer, Writing};

/// How a storage on PostgreSQL runs.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    /// Where the database is.
    pub url: DatabaseUrl,
    /// Most writes, and most reads, that wait; above it they are refused as busy.
    pub queue: usize,
    /// Sessions that read.
    pub readers: usize,
    /// Whether this server tells others what it has committed, and hears what they have: then all that do may use the database together.
    pub has_bus: bool,
}

impl PostgresOptions {
    /// The defaults for a database that is used by one server.
    #[must_use]
    pub fn new(url: DatabaseUrl) -> Self {
        // As many as a process usually has connections can come back at once, and each of them asks once.
        Self { url, queue: 16_384, readers: 4, has_bus: false }
    }
}

/// The storage on PostgreSQL.
pub type PostgresStore = SqlStore<Postgres>;

/// The engine behind [`PostgresStore`]. Dropping it finishes what is queued.
pub struct Postgres {
    lanes: Lanes,
    writer: WorkerPool<QueuedWrite>,
    /// Its session is opened where there are leases.
    leases: WorkerPool<QueuedWrite>,
    readers: WorkerPool<ReadJob>,
    /// Those who search, so that nobody else waits for that.
    searchers: WorkerPool<ReadJob>,
    clock: Arc<dyn Clock>,
    health: Health,
    epoch: String,
    namespace: String,
    durability: Durability,
    history: History,
}

impl PostgresStore {
    /// Opens the database, and makes and migrates its tables where needed. Blocks until that is done.
    ///
    /// # Errors
    /// [`PostgresOpenError`], to be shown to the operator.
    pub fn open(
        options: PostgresOptions,
        clock: Arc<dyn Clock>,
        broker: Arc<dyn Broker>,
        observer: Arc<dyn CommitObserver>,
    ) -> Result<Self, PostgresOpenError> {
        let target = Target {
            tls: options.url.tls.connector()?,
            url: Arc::new(options.url),
            history: History::default(),
        };
        let (claim, owner, own_node) = if options.has_bus {
            (Claim::Beside(rand::random()), Owner::ALL_WITH_A_BUS, OwnNode::among_others())
        } else {
            let owner = Owner::alone();
            (Claim::Alone(owner), owner, OwnNode::default())
        };
        let (opened, connection) = look_at(target.clone(), claim)?;
        let health = Health::default();
        let writing = |observer| {
            let announcer = Announcer { broker: Arc::clone(&broker), observer };
            Writing { clock: Arc::clone(&clock), announcer, health: health.clone() }
        };
        let writer = |connection, writing, worker| {
            let writer = Writer { connection, writing, worker, doubts: Doubts::default() };
            vec![move |queue: Queue<QueuedWrite>| write(writer, &queue)]
        };
        let lanes = Lanes::start((&target, owner), options.queue, &writing(Arc::clone(&observer)))?;
        let leases = Connection::new(target.clone(), Claim::None)?;
        let leases = writer(leases, writing(Arc::clone(&observer)), Worker::Leases);
        let writer = writer(connection, writing(Arc::clone(&observer)), Worker::Writes);
        let reader = || {
            let connection = Connection::new(target.clone(), Claim::None)?;
            let observer = Arc::clone(&observer);
            Ok(move |queue: Queue<ReadJob>| read(connection, &*observer, &queue))
        };
        let readers = (0..options.readers.max(1)).map(|_| reader()).collect::<std::io::Result<Vec<_>>>()?;
        // Their sessions are opened with the first search.
        let searchers = vec![reader()?, reader()?];
        let engine = Postgres {
            lanes,
            writer: WorkerPool::start("chinwag-writer", options.queue, writer)?,
            leases: WorkerPool::start("chinwag-leases", options.queue, leases)?,
            readers: WorkerPool::start("chinwag-reader", options.queue, readers)?,
            searchers: WorkerPool::start("chinwag-searcher", SEARCHES, searchers)?,
            clock,
            health,
            epoch: opened.epoch,
            namespace: opened.namespace,
            durability: opened.durability,
            history: target.history,
        };
        Ok(Self(engine, own_node))
    }

    /// What has to fail before something is lost that was acknowledged.
    #[must_use]
    pub fn durability(&self) -> Durability {
        self.0.durability
    }

    /// Names the database among all that there are, the same after a replica took its server's place.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.0.namespace
    }

    /// Resolves when the database goes on with another history than at the start: a replica took its server's place, or a copy was brought back.
    /// Everything is [`Refusal::Unavailable`] from then on, and whoever serves has to begin anew.
    pub async fn another_history(&self) {
        self.0.history.ended().await;
    }

    /// Finishes what is queued and ends the sessions. Blocks until that is done. Later calls are answered with [`Refusal::Unavailable`].
    pub fn close(&self) {
        self.0.close();
    }
}

/// Looks at the database and takes it, on a thread of its own: whoever opens a storage may be a task that must not block on another.
fn look_at(target: Target, claim: Claim) -> Result<(Opened, Connection), PostgresOpenError> {
    let look = std::thread::Builder::new().name("chinwag-opening".into()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let opened = runtime.block_on(opening::open(&target))?;
        target.history.begin(&opened.epoch);
        let mut connection = Connection::new(target.clone(), claim)?;
        connection.open().map_err(|error| opening::explain_claim(error, claim, &target.url))?;
        Ok((opened, connection))
    })?;
    look.join().unwrap_or_else(|_| Err(std::io::Error::other("it panicked").into()))
}

fn write(mut writer: Writer, queue: &Queue<QueuedWrite>) {
    while let Some(write) = queue.next() {
        writer.carry_out(write);
    }
}

fn read(mut connection: Connection, observer: &dyn CommitObserver, queue: &Queue<ReadJob>) {
    while let Some(ReadJob { since, run }) = queue.next() {
        observer.waited(Worker::Reads, since.elapsed());
        run(&mut connection);
    }
}

fn queue<T: Send + 'static>(
    pool: &WorkerPool<QueuedWrite>,
    fence: Fence,
    (job, answer): (Box<dyn Job>, StoreFuture<T>),
) -> StoreFuture<T> {
    match pool.submit(QueuedWrite { job, since: Instant::now(), fence }) {
        Ok(()) => answer,
        Err(refusal) => ready(Err(refusal)).boxed(),
    }
}

/// Searches that wait at most; more are refused as busy.
const SEARCHES: usize = 32;

impl Postgres {
    fn read_by<T, W>(&self, readers: &WorkerPool<ReadJob>, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        let (job, answer) = read_job(name, self.health.clone(), work);
        match readers.submit(job) {
            Ok(()) => answer,
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    fn close(&self) {
        self.readers.close();
        self.searchers.close();
        self.leases.close();
        // First the lanes: a write may wait for what is in them.
        self.lanes.close();
        self.writer.close();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.close();
    }
}

impl Engine for Postgres {
    fn write<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static,
    {
        match self.lanes.fence() {
            Ok(fence) => queue(&self.writer, fence, job(name, work)),
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    fn write_lease<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static,
    {
        queue(&self.leases, Fence::behind_nothing(), job(name, work))
    }

    fn read_lease<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction, Millis) -> Result<T, Failure> + Send + 'static,
    {
        let now = self.clock.now();
        self.read(name, move |sql| work(sql, now))
    }

    fn read<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        self.read_by(&self.readers, name, work)
    }

    fn search<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        self.read_by(&self.searchers, name, work)
    }

    fn append_message(&self, actor: Actor, message: NewMessage) -> StoreFuture<Appended> {
        self.lanes.append(actor, message)
    }

    fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()> {
        self.lanes.mark_read(actor, room, seq)
    }

    fn touch(&self, users: Vec<UserId>) -> StoreFuture<()> {
        self.lanes.touch(users)
    }

    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn ready(&self) -> StoreFuture<()> {
        const ASK: &str = "SELECT id FROM chinwag";
        const TRY: &str = "UPDATE chinwag SET probe = probe + 1";
        if self.health.is_damaged() {
            return ready(Err(Refusal::Unavailable)).boxed();
        }
        let health = self.health.clone();
        let writes = self.write("ready", move |write| {
            // A question must not cost a write each time. After a failure, though, only a write shows whether the server takes them again.
            if health.writes_fail() {
                write.sql.execute(TRY, &[])?;
            }
            write.sql.one(ASK, &[], |_| Ok(()))?;
            Ok(())
        });
        let reads = self.read("ready", |sql| Ok(sql.one(ASK, &[], |_| Ok(()))?));
        async { writes.await.and(reads.await) }.boxed()
    }
}
