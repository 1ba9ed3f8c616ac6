use super::Chat;
use crate::domain::{Actor, Refusal, RoomId};

impl Chat {
    /// Ends the actor's membership.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`].
    pub async fn leave_room(&self, actor: Actor, room: RoomId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.leave(actor, room).await
    }
}
