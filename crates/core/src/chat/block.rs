use super::Chat;
use crate::domain::{Actor, Refusal, UserId};

impl Chat {
    /// Whom somebody blocks, with their names at present, the last first.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn blocks(&self, actor: Actor) -> Result<Vec<(UserId, String)>, Refusal> {
        self.count_read(actor)?;
        self.store.blocks(actor.user).await
    }

    /// Blocks somebody, who does not write in the conversation of the two from then on.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`block`](crate::ports::Blocks::block).
    pub async fn block(&self, actor: Actor, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.block(actor, user).await
    }

    /// Ends that.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn unblock(&self, actor: Actor, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.unblock(actor, user).await
    }
}
