use super::Chat;
use crate::domain::{Actor, Refusal, RoomSlug, Seq};
use crate::ports::Limited;

impl Chat {
    /// Moves the actor's read marker of a room forward.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn mark_read(&self, actor: Actor, slug: RoomSlug, seq: Seq) -> Result<(), Refusal> {
        self.limiter.check(Limited::Read(actor.user))?;
        self.store.mark_read(actor, slug, seq).await
    }
}
