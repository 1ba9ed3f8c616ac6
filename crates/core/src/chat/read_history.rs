use super::Chat;
use crate::domain::{Actor, Page, Refusal, RoomSlug, RoomSnapshot, Window};
use crate::ports::Limited;

impl Chat {
    /// A page of a room's messages. A larger `limit` than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn read_history(
        &self,
        actor: Actor,
        slug: RoomSlug,
        window: Window,
        limit: u32,
    ) -> Result<Page, Refusal> {
        self.limiter.check(Limited::Read(actor.user))?;
        self.store.history(actor.user, slug, window, limit.clamp(1, self.bounds.page)).await
    }

    /// A room, its last messages and its first members at one moment; `limit` 0 leaves the page out.
    ///
    /// # Errors
    /// [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn read_room(
        &self,
        actor: Actor,
        slug: RoomSlug,
        limit: u32,
        members: u32,
    ) -> Result<RoomSnapshot, Refusal> {
        self.store.snapshot(actor.user, slug, limit.min(self.bounds.page), members).await
    }
}
