//! How a room is kept, as it stands in its columns.

use crate::sql::{DatabaseError, Row};
use chinwag_core::domain::{RoomHistory, RoomPosting, RoomSettings, SlowMode};

const ALL: &str = "all";
const JOINED: &str = "joined";

const EVERYONE: &str = "everyone";
const MODERATORS: &str = "moderators";

/// The columns that [`read`] reads.
macro_rules! settings_columns {
    () => {
        "rooms.history, rooms.posting, rooms.slow_mode_s, rooms.archived_at"
    };
}
pub(crate) use settings_columns;

/// How many columns [`settings_columns!`] are.
pub(crate) const COLUMNS: usize = 4;

/// Reads [`settings_columns!`] from the column `first` on.
pub(crate) fn read(row: Row<'_>, first: usize) -> Result<RoomSettings, DatabaseError> {
    Ok(RoomSettings {
        history: read_history(row.text(first)?)?,
        posting: read_posting(row.text(first + 1)?)?,
        slow_mode: SlowMode::nearest(row.get(first + 2)?),
        archived: row.find::<i64>(first + 3)?.is_some(),
    })
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

/// How it stands in the table.
pub(crate) fn stored_posting(posting: RoomPosting) -> &'static str {
    match posting {
        RoomPosting::Everyone => EVERYONE,
        RoomPosting::Moderators => MODERATORS,
    }
}

/// What stands so in the table.
pub(crate) fn read_posting(posting: &str) -> Result<RoomPosting, DatabaseError> {
    let known = RoomPosting::ALL.into_iter().find(|known| stored_posting(*known) == posting);
    known.ok_or_else(|| DatabaseError::defect(format!("unknown posting {posting}")))
}
