use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, Seq};
use crate::ports::RateLimitKey;

impl Chat {
    /// Moves the actor's read marker of a room forward.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::NotMember`].
    pub async fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> Result<(), Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        self.store.mark_read(actor, room, seq).await
    }

    /// Marks the event at `seq` of a room, and all behind it, as unread.
    ///
    /// # Errors
    /// As [`mark_read`](Self::mark_read).
    pub async fn mark_unread(&self, actor: Actor, room: RoomId, seq: Seq) -> Result<(), Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        self.store.mark_unread(actor, room, seq).await
    }
}
