//! The servers that are compared, each in a process of its own.

mod child;
mod faults;
mod node;
mod postgres;
mod ready;
mod redis;

use crate::crowd::Dialect;
use crate::machine::{Disk, Usage};
use anyhow::{Context as _, bail};
pub(crate) use child::exec_as_child;
use child::{OWN_PROGRAM, ServerProcess};
use clap::ValueEnum;
pub(crate) use node::Node;
use postgres::PostgresServer;
pub(crate) use ready::Starting;
use redis::RedisServer;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::Path;
use tempfile::TempDir;

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub(crate) enum Contender {
    /// Chinwag with SQLite on the disk, each message synced before its ack
    Chinwag,
    /// Chinwag with its storage in memory
    Memory,
    /// Chinwag with PostgreSQL, which it starts beside it: each message synced before its ack
    Postgres,
    /// Two nodes of Chinwag with one PostgreSQL and one Redis, which it starts beside them; clients spread over both
    Nodes,
    /// Chinwag with SQLite on the disk, spoken to through its simple gateway (in F2 and M1 only)
    ChinwagSimple,
    /// Chinwag with SQLite on the disk, spoken to through its Socket.IO gateway (in F2 and M1 only)
    ChinwagSocketio,
    /// The yardstick: a bare epoll loop without parsing and storage, or a bare loop of the library of pictures (in I1)
    Bare,
    /// A server of the usual kind on Node.js with ws
    Ws,
    /// A server of the usual kind on Node.js with Socket.IO
    Socketio,
    /// A bare loop that inserts the same rows with rusqlite (in D1), or an FTS5 table of trigrams (in Q1)
    Rusqlite,
}

impl Contender {
    pub(crate) const ALL: [Self; 10] = [
        Self::Chinwag,
        Self::Memory,
        Self::Postgres,
        Self::Nodes,
        Self::ChinwagSimple,
        Self::ChinwagSocketio,
        Self::Bare,
        Self::Ws,
        Self::Socketio,
        Self::Rusqlite,
    ];

    /// Its name on the command line, in tables and in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chinwag => "chinwag",
            Self::Memory => "memory",
            Self::Postgres => "postgres",
            Self::Nodes => "nodes",
            Self::ChinwagSimple => "chinwag-simple",
            Self::ChinwagSocketio => "chinwag-socketio",
            Self::Bare => "bare",
            Self::Ws => "ws",
            Self::Socketio => "socketio",
            Self::Rusqlite => "rusqlite",
        }
    }

    pub(crate) fn is_chinwag(self) -> bool {
        match self {
            Self::Chinwag
            | Self::Memory
            | Self::Postgres
            | Self::Nodes
            | Self::ChinwagSimple
            | Self::ChinwagSocketio => true,
            Self::Bare | Self::Ws | Self::Socketio | Self::Rusqlite => false,
        }
    }

    pub(crate) fn is_on_node(self) -> bool {
        matches!(self, Self::Ws | Self::Socketio)
    }

    pub(crate) fn is_on_postgres(self) -> bool {
        matches!(self, Self::Postgres | Self::Nodes)
    }

    /// An error when a program that is started beside it is not installed.
    pub(crate) fn find_programs(self) -> anyhow::Result<()> {
        if self.is_on_postgres() {
            postgres::programs()?;
        }
        if self == Self::Nodes {
            redis::program()?;
        }
        Ok(())
    }

    /// What its clients speak.
    pub(crate) fn dialect(self) -> Dialect {
        match self {
            Self::Chinwag | Self::Memory | Self::Postgres | Self::Nodes => Dialect::Chinwag,
            Self::ChinwagSimple => Dialect::ChinwagSimple,
            Self::ChinwagSocketio => Dialect::ChinwagSocketIo,
            Self::Bare | Self::Rusqlite => Dialect::Bare,
            Self::Ws => Dialect::Ws,
            Self::Socketio => Dialect::SocketIo,
        }
    }
}

/// What servers are started with.
pub(crate) struct Launcher {
    pub(crate) disk: Disk,
    /// Threads of Chinwag that serve connections; 0 for its default.
    pub(crate) workers: usize,
    /// The Node servers, when there is Node.
    pub(crate) node: Option<Node>,
}

/// A running server. Dropping it kills it and removes its data.
pub(crate) struct Server {
    pub(crate) contender: Contender,
    /// Where it listens; of two nodes the first.
    pub(crate) address: SocketAddrV4,
    /// Its nodes, mostly one, and where each listens.
    nodes: Vec<(ServerProcess, SocketAddrV4)>,
    /// Its PostgreSQL, if it has one. It ends after it and before its data.
    database: Option<PostgresServer>,
    /// Through which two nodes hear of each other.
    redis: Option<RedisServer>,
    data: TempDir,
}

/// Where servers write what they complain of, below the disk's folder.
pub(crate) const LOG: &str = "servers.log";
/// Clients that are closed for reading too slowly are among it.
const COMPLAINTS: &str = "warn,chinwag_realtime=info";

/// The names of two nodes.
const NODES: [&str; 2] = ["first", "second"];

/// Rooms that one person may be in, in a bench.
const ROOMS_PER_PERSON: &str = "1000000";

/// What one person may share in a bench: 1 GiB at a time, 1 TiB in all.
const FILE_BYTES: &str = "1073741824";
const FILE_BYTES_PER_PERSON: &str = "1099511627776";
const UPLOADS: &str = "1000000";

impl Launcher {
    /// Starts a server on a free port with fresh data, and waits until it listens.
    pub(crate) fn start(&self, contender: Contender) -> anyhow::Result<Server> {
        let data = tempfile::Builder::new().prefix("chinwag-bench-").tempdir_in(&self.disk.folder)?;
        self.start_on(contender, data, 0)
    }

    /// Starts a server on `port` with what is in `data`.
    pub(crate) fn start_on(&self, contender: Contender, data: TempDir, port: u16) -> anyhow::Result<Server> {
        let log = self.disk.folder.join(LOG);
        let start = || PostgresServer::start(data.path(), &log).context("cannot start PostgreSQL");
        let database = contender.is_on_postgres().then(start).transpose()?;
        let start = || RedisServer::start(&log).context("cannot start Redis");
        let redis = (contender == Contender::Nodes).then(start).transpose()?;
        let mut server = Server {
            contender,
            address: SocketAddrV4::new(Ipv4Addr::LOCALHOST, port),
            nodes: Vec::new(),
            database,
            redis,
            data,
        };
        for node in 0..if contender == Contender::Nodes { NODES.len() } else { 1 } {
            let (program, arguments) = self.node_command(&server, node, port)?;
            let started = ServerProcess::start(&program, &arguments, &log);
            server.nodes.push(started.with_context(|| format!("cannot start {}", contender.name()))?);
        }
        server.address = server.nodes[0].1;
        Ok(server)
    }

    /// How a node of `server` is started.
    fn node_command(
        &self,
        server: &Server,
        node: usize,
        port: u16,
    ) -> anyhow::Result<(OsString, Vec<OsString>)> {
        let (program, mut arguments) = self.command(server.contender, server.data.path(), port)?;
        if let Some(database) = &server.database {
            arguments.extend(["--database-url".into(), database.url().into()]);
        }
        if let Some(redis) = &server.redis {
            arguments.extend(["--redis-url".into(), redis.url().into()]);
            arguments.extend(["--node-name".into(), NODES[node].into()]);
            arguments.extend(["--files".into(), server.data.path().join("files").into()]);
        }
        Ok((program, arguments))
    }

    fn command(
        &self,
        contender: Contender,
        data: &Path,
        port: u16,
    ) -> anyhow::Result<(OsString, Vec<OsString>)> {
        let port = port.to_string();
        let workers = self.workers.to_string();
        let arguments: Vec<&str> = match contender {
            Contender::Bare => vec!["bench", "yardstick", "--port", &port],
            Contender::Ws | Contender::Socketio => {
                let Some(node) = &self.node else { bail!("Node.js is not there") };
                return Ok(("node".into(), vec![node.script(contender), port.into()]));
            }
            Contender::Chinwag
            | Contender::Memory
            | Contender::Postgres
            | Contender::Nodes
            | Contender::ChinwagSimple
            | Contender::ChinwagSocketio => {
                let storage = if contender == Contender::Memory { "memory" } else { "file" };
                let mut arguments =
                    vec!["serve", "--bind", "127.0.0.1", "--port", &port, "--storage", storage];
                arguments.extend(["--rate-limit", "off", "--log", COMPLAINTS, "--workers", &workers]);
                arguments.extend([
                    "--file-bytes",
                    FILE_BYTES,
                    "--file-bytes-per-person",
                    FILE_BYTES_PER_PERSON,
                ]);
                arguments.extend(["--uploads-per-10-min", UPLOADS]);
                arguments.extend(["--rooms-per-person", ROOMS_PER_PERSON, "--data"]);
                let arguments = arguments.into_iter().map(OsString::from);
                return Ok((OWN_PROGRAM.into(), arguments.chain([data.into()]).collect()));
            }
            Contender::Rusqlite => bail!("rusqlite is no server"),
        };
        Ok((OWN_PROGRAM.into(), arguments.into_iter().map(OsString::from).collect()))
    }
}

impl Server {
    /// Where its nodes listen.
    pub(crate) fn addresses(&self) -> Vec<SocketAddrV4> {
        self.nodes.iter().map(|(_, address)| *address).collect()
    }

    /// What it has used so far, all nodes together.
    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        let mut usage = Usage::default();
        for (process, _) in &self.nodes {
            usage.add(Usage::of_process(process.id())?);
        }
        Ok(usage)
    }

    /// What its PostgreSQL has used so far.
    pub(crate) fn database_usage(&self) -> anyhow::Result<Usage> {
        self.database.as_ref().map_or_else(|| Ok(Usage::default()), PostgresServer::usage)
    }

    /// What its Redis has used so far.
    pub(crate) fn redis_usage(&self) -> anyhow::Result<Usage> {
        self.redis.as_ref().map_or_else(|| Ok(Usage::default()), RedisServer::usage)
    }

    /// Kills it as a power cut would, and answers what it leaves behind.
    pub(crate) fn kill(self) -> TempDir {
        let Self { nodes, data, .. } = self;
        drop(nodes);
        data
    }

    /// Asks it to stop, waits until it has, and answers its data.
    pub(crate) fn stop(self) -> anyhow::Result<TempDir> {
        let Self { nodes, data, .. } = self;
        for (mut process, _) in nodes {
            process.stop()?;
        }
        Ok(data)
    }
}
