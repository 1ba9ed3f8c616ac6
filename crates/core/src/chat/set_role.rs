use super::Chat;
use crate::domain::permissions::RoomRole;
use crate::domain::{Actor, Refusal, RoomId, UserId};

impl Chat {
    /// Says what a member is in a room from now on.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`set_role`](crate::ports::Members::set_role).
    pub async fn set_role(
        &self,
        actor: Actor,
        room: RoomId,
        user: UserId,
        role: RoomRole,
    ) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.set_role(actor, room, user, role).await
    }
}
