use super::StoreFuture;
use crate::domain::{ActivityPage, UserId};

/// What concerned people: mentions, answers and reactions to what they wrote, and threads that they follow.
pub trait Activities {
    /// At most `limit` entries before the entry `before`, the last first. What the person may not read any more is left out, and what those did whom the
    /// person blocks.
    fn activity(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<ActivityPage>;
}
