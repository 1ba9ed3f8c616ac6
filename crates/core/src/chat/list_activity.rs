use super::Chat;
use crate::domain::{ActivityPage, Actor, Refusal};

impl Chat {
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
