use super::row::PostgresRow;
use super::session::{Finds, Session};
use crate::sql::{DatabaseError, Dialect, Lock, Row, Transaction, Value, values};
use std::cell::Cell;
use std::ops::ControlFlow;
use tokio::runtime::Runtime;

/// Each statement sees what was committed before it.
pub(super) const WRITES: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
/// All statements see one moment.
pub(super) const READS: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// An open transaction, or one that will be open with its first statement. Whoever drops it without an end has to drop the session, too.
pub(super) struct PostgresTransaction<'s> {
    session: &'s Session,
    runtime: &'s Runtime,
    /// What begins it, as long as that was not sent.
    begin: Cell<Option<&'static str>>,
}

impl<'s> PostgresTransaction<'s> {
    pub(super) fn new(session: &'s Session, runtime: &'s Runtime, begin: &'static str) -> Self {
        Self { session, runtime, begin: Cell::new(Some(begin)) }
    }

    /// Ends it, and brings it to the disk.
    pub(super) fn commit(self) -> Result<(), DatabaseError> {
        self.end("COMMIT")
    }

    /// Ends it as if it had never been.
    pub(super) fn roll_back(self) -> Result<(), DatabaseError> {
        self.end("ROLLBACK")
    }

    fn end(self, how: &str) -> Result<(), DatabaseError> {
        if self.begin.take().is_some() {
            // Nothing was asked.
            return Ok(());
        }
        self.session.batch(self.runtime, how)
    }
}

impl Transaction for PostgresTransaction<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        self.session.execute(self.runtime, self.begin.take(), sql, values)
    }

    fn insert(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<i64>, DatabaseError> {
        let rows = self.session.query(self.runtime, self.begin.take(), (sql, Finds::NewId), values)?;
        rows.first().map(|row| Row::new(&PostgresRow(row)).get(0)).transpose()
    }

    fn query(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<ControlFlow<()>, DatabaseError>,
    ) -> Result<(), DatabaseError> {
        let rows = self.session.query(self.runtime, self.begin.take(), (sql, Finds::AsWritten), values)?;
        for row in &rows {
            if each(Row::new(&PostgresRow(row)))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn lock(&self, what: Lock<'_>) -> Result<(), DatabaseError> {
        const NODE: &str = "SELECT FROM nodes WHERE id = ANY(?1) FOR KEY SHARE";
        const ROOMS: &str = "SELECT FROM rooms WHERE id = ANY(?1) ORDER BY id FOR NO KEY UPDATE";
        const MEMBERS: &str =
            "SELECT FROM members WHERE room_id = ANY(?1) ORDER BY room_id, user_id FOR UPDATE";
        const PEOPLE: &str = "SELECT FROM users WHERE id = ANY(?1) ORDER BY id FOR NO KEY UPDATE";
        const NAMED: &str = "SELECT FROM users WHERE id = ANY(?1) ORDER BY id FOR KEY SHARE";
        const DELETED: &str = "SELECT FROM users WHERE id = ANY(?1) ORDER BY id FOR UPDATE";
        let (sql, ids) = match what {
            Lock::Node(node) => (NODE, vec![node.0]),
            Lock::Rooms(rooms) => (ROOMS, rooms.iter().map(|room| room.0).collect()),
            Lock::Members(room) => (MEMBERS, vec![room.0]),
            Lock::People(people) => (PEOPLE, people.iter().map(|person| person.0).collect()),
            Lock::Named(people) => (NAMED, people.iter().map(|person| person.0).collect()),
            Lock::Deleted(people) => (DELETED, people.iter().map(|person| person.0).collect()),
        };
        self.session.ask(self.runtime, self.begin.take(), sql, &[&ids]).map(|_| ())
    }

    fn claim(&self, work: &'static str) -> Result<bool, DatabaseError> {
        // The number of the table, so that another database, or another schema, is another matter.
        const TRY: &str = "SELECT pg_try_advisory_xact_lock(hashtextextended(?1, CAST(CAST('chinwag' AS regclass) AS BIGINT)))";
        <dyn Transaction>::one(self, TRY, values![work], |row| row.get(0))
    }
}
