use super::Chat;
use crate::domain::{Refusal, RoomOverview, UserId};

impl Chat {
    /// The rooms that a person sees.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn list_rooms(&self, user: UserId) -> Result<Vec<RoomOverview>, Refusal> {
        self.store.rooms(user).await
    }
}
