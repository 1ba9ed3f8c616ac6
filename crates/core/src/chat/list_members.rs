use super::Chat;
use crate::domain::{Actor, MembersPage, Refusal, RoomSlug};

impl Chat {
    /// A page of a room's members, by name. A larger `limit` than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn list_members(
        &self,
        actor: Actor,
        slug: RoomSlug,
        after: Option<String>,
        limit: u32,
    ) -> Result<MembersPage, Refusal> {
        self.store.members(actor.user, slug, after, limit.clamp(1, self.bounds.page)).await
    }
}
