use super::Chat;
use crate::domain::{Actor, Refusal, RoomId};

impl Chat {
    /// Ends the actor's membership. When this is answered, none of the actor's connections hears the room any more.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::Unavailable`].
    pub async fn leave_room(&self, actor: Actor, room: RoomId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        let endings = self.store.leave(actor, room).await?;
        self.settle(endings).await
    }
}
