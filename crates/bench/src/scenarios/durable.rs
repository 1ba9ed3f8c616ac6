//! Messages a second that are kept, through the whole stack, beside what SQLite takes from a bare loop.

use super::span::Span;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::machine::thread_time;
use crate::servers::Contender;
use anyhow::Context as _;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::time::Instant;

/// Each in a room of one's own.
const SENDERS: Layout = Layout::apart(100, 1);

/// Messages of one sender that are on their way: all together less than the storage's queue takes.
const WINDOW: u64 = 32;

/// Rows that the bare loop puts into one transaction: as many messages as Chinwag's writer takes at most.
const BATCH: i64 = 512;

pub(super) fn run(bench: &Bench, contender: Contender) -> anyhow::Result<Outcome> {
    if contender == Contender::Rusqlite {
        return bare_loop(bench);
    }
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, SENDERS)?;
    crowd.run(Pace::Window(WINDOW), bench.effort.warm_up)?;
    let span = Span::of(&server, &mut crowd, |crowd| crowd.run(Pace::Window(WINDOW), bench.effort.window))?;
    Ok(span.outcome(
        bench,
        &server,
        &[
            (Metric::MessagesPerSecond, span.rate(span.tally.acks)),
            (Metric::CpuPerMessage, span.cost(span.tally.acks)),
        ],
    ))
}

/// Inserts what a message of Chinwag inserts, into a database that Chinwag has made, and nothing else.
fn bare_loop(bench: &Bench) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(Contender::Chinwag)?;
    drop(Crowd::gather(&server, SENDERS)?);
    let data = server.stop()?;
    let mut connection = Connection::open(data.path().join("chinwag.db"))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;",
    )?;
    // As Chinwag has it: a statement is not prepared anew when a value is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let members = members(&connection)?;
    let mut number = 0;
    let mut insert_for = |time| -> anyhow::Result<i64> {
        let (begin, first) = (Instant::now(), number);
        while begin.elapsed() < time {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for _ in 0..BATCH {
                let place = usize::try_from(number)? % members.len();
                insert(&transaction, members[place], number)?;
                number += 1;
            }
            transaction.commit()?;
        }
        Ok(number - first)
    };
    insert_for(bench.effort.warm_up)?;
    let (begin, before) = (Instant::now(), thread_time());
    let rows = insert_for(bench.effort.window)? as f64;
    let (time, work) = (begin.elapsed().as_secs_f64(), (thread_time() - before).as_secs_f64());
    let figures = vec![
        (Metric::MessagesPerSecond, rows / time),
        (Metric::CpuPerMessage, work * 1e6 / rows),
        (Metric::ServerCores, work / time),
    ];
    Ok(Outcome { figures, notes: Vec::new() })
}

/// Rooms and the one member of each, beside the host who created it.
fn members(connection: &Connection) -> anyhow::Result<Vec<(i64, i64)>> {
    const SELECT: &str = "SELECT room_id, max(user_id) FROM members GROUP BY room_id";
    let mut select = connection.prepare(SELECT)?;
    let members = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let members = members.collect::<Result<Vec<_>, _>>()?;
    (!members.is_empty()).then_some(members).context("the database has no members")
}

fn insert(transaction: &Transaction<'_>, (room, user): (i64, i64), number: i64) -> rusqlite::Result<()> {
    const TAKE: &str = "UPDATE rooms SET head_seq = head_seq + 1 WHERE id = ?1";
    const TAKEN: &str = "SELECT head_seq FROM rooms WHERE id = ?1";
    const EVENT: &str = "INSERT INTO events (room_id, seq, kind, actor_id, at, payload) VALUES (?1, ?2, 'message', ?3, ?4, NULL)";
    const MESSAGE: &str =
        "INSERT INTO messages (room_id, seq, author_id, client_id, text, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const READ: &str = "UPDATE members SET read_seq = ?3 WHERE room_id = ?1 AND user_id = ?2";
    const TEXT: &str = "It is raining again, so let us meet in the small room upstairs, and bring the figures of last month \
                        with you, if you still have them";
    const AT: i64 = 1_795_341_600_000;
    transaction.prepare_cached(TAKE)?.execute([room])?;
    let seq: i64 = transaction.prepare_cached(TAKEN)?.query_row([room], |row| row.get(0))?;
    transaction.prepare_cached(EVENT)?.execute(params![room, seq, user, AT])?;
    let client_id = format!("bare-{number}");
    transaction.prepare_cached(MESSAGE)?.execute(params![room, seq, user, client_id, TEXT, AT])?;
    transaction.prepare_cached(READ)?.execute(params![room, user, seq])?;
    Ok(())
}
