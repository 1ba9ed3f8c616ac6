use super::Chat;
use crate::domain::{Actor, Pin, Refusal, RoomId};
use crate::ports::Pinning;

impl Chat {
    /// Pins a message, or ends that.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`pin`](crate::ports::Pins::pin).
    pub async fn pin(&self, actor: Actor, pinning: Pinning) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.pin(actor, pinning).await
    }

    /// The pinned messages of a room.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`pins`](crate::ports::Pins::pins).
    pub async fn pins(&self, actor: Actor, room: RoomId) -> Result<Vec<Pin>, Refusal> {
        self.count_read(actor)?;
        self.store.pins(actor.user, room).await
    }
}
