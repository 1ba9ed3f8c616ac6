use super::Chat;
use crate::domain::{Actor, Refusal, RoomReference, RoomSnapshot};

impl Chat {
    /// Makes the actor a member of a room, and answers the room with its last `limit` messages and first `members` members.
    /// Nothing changes for one who is a member.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`join`](crate::ports::Members::join).
    pub async fn join_room(
        &self,
        actor: Actor,
        room: RoomReference,
        limit: u32,
        members: u32,
    ) -> Result<RoomSnapshot, Refusal> {
        self.count_change(actor)?;
        let limit = limit.min(self.limits.page);
        self.store.join(actor, room, self.limits.rooms_per_person, limit, members).await
    }
}
