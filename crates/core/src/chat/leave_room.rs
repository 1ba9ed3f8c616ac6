use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, RoomSlug};
use crate::ports::Limited;

impl Chat {
    /// Ends the actor's membership.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`].
    pub async fn leave_room(&self, actor: Actor, slug: RoomSlug) -> Result<RoomId, Refusal> {
        self.limiter.check(Limited::Change(actor.user))?;
        self.store.leave(actor, slug).await
    }
}
