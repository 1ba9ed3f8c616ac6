use super::Chat;
use crate::domain::{Actor, Refusal, RoomSlug, RoomSnapshot};
use crate::ports::Limited;

impl Chat {
    /// Makes the actor a member of a room, and answers the room with its last `limit` messages and first `members` members.
    /// Nothing changes for one who is a member.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`join`](crate::ports::Members::join).
    pub async fn join_room(
        &self,
        actor: Actor,
        slug: RoomSlug,
        limit: u32,
        members: u32,
    ) -> Result<RoomSnapshot, Refusal> {
        self.limiter.check(Limited::Change(actor.user))?;
        let limit = limit.min(self.bounds.page);
        self.store.join(actor, slug, self.bounds.rooms_per_person, limit, members).await
    }
}
