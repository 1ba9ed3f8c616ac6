use super::DatabaseError;
use chinwag_core::domain::{Millis, NodeId, RoomId, Seq, SessionId, UserId};
use chinwag_core::ports::TokenHash;

/// What an engine gives of a row: its columns by their places from 0, `None` for null. A column of another type is a
/// [defect](DatabaseError::defect).
pub(crate) trait Columns {
    /// Any whole number, of whatever size.
    fn integer(&self, column: usize) -> Result<Option<i64>, DatabaseError>;
    fn boolean(&self, column: usize) -> Result<Option<bool>, DatabaseError>;
    fn text(&self, column: usize) -> Result<Option<&str>, DatabaseError>;
    fn bytes(&self, column: usize) -> Result<Option<&[u8]>, DatabaseError>;
}

/// A row that a statement found.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    columns: &'r dyn Columns,
}

/// What can be read from a column.
pub(crate) trait Column: Sized {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError>;
}

impl<'r> Row<'r> {
    pub(crate) fn new(columns: &'r dyn Columns) -> Self {
        Self { columns }
    }

    /// What stands in a column that is never null.
    pub(crate) fn get<T: Column>(self, column: usize) -> Result<T, DatabaseError> {
        T::read(self, column)?.ok_or_else(|| is_null(column))
    }

    /// What stands in a column that may be null.
    pub(crate) fn find<T: Column>(self, column: usize) -> Result<Option<T>, DatabaseError> {
        T::read(self, column)
    }

    /// The text of a column that is never null.
    pub(crate) fn text(self, column: usize) -> Result<&'r str, DatabaseError> {
        self.columns.text(column)?.ok_or_else(|| is_null(column))
    }

    /// The text of a column that may be null.
    pub(crate) fn find_text(self, column: usize) -> Result<Option<&'r str>, DatabaseError> {
        self.columns.text(column)
    }
}

fn is_null(column: usize) -> DatabaseError {
    DatabaseError::defect(format!("column {column} is null"))
}

impl Column for i64 {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
        row.columns.integer(column)
    }
}

impl Column for u32 {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
        let number = row.columns.integer(column)?;
        let small = |number| Self::try_from(number).map_err(DatabaseError::defect);
        number.map(small).transpose()
    }
}

impl Column for bool {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
        row.columns.boolean(column)
    }
}

impl Column for String {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
        Ok(row.columns.text(column)?.map(Self::from))
    }
}

impl Column for Vec<u8> {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
        Ok(row.columns.bytes(column)?.map(<[u8]>::to_vec))
    }
}

impl Column for TokenHash {
    fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
        let bytes = row.columns.bytes(column)?;
        let hash = |bytes: &[u8]| bytes.try_into().map(Self).map_err(DatabaseError::defect);
        bytes.map(hash).transpose()
    }
}

macro_rules! numbers {
    ($($number:ident),+) => {
        $(impl Column for $number {
            fn read(row: Row<'_>, column: usize) -> Result<Option<Self>, DatabaseError> {
                Ok(row.columns.integer(column)?.map($number))
            }
        })+
    };
}

numbers!(UserId, RoomId, SessionId, NodeId, Seq, Millis);
