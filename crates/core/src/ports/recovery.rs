use super::StoreFuture;
use crate::domain::{RoomEvent, RoomId, Seq};

/// What the live side of a node reads when news may have been lost. It reads without a person: what comes of it goes to those only
/// whose own right was looked up before, and who have not lost it up to there.
pub trait Recovery: Send + Sync {
    /// Events of a room's log behind a place, oldest first and without a gap; at most `limit`, and fewer when the log ends.
    fn missed_events(&self, room: RoomId, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>>;
}
