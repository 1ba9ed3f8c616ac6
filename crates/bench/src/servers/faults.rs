//! What may befall a server of several nodes. Whatever takes a while comes in two steps, so that the clients can go on meanwhile:
//! it is begun by the thread of the scenario, with which it ends, and waited for by another.

use super::child::ServerProcess;
use super::{LOG, Launcher, PostgresServer, RedisServer, Server, Starting};
use anyhow::{Context as _, ensure};
use std::net::SocketAddrV4;

impl Server {
    pub(crate) fn kill_redis(&mut self) -> anyhow::Result<()> {
        self.redis()?.kill()
    }

    pub(crate) fn begin_redis_again(&mut self) -> anyhow::Result<Starting<'_>> {
        self.redis()?.begin_again().context("cannot start Redis again")
    }

    pub(crate) fn crash_postgres(&mut self) -> anyhow::Result<()> {
        self.database()?.crash()
    }

    pub(crate) fn begin_postgres_again(&mut self) -> anyhow::Result<Starting<'_>> {
        self.database()?.begin_again().context("cannot start PostgreSQL again")
    }

    /// Asks a node to stop and waits until it has.
    pub(crate) fn stop_node(&mut self, node: usize) -> anyhow::Result<()> {
        self.nodes[node].0.stop()
    }

    /// Waits until a node that was begun again listens, at the address that it had.
    pub(crate) fn until_node_listens(&mut self, node: usize) -> anyhow::Result<()> {
        let (process, address) = &mut self.nodes[node];
        let found: SocketAddrV4 = process.until_it_listens()?;
        ensure!(found == *address, "the node came back at {found} instead of {address}");
        Ok(())
    }

    fn redis(&mut self) -> anyhow::Result<&mut RedisServer> {
        self.redis.as_mut().context("the server has no Redis")
    }

    fn database(&mut self) -> anyhow::Result<&mut PostgresServer> {
        self.database.as_mut().context("the server has no PostgreSQL")
    }
}

impl Launcher {
    /// Starts a node that was stopped again, at the same address.
    pub(crate) fn begin_node_again(&self, server: &mut Server, node: usize) -> anyhow::Result<()> {
        let port = server.nodes[node].1.port();
        let (program, arguments) = self.node_command(server, node, port)?;
        server.nodes[node].0 = ServerProcess::begin(&program, &arguments, &self.disk.folder.join(LOG))?;
        Ok(())
    }
}
