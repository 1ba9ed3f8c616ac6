use super::Chat;
use crate::domain::{Actor, Refusal, RoomListPage, RoomListQuery};

impl Chat {
    /// A page of the rooms that a person sees. A larger limit than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::Unavailable`].
    pub async fn list_rooms(&self, actor: Actor, query: RoomListQuery) -> Result<RoomListPage, Refusal> {
        self.count_read(actor)?;
        let limit = query.limit.clamp(1, self.limits.page);
        self.store.rooms(actor.user, RoomListQuery { limit, ..query }).await
    }
}
