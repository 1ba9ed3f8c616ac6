use super::Chat;
use crate::domain::{Actor, Refusal, RoomId};

impl Chat {
    /// Deletes a room that the actor created. When this is answered, nobody hears it any more.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`delete_room`](crate::ports::Rooms::delete_room).
    pub async fn delete_room(&self, actor: Actor, room: RoomId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        let endings = self.store.delete_room(actor, room).await?;
        self.settle(endings).await
    }
}
