use super::Chat;
use crate::domain::{Actor, ReactionPeople, Refusal, RoomId, Seq};
use crate::ports::Reacting;

impl Chat {
    /// Adds a reaction of the actor to a message, or takes it back.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`react`](crate::ports::Reactions::react).
    pub async fn react(&self, actor: Actor, reacting: Reacting) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.react(actor, reacting).await
    }

    /// Everybody who reacted to a message.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`reactions`](crate::ports::Reactions::reactions).
    pub async fn reactions(
        &self,
        actor: Actor,
        room: RoomId,
        target: Seq,
    ) -> Result<Vec<ReactionPeople>, Refusal> {
        self.count_read(actor)?;
        self.store.reactions(actor.user, room, target).await
    }
}
