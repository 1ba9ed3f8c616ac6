use super::Chat;
use crate::domain::{Actor, Refusal};
use crate::ports::Purge;

/// Messages that are deleted with one commit, so that nobody who writes meanwhile waits long.
const STEP: u32 = 500;

impl Chat {
    /// Deletes what somebody wrote in a room since a moment. Answers how many messages those were. What was deleted before a failure stays
    /// deleted, and another call goes on from there.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`purge_messages`](crate::ports::Messages::purge_messages).
    pub async fn purge_messages(&self, actor: Actor, purge: Purge) -> Result<u64, Refusal> {
        self.count_change(actor)?;
        let mut deleted = 0;
        loop {
            let step = self.store.purge_messages(actor, purge, STEP).await?;
            deleted += u64::from(step);
            if step < STEP {
                return Ok(deleted);
            }
        }
    }
}
