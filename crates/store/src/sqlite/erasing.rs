use rusqlite::Connection;
use std::time::{Duration, Instant};

/// How long the writer waits for those who read when it wants to empty the write-ahead log. Meanwhile nobody writes.
const PATIENCE: Duration = Duration::from_millis(100);
/// From one try to the next.
const RETRY: Duration = Duration::from_secs(1);

/// Sees to it that a text which was taken away does not stay in the write-ahead log, where the pages are as they were before.
pub(super) struct Erasing {
    /// How long it may stay there.
    within: Duration,
    /// When the log is to be emptied; none when it has nothing that was taken away.
    due: Option<Instant>,
}

impl Erasing {
    /// The log of a server that was killed may hold something.
    pub(super) fn new(within: Duration) -> Self {
        Self { within, due: Some(Instant::now()) }
    }

    /// Notes that something was taken away just now.
    pub(super) fn note(&mut self) {
        self.due.get_or_insert_with(|| Instant::now() + self.within);
    }

    /// When the log is to be emptied.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Brings everything from the write-ahead log to the file and empties it, if that is due.
    pub(super) fn erase(&mut self, connection: &Connection) {
        if self.due.is_none_or(|due| due > Instant::now()) {
            return;
        }
        self.due = match empty_log(connection) {
            Ok(true) => None,
            // Somebody reads what was before.
            Ok(false) => Some(Instant::now() + RETRY),
            Err(error) => {
                tracing::warn!(%error, "the write-ahead log could not be emptied; deleted texts stay in it until it is");
                Some(Instant::now() + self.within.max(RETRY))
            }
        };
    }
}

/// Whether it is empty now.
fn empty_log(connection: &Connection) -> rusqlite::Result<bool> {
    connection.busy_timeout(PATIENCE)?;
    let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    connection.busy_timeout(super::connection::PATIENCE)?;
    Ok(emptied? == 0)
}
