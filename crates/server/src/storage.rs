use crate::config::{Config, Storage};
use anyhow::Context as _;
use chinwag_core::ports::{Broker, Clock, Nodes, SharedLimits, Store};
use chinwag_realtime::broker::Namespace;
use chinwag_store::{
    CommitObserver, Durability, Location, PostgresOptions, PostgresStore, SqliteOptions, SqliteStore,
};
use chinwag_wire::health::{ReportedDurability, StorageEngine, StorageReport};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

/// The storage, on the database that the configuration chooses.
pub(crate) enum OpenStorage {
    Sqlite(Arc<SqliteStore>),
    Postgres(Arc<PostgresStore>),
}

impl OpenStorage {
    pub(crate) async fn open(
        config: &Config,
        clock: Arc<dyn Clock>,
        broker: Arc<dyn Broker>,
        observer: Arc<dyn CommitObserver>,
    ) -> anyhow::Result<Self> {
        let config = config.clone();
        let open = move || -> anyhow::Result<Self> {
            if let Some(url) = config.postgres()? {
                let place = url.to_string();
                let options =
                    PostgresOptions { has_bus: config.may_have_peers(), ..PostgresOptions::new(url) };
                let store = PostgresStore::open(options, clock, broker, observer)?;
                let durable = match store.durability() {
                    Durability::ThisServer => "durable on this PostgreSQL server only",
                    Durability::Replicated => "durable on replicas, too",
                };
                tracing::info!(durable, "messages are kept in {place}");
                make_folder(&config.data);
                return Ok(Self::Postgres(Arc::new(store)));
            }
            let location = match config.storage {
                Storage::File => Location::File(config.database()),
                Storage::Memory => Location::Memory,
            };
            let store = SqliteStore::open(SqliteOptions::new(location), clock, broker, observer)?;
            Ok(Self::Sqlite(Arc::new(store)))
        };
        tokio::task::spawn_blocking(open).await.context("opening the storage failed")?
    }

    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Sqlite(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Postgres(store) => Arc::clone(store) as Arc<dyn Store>,
        }
    }

    /// Who serves the same database, and under what name they hear each other; none where nobody else can.
    pub(crate) fn nodes(&self) -> Option<(Namespace, Arc<dyn Nodes>)> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(store) => {
                Some((Namespace::new(store.namespace()), Arc::clone(store) as Arc<dyn Nodes>))
            }
        }
    }

    /// What counts for all nodes that may serve this database.
    pub(crate) fn limits(&self) -> Option<Arc<dyn SharedLimits>> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(store) => Some(Arc::clone(store) as Arc<dyn SharedLimits>),
        }
    }

    /// What the operator is told of it.
    pub(crate) fn report(&self, config: &Config) -> StorageReport {
        let (engine, durability) = match (self, config.storage) {
            (Self::Sqlite(_), Storage::Memory) => (StorageEngine::Sqlite, ReportedDurability::ThisProcess),
            (Self::Sqlite(_), Storage::File) => (StorageEngine::Sqlite, ReportedDurability::ThisServer),
            (Self::Postgres(store), _) => match store.durability() {
                Durability::ThisServer => (StorageEngine::Postgresql, ReportedDurability::ThisServer),
                Durability::Replicated => (StorageEngine::Postgresql, ReportedDurability::Replicated),
            },
        };
        StorageReport { engine, durability, epoch: self.store().epoch().to_owned() }
    }

    /// Resolves when what the storage holds is no longer what this server has told its clients.
    pub(crate) async fn another_history(&self) {
        match self {
            Self::Sqlite(_) => std::future::pending().await,
            Self::Postgres(store) => store.another_history().await,
        }
    }

    /// Finishes what is queued and closes the database.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        let close = move || match self {
            Self::Sqlite(store) => store.close(),
            Self::Postgres(store) => store.close(),
        };
        tokio::task::spawn_blocking(close).await.context("closing the storage failed")
    }
}

/// The folder of the console's socket, which is all that a server on PostgreSQL keeps there. It can do without: whoever opens the console says so.
fn make_folder(data: &Path) {
    let _ = DirBuilder::new().recursive(true).mode(0o700).create(data);
}
