use super::StoreFuture;
use crate::domain::{ActivityPage, UserId};

/// What concerned people: mentions, answers and reactions to what they wrote, and threads that they follow. It ends with the membership and with
/// the room.
pub trait Activities {
    /// At most `limit` entries before the entry `before`, the last first. What the person may not read any more is left out, and what those did whom the
    /// person blocks.
    fn activity(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<ActivityPage>;

    /// At most `limit` of the people who have more than `kept` entries.
    fn with_much_activity(&self, kept: u32, limit: u32) -> StoreFuture<Vec<UserId>>;

    /// Forgets all but the last `kept` entries of a person.
    fn trim_activity(&self, user: UserId, kept: u32) -> StoreFuture<()>;
}
