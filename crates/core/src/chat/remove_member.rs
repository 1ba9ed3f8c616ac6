use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, UserId};

impl Chat {
    /// Ends somebody else's membership. When this is answered, none of that person's connections hears the room any more.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`remove_member`](crate::ports::Members::remove_member).
    pub async fn remove_member(&self, actor: Actor, room: RoomId, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        let endings = self.store.remove_member(actor, room, user).await?;
        self.settle(endings).await
    }
}
