use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, SavedPage, Seq};

impl Chat {
    /// Keeps a message for later.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`save`](crate::ports::SavedMessages::save).
    pub async fn save(&self, actor: Actor, room: RoomId, target: Seq) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.save(actor, room, target).await
    }

    /// Keeps it no longer.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn unsave(&self, actor: Actor, room: RoomId, target: Seq) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.unsave(actor, room, target).await
    }

    /// A page of the messages that somebody keeps, the last one saved first.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn saved(&self, actor: Actor, before: Option<i64>, limit: u32) -> Result<SavedPage, Refusal> {
        self.count_read(actor)?;
        self.store.saved(actor.user, before, limit.clamp(1, self.limits.page)).await
    }
}
