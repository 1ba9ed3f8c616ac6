use super::StoreFuture;
use crate::domain::{LogAccess, RoomEvent, Seq};

/// Reads on in a room's log: for those who were away, and for what was committed while they were brought up to date.
pub trait RoomLog: Send + Sync {
    /// At most `limit` events after `after`, messages among them, oldest first and without a gap.
    /// [`Refusal::Unavailable`](crate::domain::Refusal::Unavailable) when the storage fails.
    fn events_after(&self, access: &LogAccess, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>>;
}
