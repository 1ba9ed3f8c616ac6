use super::Chat;
use crate::domain::{Actor, Refusal, RoomOverview, RoomSlug};
use crate::ports::Limited;

impl Chat {
    /// Makes the actor a member of a room. Nothing changes for one who is, and it costs nothing of the rate: a client that
    /// comes back joins all of its rooms at once.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`join`](crate::ports::Members::join).
    pub async fn join_room(&self, actor: Actor, slug: RoomSlug) -> Result<RoomOverview, Refusal> {
        let room = self.store.room(actor.user, slug.clone()).await?;
        if room.member {
            return Ok(room);
        }
        self.limiter.check(Limited::Change(actor.user))?;
        self.store.join(actor, slug, self.bounds.rooms_per_person).await
    }
}
