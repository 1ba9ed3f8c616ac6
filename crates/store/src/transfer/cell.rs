use crate::sql::Value;
use rusqlite::types::ValueRef;
use std::borrow::Cow;
use tokio_postgres::binary_copy::BinaryCopyOutRow;
use tokio_postgres::types::{FromSql, Type};

/// What stands in a column of a row, as Rust has it. Both engines' libraries read it, each from what its own database says, so that a mistake
/// on the way from one to the other shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'r> {
    Null,
    Integer(i64),
    Boolean(bool),
    Text(Cow<'r, str>),
    Bytes(&'r [u8]),
}

impl<'r> Cell<'r> {
    /// What SQLite has, where PostgreSQL has a column of this type. A text is without U+0000, which PostgreSQL takes in none: U+FFFD stands in
    /// its place.
    pub(super) fn of_sqlite(
        row: &'r rusqlite::Row<'_>,
        column: usize,
        kind: &Type,
    ) -> rusqlite::Result<Self> {
        let value = row.get_ref(column)?;
        let wrong = || rusqlite::Error::InvalidColumnType(column, kind.to_string(), value.data_type());
        Ok(match (value, kind) {
            (ValueRef::Null, _) => Self::Null,
            (ValueRef::Integer(number), &Type::INT8) => Self::Integer(number),
            (ValueRef::Integer(number @ (0 | 1)), &Type::BOOL) => Self::Boolean(number == 1),
            (ValueRef::Text(bytes), &Type::TEXT) => {
                let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
                Self::Text(if text.contains('\0') {
                    text.replace('\0', "\u{FFFD}").into()
                } else {
                    text.into()
                })
            }
            (ValueRef::Blob(bytes), &Type::BYTEA) => Self::Bytes(bytes),
            _ => return Err(wrong()),
        })
    }

    /// What PostgreSQL has in a column of this type.
    pub(super) fn of_postgres(
        row: &'r BinaryCopyOutRow,
        column: usize,
        kind: &Type,
    ) -> Result<Self, tokio_postgres::Error> {
        fn get<'r, T: FromSql<'r>>(
            row: &'r BinaryCopyOutRow,
            column: usize,
            cell: impl Fn(T) -> Cell<'r>,
        ) -> Result<Cell<'r>, tokio_postgres::Error> {
            Ok(row.try_get::<Option<T>>(column)?.map_or(Cell::Null, cell))
        }
        match *kind {
            Type::INT8 => get(row, column, Cell::Integer),
            Type::BOOL => get(row, column, Cell::Boolean),
            Type::BYTEA => get(row, column, Cell::Bytes),
            _ => get(row, column, |text: &str| Cell::Text(text.into())),
        }
    }

    /// Whether U+FFFD was put into it.
    pub(super) fn is_mended(&self) -> bool {
        // Only what was mended is owned.
        matches!(self, Self::Text(Cow::Owned(_)))
    }

    /// As a parameter of a statement.
    pub(super) fn as_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(*number),
            Self::Boolean(truth) => Value::Boolean(*truth),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}
