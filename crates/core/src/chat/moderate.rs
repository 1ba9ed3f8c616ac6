use super::Chat;
use crate::domain::{Actor, Bans, Moderation, Refusal, RoomId, UserId};

impl Chat {
    /// Does something to somebody in a room. When this is answered, none of the connections hears the room any more of one whose membership ended.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`moderate`](crate::ports::Members::moderate).
    pub async fn moderate(
        &self,
        actor: Actor,
        room: RoomId,
        user: UserId,
        what: Moderation,
    ) -> Result<(), Refusal> {
        self.count_change(actor)?;
        let endings = self.store.moderate(actor, room, user, what).await?;
        self.settle(endings).await
    }

    /// Who is banned from a room.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::RoomNotFound`], [`Refusal::Forbidden`].
    pub async fn bans(&self, actor: Actor, room: RoomId) -> Result<Bans, Refusal> {
        self.count_read(actor)?;
        let mut bans = self.store.bans(actor.user, room).await?;
        let now = self.clock.now();
        bans.bans.retain(|ban| !ban.is_over(now));
        Ok(bans)
    }
}
