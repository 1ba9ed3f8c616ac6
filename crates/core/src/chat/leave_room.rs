use super::Chat;
use crate::domain::{Actor, Refusal, RoomId};
use crate::ports::RateLimitKey;

impl Chat {
    /// Ends the actor's membership.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`].
    pub async fn leave_room(&self, actor: Actor, room: RoomId) -> Result<(), Refusal> {
        self.limiter.check(RateLimitKey::Change(actor.user))?;
        self.store.leave(actor, room).await
    }
}
