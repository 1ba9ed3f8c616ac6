use crate::sql::{Columns, DatabaseError, Dialect, Lock, Row, Transaction, Value};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};
use std::ops::ControlFlow;

impl Transaction for Connection {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        Ok(self.prepare_cached(sql)?.execute(params_from_iter(values))? as u64)
    }

    fn insert(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<i64>, DatabaseError> {
        let inserted = self.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok((inserted == 1).then(|| self.last_insert_rowid()))
    }

    fn query(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<ControlFlow<()>, DatabaseError>,
    ) -> Result<(), DatabaseError> {
        let mut statement = self.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if each(Row::new(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn claim(&self, _work: &'static str) -> Result<bool, DatabaseError> {
        Ok(true)
    }

    fn lock(&self, _: Lock<'_>) -> Result<(), DatabaseError> {
        // One thread writes.
        Ok(())
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(number),
            Self::Boolean(truth) => ValueRef::Integer(truth.into()),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Numbers(numbers) => return Ok(serde_json::json!(numbers).to_string().into()),
        }))
    }
}

impl Columns for rusqlite::Row<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, DatabaseError> {
        self.get_ref(column)?.as_i64_or_null().map_err(DatabaseError::defect)
    }

    fn boolean(&self, column: usize) -> Result<Option<bool>, DatabaseError> {
        Ok(self.integer(column)?.map(|number| number != 0))
    }

    fn text(&self, column: usize) -> Result<Option<&str>, DatabaseError> {
        self.get_ref(column)?.as_str_or_null().map_err(DatabaseError::defect)
    }

    fn bytes(&self, column: usize) -> Result<Option<&[u8]>, DatabaseError> {
        self.get_ref(column)?.as_blob_or_null().map_err(DatabaseError::defect)
    }
}
