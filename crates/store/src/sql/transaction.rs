use super::{DatabaseError, Row, Value};
use chinwag_core::domain::{NodeId, RoomId, UserId};
use std::ops::ControlFlow;

/// An open transaction.
///
/// One that writes sees what others have committed before each of its statements (`READ COMMITTED`); one that reads sees one moment.
pub(crate) trait Transaction {
    /// Which of two texts this engine takes, where they must differ.
    fn dialect(&self) -> Dialect;

    /// Carries out a statement that finds nothing. Answers how many rows it changed.
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DatabaseError>;

    /// Inserts one row into a table that numbers its rows in the column `id`. Answers the new number, or none when the statement says
    /// `ON CONFLICT DO NOTHING` and did nothing. The statement itself says nothing of the number.
    fn insert(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<i64>, DatabaseError>;

    /// Hands each row that a statement finds to `each`, in order, until that breaks off. `each` asks the database nothing: the connection is
    /// in use.
    fn query(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<ControlFlow<()>, DatabaseError>,
    ) -> Result<(), DatabaseError>;

    /// Holds rows until the end of the transaction, in the order of their numbers. Nothing where nobody else writes.
    ///
    /// **Look only after the lock**, in another statement: what was read before it may not be so any more. **Lock a node first**, then people,
    /// all that are needed at once, then the rooms, all at once, and change memberships after that in the order of rooms and then of people: two
    /// transactions that keep to it never wait for each other.
    fn lock(&self, what: Lock<'_>) -> Result<(), DatabaseError>;

    /// Whether no other transaction does this work at the moment, on whatever node. If so this one keeps it to itself until its end.
    fn claim(&self, work: &'static str) -> Result<bool, DatabaseError>;
}

/// The engines, where it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// What is to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock<'a> {
    /// A node whose number is about to be noted: nobody deletes it meanwhile. `FOR KEY SHARE`
    Node(NodeId),
    /// Rooms, for what is appended to their logs and for who is in them. `FOR NO KEY UPDATE`
    Rooms(&'a [RoomId]),
    /// All memberships of a room, for whoever ends them: read markers move without the room. `FOR UPDATE`
    Members(RoomId),
    /// People, where a name or a limit per person is at stake. `FOR NO KEY UPDATE`
    People(&'a [UserId]),
    /// People who are about to be named by a row without a foreign key (a message, an event): nobody deletes them meanwhile. `FOR KEY SHARE`
    Named(&'a [UserId]),
    /// People whose rows are deleted unless something names them. `FOR UPDATE`
    Deleted(&'a [UserId]),
}

impl dyn Transaction + '_ {
    /// Whether nobody else writes meanwhile, so that what was looked at stays so without a lock.
    pub(crate) fn is_alone(&self) -> bool {
        self.dialect() == Dialect::Sqlite
    }

    /// The first row that a statement finds.
    pub(crate) fn first<T>(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(Row<'_>) -> Result<T, DatabaseError>,
    ) -> Result<Option<T>, DatabaseError> {
        let mut first = None;
        self.query(sql, values, &mut |row| {
            first = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(first)
    }

    /// The first row of a statement that always finds one.
    pub(crate) fn one<T>(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(Row<'_>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        self.first(sql, values, read)?.ok_or_else(|| DatabaseError::defect(format!("nothing found by {sql}")))
    }

    /// All rows that a statement finds.
    pub(crate) fn all<T>(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(Row<'_>) -> Result<T, DatabaseError>,
    ) -> Result<Vec<T>, DatabaseError> {
        let mut all = Vec::new();
        self.query(sql, values, &mut |row| {
            all.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(all)
    }

    /// Whether a statement finds anything.
    pub(crate) fn exists(&self, sql: &'static str, values: &[Value<'_>]) -> Result<bool, DatabaseError> {
        Ok(self.first(sql, values, |_| Ok(()))?.is_some())
    }
}
