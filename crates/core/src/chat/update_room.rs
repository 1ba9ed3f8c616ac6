use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, RoomOverview};
use crate::ports::RoomUpdate;

impl Chat {
    /// Changes the title, the topic or the address of a room that the actor created.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`update_room`](crate::ports::Rooms::update_room).
    pub async fn update_room(
        &self,
        actor: Actor,
        room: RoomId,
        update: RoomUpdate,
    ) -> Result<RoomOverview, Refusal> {
        self.count_change(actor)?;
        self.store.update_room(actor, room, update).await
    }
}
