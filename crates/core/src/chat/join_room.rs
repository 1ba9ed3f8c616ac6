use super::Chat;
use crate::domain::{Actor, Refusal, RoomOverview, RoomSlug};
use crate::ports::Limited;

impl Chat {
    /// Makes the actor a member of a room. Nothing changes for one who is.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`join`](crate::ports::Members::join).
    pub async fn join_room(&self, actor: Actor, slug: RoomSlug) -> Result<RoomOverview, Refusal> {
        self.limiter.check(Limited::Change(actor.user))?;
        self.store.join(actor, slug, self.bounds.rooms_per_person).await
    }
}
