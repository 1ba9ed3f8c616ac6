use super::carry_out::carry_out;
use super::{LONGEST_LINE, SOCKET};
use crate::adapters::{NoLimiter, RandomSecrets, SystemClock};
use crate::config::Config;
use anyhow::Context as _;
use chinwag_core::chat::{Chat, Limits};
use chinwag_core::domain::ReservedNames;
use chinwag_core::ports::{Broker, Publication, Settling, StoreFuture};
use chinwag_store::{Location, OpenError, SqliteOptions, SqliteStore};
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest};
use futures_util::FutureExt as _;
use futures_util::future::ready;
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

/// From the operator to the data: through the server that runs on it, or without one.
pub(crate) enum Line {
    /// A server runs: only it knows who has to hear of a change.
    Running(BufReader<UnixStream>),
    /// None does.
    Resting(Box<Chat>),
}

impl Line {
    /// Finds out which of both it is.
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        let data = &config.data;
        match UnixStream::connect(data.join(SOCKET)).await {
            Ok(stream) => return Ok(Self::Running(BufReader::new(stream))),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                anyhow::bail!(
                    "the server in {} belongs to another user: run this as that one, or as root",
                    data.display()
                );
            }
            // There is no file, or one that a crash left behind.
            Err(_) => {}
        }
        anyhow::ensure!(
            !config.is_on_postgres(),
            "no server runs on {}: with PostgreSQL the console goes through a running server, which tells those who are connected; choose its \
             data folder with --data",
            data.display()
        );
        let database = config.database();
        anyhow::ensure!(
            database.exists(),
            "there is no database in {}: choose the data folder of the server with --data or --config",
            data.display()
        );
        let (clock, broker) = (Arc::new(SystemClock), Arc::new(NobodyHears));
        let options = SqliteOptions { readers: 1, ..SqliteOptions::new(Location::File(database)) };
        let store = match SqliteStore::open(options, clock.clone(), broker.clone(), Arc::new(())) {
            Err(OpenError::InUse { folder }) => anyhow::bail!(
                "a server runs on {} and its console does not answer: wait until it has started, or see its log",
                folder.display()
            ),
            store => store?,
        };
        let chat = Chat::new(
            Arc::new(store),
            broker,
            Arc::new(NoLimiter),
            Arc::new(RandomSecrets),
            clock,
            Limits::default(),
            ReservedNames::default(),
        );
        Ok(Self::Resting(Box::new(chat)))
    }

    /// Asks for something and waits for the answer.
    pub(crate) async fn ask(&mut self, request: ConsoleRequest) -> anyhow::Result<ConsoleAnswer> {
        let stream = match self {
            Self::Resting(chat) => return Ok(carry_out(chat, request).await),
            Self::Running(stream) => stream,
        };
        const GONE: &str = "the server has stopped meanwhile: look what is done, and try again";
        let mut line = serde_json::to_vec(&request)?;
        line.push(b'\n');
        stream.write_all(&line).await.context(GONE)?;
        line.clear();
        stream.take(LONGEST_LINE).read_until(b'\n', &mut line).await.context(GONE)?;
        anyhow::ensure!(!line.is_empty(), GONE);
        serde_json::from_slice(&line).context("the server answers in another way: are both of one version?")
    }
}

/// Nobody is connected to a server that does not run. Whoever comes later reads what happened in the logs.
struct NobodyHears;

impl Broker for NobodyHears {
    fn publish(&self, _publications: Vec<Publication>) {}

    fn settled(&self, _what: Settling) -> StoreFuture<()> {
        ready(Ok(())).boxed()
    }
}
