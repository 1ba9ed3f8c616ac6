use crate::sql::{Columns, DatabaseError, Value};
use bytes::BytesMut;
use std::error::Error;
use std::fmt;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A row as the nouns read it.
pub(super) struct PostgresRow<'r>(pub(super) &'r Row);

impl PostgresRow<'_> {
    fn get<'s, T: FromSql<'s>>(&'s self, column: usize) -> Result<Option<T>, DatabaseError> {
        self.0.try_get(column).map_err(super::error::database_error)
    }
}

impl Columns for PostgresRow<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, DatabaseError> {
        match self.0.columns().get(column).map(tokio_postgres::Column::type_) {
            Some(&Type::INT4) => Ok(self.get::<i32>(column)?.map(i64::from)),
            Some(&Type::INT2) => Ok(self.get::<i16>(column)?.map(i64::from)),
            _ => self.get(column),
        }
    }

    fn boolean(&self, column: usize) -> Result<Option<bool>, DatabaseError> {
        self.get(column)
    }

    fn text(&self, column: usize) -> Result<Option<&str>, DatabaseError> {
        self.get(column)
    }

    fn bytes(&self, column: usize) -> Result<Option<&[u8]>, DatabaseError> {
        self.get(column)
    }
}

/// A parameter, written as the server understood its type.
pub(crate) struct Parameter<'v>(pub(crate) Value<'v>);

/// Shows nothing of itself: the library logs parameters, and these are tokens and what people wrote.
impl fmt::Debug for Parameter<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("..")
    }
}

impl ToSql for Parameter<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self.0, kind) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Integer(number), &Type::INT8) => number.to_sql(kind, out),
            (Value::Integer(number), &Type::INT4) => i32::try_from(number)?.to_sql(kind, out),
            (Value::Boolean(truth), &Type::BOOL) => truth.to_sql(kind, out),
            (Value::Text(text), &Type::TEXT) => text.to_sql(kind, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(kind, out),
            (Value::Numbers(numbers), &Type::INT8_ARRAY) => numbers.to_sql(kind, out),
            // Not its value, which may be what somebody wrote.
            (_, kind) => Err(format!("a parameter is no {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A parameter that is no [`Value`], which shows nothing of itself either.
pub(super) struct Hidden<'v>(pub(super) &'v (dyn ToSql + Sync));

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("..")
    }
}

impl ToSql for Hidden<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql_checked(kind, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
