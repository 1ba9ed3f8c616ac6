use super::Chat;
use crate::domain::{Actor, MembersPage, Refusal, RoomSlug};
use crate::ports::Limited;

impl Chat {
    /// A page of a room's members, by name. A larger `limit` than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn list_members(
        &self,
        actor: Actor,
        slug: RoomSlug,
        after: Option<String>,
        limit: u32,
    ) -> Result<MembersPage, Refusal> {
        self.limiter.check(Limited::Read(actor.user))?;
        self.store.members(actor.user, slug, after, limit.clamp(1, self.bounds.page)).await
    }
}
