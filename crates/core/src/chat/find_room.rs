use super::Chat;
use crate::domain::{Actor, Refusal, RoomLookup, RoomReference};

impl Chat {
    /// A room as the actor sees it.
    ///
    /// # Errors
    /// [`Refusal::RoomNotFound`], [`Refusal::Unavailable`].
    pub async fn find_room(&self, actor: Actor, room: RoomReference) -> Result<RoomLookup, Refusal> {
        self.store.room(actor.user, room).await
    }
}
