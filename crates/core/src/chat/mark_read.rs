use super::Chat;
use crate::domain::{Actor, Reader, Refusal, RoomId, Seq};
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

    /// How far the others in a room have read it who share that; nobody in a room that is not small.
    ///
    /// # Errors
    /// As [`mark_read`](Self::mark_read).
    pub async fn list_reads(&self, actor: Actor, room: RoomId) -> Result<Vec<Reader>, Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        self.store.reads(actor.user, room).await
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
