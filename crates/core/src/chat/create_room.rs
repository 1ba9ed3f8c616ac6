use super::Chat;
use crate::domain::{Actor, Refusal, RoomOverview};
use crate::ports::{NewRoom, RateLimitKey};

impl Chat {
    /// Creates a room; the actor becomes its first member.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`create_room`](crate::ports::Rooms::create_room).
    pub async fn create_room(&self, actor: Actor, room: NewRoom) -> Result<RoomOverview, Refusal> {
        self.limiter.check(RateLimitKey::RoomCreation(actor.user))?;
        self.store.create_room(actor, room, self.limits.rooms_per_person).await
    }
}
