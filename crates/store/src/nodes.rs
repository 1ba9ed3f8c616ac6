//! The leases of the nodes that serve one database, by the one clock that they share.

use crate::engine::{Engine, SqlStore};
use crate::postgres::NEWEST;
use crate::sql::{DatabaseError, Dialect, Failure, Lock, Transaction, values};
use crate::visits;
use crate::write::Write;
use chinwag_core::domain::{Millis, NodeId, Refusal};
use chinwag_core::ports::{Leases, LiveNode, NewNode, Nodes, StoreFuture};
use futures_util::FutureExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// How long a lease lasts.
const LEASE_MS: i64 = 10_000;

/// How long a node is still shown to those who look into the table after its lease was over.
const KEPT_MS: i64 = 60 * 60 * 1000;

/// The number under which this server has a lease, as far as it knows. Its visits are noted under it.
#[derive(Clone, Default)]
pub(crate) struct OwnNode {
    /// 0 for none: the first one is 1.
    number: Arc<AtomicI64>,
    /// Whether others may serve the same database: they would end the visits of one that has no number.
    is_among_others: bool,
}

impl OwnNode {
    /// That of a server among others.
    pub(crate) fn among_others() -> Self {
        Self { is_among_others: true, ..Self::default() }
    }

    /// To whom a visit belongs that begins now. [`Refusal::Unavailable`] when it would be nobody's.
    pub(crate) fn of_a_visit(&self) -> Result<Option<NodeId>, Refusal> {
        match self.number.load(Ordering::SeqCst) {
            0 if self.is_among_others => Err(Refusal::Unavailable),
            0 => Ok(None),
            number => Ok(Some(NodeId(number))),
        }
    }

    fn set(&self, node: NodeId) {
        self.number.store(node.0, Ordering::SeqCst);
    }

    /// There is none any more, if it was this one.
    fn end(&self, node: NodeId) {
        let _ = self.number.compare_exchange(node.0, 0, Ordering::SeqCst, Ordering::SeqCst);
    }
}

impl<E: Engine> Nodes for SqlStore<E> {
    fn enter(&self, node: NewNode) -> StoreFuture<NodeId> {
        let own = self.1.clone();
        let entered = self.0.write_lease("enter", move |write| enter(write, &node));
        async move { entered.await.inspect(|node| own.set(*node)) }.boxed()
    }

    fn leave(&self, node: NodeId) -> StoreFuture<()> {
        self.1.end(node);
        self.0.write_lease("leave", move |write| remove(write, node))
    }

    fn leases(&self) -> StoreFuture<Leases> {
        self.0.read_lease("leases", |sql, now| leases(sql, moment(sql, now)?))
    }

    fn renew(&self, node: NodeId, repaired: Option<Millis>) -> StoreFuture<Leases> {
        self.0.write_lease("renew", move |write| renew(write, node, repaired))
    }
}

/// The time by which leases last: not that of this machine, where there are several.
pub(crate) fn moment(sql: &dyn Transaction, now: Millis) -> Result<Millis, DatabaseError> {
    const NOW: &str = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    match sql.dialect() {
        Dialect::Sqlite => Ok(now),
        Dialect::Postgres => sql.one(NOW, &[], |row| row.get(0)),
    }
}

/// Keeps the row of this node, if it has one, so that its visits are not handed over before the one that begins now is among them.
pub(crate) fn hold(sql: &dyn Transaction, own: Option<NodeId>) -> Result<(), DatabaseError> {
    const EXISTS: &str = "SELECT 1 FROM nodes WHERE id = ?1";
    let Some(own) = own else { return Ok(()) };
    sql.lock(Lock::Node(own))?;
    if sql.exists(EXISTS, values![own])? {
        Ok(())
    } else {
        Err(DatabaseError::conflict("this node has another number by now"))
    }
}

fn enter(write: &mut Write<'_>, node: &NewNode) -> Result<NodeId, Failure> {
    const FORMER: &str = "DELETE FROM nodes WHERE process = ?1 OR id = ?2 RETURNING id";
    const INSERT: &str = "INSERT INTO nodes (name, version, process, lease_until) VALUES (?1, ?2, ?3, ?4)";
    let now = moment(write.sql, write.now)?;
    let until = Millis(now.0 + LEASE_MS);
    let mut former = write.sql.all(FORMER, values![node.process, node.before], |row| row.get(0))?;
    // Its row may have been forgotten, and its visits not.
    former.extend(node.before.filter(|before| !former.contains(before)));
    let id = write.sql.insert(INSERT, values![&node.name, &node.version, node.process, until])?;
    let id = NodeId(id.ok_or_else(|| DatabaseError::defect("a node was not inserted"))?);
    for former in former {
        visits::hand_over(write, former, id)?;
    }
    forget_the_old(write.sql, now)?;
    Ok(id)
}

fn remove(write: &Write<'_>, node: NodeId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM nodes WHERE id = ?1";
    write.sql.execute(DELETE, values![node])?;
    Ok(())
}

fn renew(write: &Write<'_>, node: NodeId, repaired: Option<Millis>) -> Result<Leases, Failure> {
    const RENEW: &str = "
        UPDATE nodes SET lease_until = ?2, repaired_at = coalesce(?3, repaired_at)
        WHERE id = ?1 AND lease_until > ?4";
    let now = moment(write.sql, write.now)?;
    let until = Millis(now.0 + LEASE_MS);
    if write.sql.execute(RENEW, values![node, until, repaired, now])? == 0 {
        return Err(Refusal::Unauthorized.into());
    }
    forget_the_old(write.sql, now)?;
    leases(write.sql, now)
}

fn leases(sql: &dyn Transaction, now: Millis) -> Result<Leases, Failure> {
    const LIVE: &str = "SELECT id, name, version, repaired_at FROM nodes WHERE lease_until > ?1 ORDER BY id";
    let live = sql.all(LIVE, values![now], |row| {
        Ok(LiveNode { id: row.get(0)?, name: row.get(1)?, version: row.get(2)?, repaired_at: row.find(3)? })
    })?;
    Ok(Leases { now, live, is_outdated: is_outdated(sql)? })
}

/// A database that serves several nodes may be migrated by one of them while the others run.
fn is_outdated(sql: &dyn Transaction) -> Result<bool, DatabaseError> {
    const TOO_NEW: &str = "SELECT 1 FROM chinwag WHERE CAST(readable_from AS BIGINT) > ?1";
    match sql.dialect() {
        Dialect::Sqlite => Ok(false),
        Dialect::Postgres => sql.exists(TOO_NEW, values![i64::from(NEWEST)]),
    }
}

fn forget_the_old(sql: &dyn Transaction, now: Millis) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM nodes WHERE lease_until < ?1";
    sql.execute(DELETE, values![Millis(now.0 - KEPT_MS)])?;
    Ok(())
}
