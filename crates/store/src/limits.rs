//! What is limited over all nodes, counted in one table. Only where there are several: SQLite serves one, which counts in its memory.

use crate::engine::{Engine as _, SqlStore};
use crate::nodes;
use crate::postgres::Postgres;
use crate::sql::{Failure, values};
use crate::write::Write;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::{Rate, SharedLimits, StoreFuture};

impl SharedLimits for SqlStore<Postgres> {
    fn count(&self, key: String, rate: Rate) -> StoreFuture<()> {
        self.0.write("count_limited", move |write| count(write, &key, rate))
    }

    fn forget_the_rested(&self) -> StoreFuture<()> {
        self.0.write("forget_the_rested", forget_the_rested)
    }
}

/// Times here are microseconds: a hundred thousand actions in a minute have a distance, too.
const PER_MILLI: i64 = 1000;

/// Counts by GCRA: a key has a time at which everything is free again. Each action puts it off by its share of the period, from now at the
/// earliest, and not to farther than a period from now.
fn count(write: &mut Write<'_>, key: &str, rate: Rate) -> Result<(), Failure> {
    const COUNT: &str = "
        INSERT INTO limits (key, free_at) VALUES (?1, ?2)
        ON CONFLICT (key) DO UPDATE SET free_at = greatest(limits.free_at, ?3) + ?4 WHERE limits.free_at <= ?5";
    const FREE_AT: &str = "SELECT free_at FROM limits WHERE key = ?1";
    let now = nodes::moment(write.sql, write.now)?.0 * PER_MILLI;
    let micros = |period: u128| i64::try_from(period).unwrap_or(i64::MAX / 4).max(1);
    let share = micros(rate.period.as_micros() / u128::from(rate.count.max(1)));
    let latest = now + share * i64::from(rate.count.max(1) - 1);
    if write.sql.execute(COUNT, values![key, now + share, now, share, latest])? == 1 {
        return Ok(());
    }
    let free_at: i64 = write.sql.one(FREE_AT, values![key], |row| row.get(0))?;
    let wait = (free_at - latest).max(1).unsigned_abs().div_ceil(PER_MILLI.unsigned_abs());
    Err(Refusal::RateLimited { retry_after_ms: wait }.into())
}

fn forget_the_rested(write: &mut Write<'_>) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM limits WHERE free_at < ?1";
    if write.sql.claim("forget_the_rested")? {
        let now = nodes::moment(write.sql, write.now)?.0 * PER_MILLI;
        write.sql.execute(DELETE, values![now])?;
    }
    Ok(())
}
