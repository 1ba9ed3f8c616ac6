use super::Chat;
use crate::domain::{Actor, MembersPage, Refusal, RoomId};

impl Chat {
    /// A page of a room's members, by name. A larger `limit` than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn list_members(
        &self,
        actor: Actor,
        room: RoomId,
        after: Option<String>,
        limit: u32,
    ) -> Result<MembersPage, Refusal> {
        self.count_read(actor)?;
        self.store.members(actor.user, room, after, limit.clamp(1, self.limits.page)).await
    }
}
