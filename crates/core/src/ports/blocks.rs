use super::StoreFuture;
use crate::domain::{Actor, UserId};

/// Whom people do not want to hear.
///
/// One who is blocked does not write in the conversation of the two, whether it is there already or opened later, and is told there what
/// [`Refusal::Muted`](crate::domain::Refusal::Muted) says: never that, or by whom.
pub trait Blocks {
    /// Whom somebody blocks, with their names at present, the last first.
    fn blocks(&self, user: UserId) -> StoreFuture<Vec<(UserId, String)>>;

    /// Blocks somebody. A repeat changes nothing. [`Refusal::UserNotFound`](crate::domain::Refusal::UserNotFound), also for oneself;
    /// [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden) for a visitor, and above [`BLOCKS_PER_PERSON`].
    fn block(&self, actor: Actor, user: UserId) -> StoreFuture<()>;

    /// Ends that. It is harmless when there is nothing to end.
    fn unblock(&self, actor: Actor, user: UserId) -> StoreFuture<()>;
}

/// How many people one person blocks at most.
pub const BLOCKS_PER_PERSON: u32 = 1000;
