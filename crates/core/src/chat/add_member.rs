use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, UserId};

impl Chat {
    /// Makes somebody else a member of a room. Nothing changes for one who is.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`add_member`](crate::ports::Members::add_member).
    pub async fn add_member(&self, actor: Actor, room: RoomId, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.add_member(actor, room, user, self.limits.of_rooms()).await
    }
}
