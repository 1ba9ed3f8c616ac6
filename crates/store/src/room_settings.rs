//! How a room is kept, as it stands in its columns.

use crate::sql::{DatabaseError, Row};
use chinwag_core::domain::{RoomHistory, RoomSettings};

const ALL: &str = "all";
const JOINED: &str = "joined";

/// The columns that [`read`] reads.
macro_rules! settings_columns {
    () => {
        "rooms.history"
    };
}
pub(crate) use settings_columns;

/// How many columns [`settings_columns!`] are.
pub(crate) const COLUMNS: usize = 1;

/// Reads [`settings_columns!`] from the column `first` on.
pub(crate) fn read(row: Row<'_>, first: usize) -> Result<RoomSettings, DatabaseError> {
    Ok(RoomSettings { history: read_history(row.text(first)?)? })
}

/// How it stands in the table.
pub(crate) fn stored_history(history: RoomHistory) -> &'static str {
    match history {
        RoomHistory::All => ALL,
        RoomHistory::Joined => JOINED,
    }
}

/// What stands so in the table.
pub(crate) fn read_history(history: &str) -> Result<RoomHistory, DatabaseError> {
    let known = RoomHistory::ALL.into_iter().find(|known| stored_history(*known) == history);
    known.ok_or_else(|| DatabaseError::defect(format!("unknown history {history}")))
}
