use super::Chat;
use crate::domain::{ActivityPage, Actor, Refusal};

/// Entries of one person that are kept: more than anybody reads back.
const KEPT: u32 = 1_000;
/// People whose entries are looked at in one round.
const PEOPLE_AT_ONCE: u32 = 1_000;

impl Chat {
    /// Forgets what concerned people long ago: all but the last thousand entries of each.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn trim_activity(&self) -> Result<(), Refusal> {
        for user in self.store.with_much_activity(KEPT, PEOPLE_AT_ONCE).await? {
            self.store.trim_activity(user, KEPT).await?;
        }
        Ok(())
    }

    /// A page of what concerned somebody, the last first.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn activity(
        &self,
        actor: Actor,
        before: Option<i64>,
        limit: u32,
    ) -> Result<ActivityPage, Refusal> {
        self.count_read(actor)?;
        self.store.activity(actor.user, before, limit.clamp(1, self.limits.page)).await
    }
}
