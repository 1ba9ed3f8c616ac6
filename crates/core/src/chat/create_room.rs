use super::Chat;
use crate::domain::{Actor, Refusal, RoomOverview};
use crate::ports::{NewRoom, RateLimitKey, RoomLimits};

impl Chat {
    /// Creates a room; the actor becomes its first member.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`create_room`](crate::ports::Rooms::create_room).
    pub async fn create_room(&self, actor: Actor, room: NewRoom) -> Result<RoomOverview, Refusal> {
        self.limiter.admit(RateLimitKey::RoomCreation(actor.user)).await?;
        if let Some(address) = actor.address {
            self.limiter.admit(RateLimitKey::GuestRoomCreation(address)).await?;
        }
        let limits =
            RoomLimits { per_person: self.limits.rooms_per_person, of_guests: self.limits.guest_rooms };
        self.store.create_room(actor, room, limits).await
    }
}
