use super::Chat;
use crate::domain::{Actor, Refusal, RoomSlug};
use crate::ports::Limited;

impl Chat {
    /// Deletes a room that the actor created.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`delete_room`](crate::ports::Rooms::delete_room).
    pub async fn delete_room(&self, actor: Actor, slug: RoomSlug) -> Result<(), Refusal> {
        self.limiter.check(Limited::Change(actor.user))?;
        self.store.delete_room(actor, slug).await
    }
}
