use super::Chat;
use crate::domain::{Refusal, RoomOverview, UserId};
use crate::ports::RateLimitKey;

impl Chat {
    /// The rooms that a person sees.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::Unavailable`].
    pub async fn list_rooms(&self, user: UserId) -> Result<Vec<RoomOverview>, Refusal> {
        self.limiter.check(RateLimitKey::Read(user))?;
        self.store.rooms(user).await
    }
}
