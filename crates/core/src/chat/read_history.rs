use super::Chat;
use crate::domain::{Actor, Page, Refusal, RoomId, RoomReference, RoomSnapshot, Window};

impl Chat {
    /// A page of a room's messages. A larger `limit` than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn read_history(
        &self,
        actor: Actor,
        room: RoomId,
        window: Window,
        limit: u32,
    ) -> Result<Page, Refusal> {
        self.count_read(actor)?;
        self.store.history(actor.user, room, window, limit.clamp(1, self.limits.page)).await
    }

    /// A room, its last messages and its first members at one moment; `limit` 0 leaves the page out.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn read_room(
        &self,
        actor: Actor,
        room: RoomReference,
        limit: u32,
        members: u32,
    ) -> Result<RoomSnapshot, Refusal> {
        self.count_read(actor)?;
        self.store.snapshot(actor.user, room, limit.min(self.limits.page), members).await
    }
}
