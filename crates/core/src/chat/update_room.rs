use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, RoomKind, RoomOverview};
use crate::ports::RoomUpdate;

impl Chat {
    /// Changes what a room is called, who finds it, or how it is kept. When a room that is not public any more is answered, nobody hears it who
    /// is not in it.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`update_room`](crate::ports::Rooms::update_room).
    pub async fn update_room(
        &self,
        actor: Actor,
        room: RoomId,
        mut update: RoomUpdate,
    ) -> Result<RoomOverview, Refusal> {
        self.count_change(actor)?;
        if update.kind == Some(RoomKind::Private) {
            update.secret = Some(self.secret_address()?);
        }
        let limits = self.limits.of_rooms();
        let (room, endings) = self.store.update_room(actor, room, update, limits).await?;
        self.settle(endings).await?;
        Ok(room)
    }
}
