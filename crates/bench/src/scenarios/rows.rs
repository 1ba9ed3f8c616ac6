//! The rows of a message, put straight into a database that Chinwag has made.

use anyhow::Context as _;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior, params};
use std::path::Path;

/// Rows of one transaction: as many messages as Chinwag's writer takes at most.
pub(super) const BATCH: u64 = 512;

/// Rows of one room before those of the next: as many as one sender has on its way, which come together from it.
pub(super) const RUN: usize = 32;

/// Inserts what a message of Chinwag inserts, and nothing else.
pub(super) struct Rows {
    connection: Connection,
    /// Rooms and one member of each.
    members: Vec<(i64, i64)>,
    inserted: usize,
}

impl Rows {
    /// For the database in the folder `data`, whose server is stopped.
    pub(super) fn open(data: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(data.join("chinwag.db"))?;
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000;",
        )?;
        // As Chinwag has it: a statement is not prepared anew when a value is bound.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        let members = members(&connection)?;
        Ok(Self { connection, members, inserted: 0 })
    }

    /// Inserts a batch, durably, run after run.
    pub(super) fn insert_batch(&mut self) -> anyhow::Result<()> {
        self.insert_batch_of(|_| TEXT.to_owned())
    }

    /// The same of texts, each by the number of its message.
    pub(super) fn insert_batch_of(&mut self, text: impl Fn(usize) -> String) -> anyhow::Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for _ in 0..BATCH {
            let member = self.members[self.inserted / RUN % self.members.len()];
            insert(&transaction, member, self.inserted, &text(self.inserted))?;
            self.inserted += 1;
        }
        Ok(transaction.commit()?)
    }
}

fn members(connection: &Connection) -> anyhow::Result<Vec<(i64, i64)>> {
    const SELECT: &str = "SELECT room_id, max(user_id) FROM members GROUP BY room_id";
    let mut select = connection.prepare(SELECT)?;
    let members = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let members = members.collect::<Result<Vec<_>, _>>()?;
    (!members.is_empty()).then_some(members).context("the database has no members")
}

const TEXT: &str = "It is raining again, so let us meet in the big room upstairs; please bring the figures of \
                    the last two months, if you have them";

fn insert(
    connection: &Connection,
    (room, user): (i64, i64),
    number: usize,
    text: &str,
) -> rusqlite::Result<()> {
    const HEAD: &str = "SELECT head_seq FROM rooms WHERE id = ?1";
    const ADVANCE: &str = "UPDATE rooms SET head_seq = ?2 WHERE id = ?1";
    const MESSAGE: &str = "INSERT INTO messages (room_id, seq, author_id, client_id, kind, text, at)
                           VALUES (?1, ?2, ?3, ?4, 'text', ?5, ?6)";
    const READ: &str = "UPDATE members SET read_seq = ?3 WHERE room_id = ?1 AND user_id = ?2";
    const AT: i64 = 1_795_341_600_000;
    let head: i64 = connection.prepare_cached(HEAD)?.query_row([room], |row| row.get(0))?;
    let seq = head + 1;
    connection.prepare_cached(ADVANCE)?.execute([room, seq])?;
    let client_id = format!("row-{number}");
    connection.prepare_cached(MESSAGE)?.execute(params![room, seq, user, client_id, text, AT])?;
    connection.prepare_cached(READ)?.execute(params![room, user, seq])?;
    Ok(())
}
