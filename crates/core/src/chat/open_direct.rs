use super::Chat;
use crate::domain::{Actor, GROUP_SIZE, Refusal, RoomOverview, UserId};
use crate::ports::RateLimitKey;
use std::collections::BTreeSet;

impl Chat {
    /// Opens the conversation of the actor with these others: the one that is there, or a new one.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] for nobody, [`Refusal::RoomFull`] for too many, [`Refusal::RateLimited`], and those of
    /// [`open_conversation`](crate::ports::Rooms::open_conversation).
    pub async fn open_direct(&self, actor: Actor, users: Vec<UserId>) -> Result<RoomOverview, Refusal> {
        let others: BTreeSet<UserId> = users.into_iter().filter(|user| *user != actor.user).collect();
        match others.len() {
            0 => return Err(Refusal::RoomInvalid("A conversation needs somebody else. Say who it is.")),
            others if others >= GROUP_SIZE => return Err(Refusal::RoomFull { limit: GROUP_SIZE }),
            _ => {}
        }
        let others: Vec<_> = others.into_iter().collect();
        self.count_read(actor)?;
        if let Some(room) = self.store.conversation(actor.user, others.clone()).await? {
            return Ok(room);
        }
        self.limiter.admit(RateLimitKey::Conversation(actor.user)).await?;
        if let Some(address) = actor.address {
            self.limiter.admit(RateLimitKey::GuestConversation(address)).await?;
        }
        self.store.open_conversation(actor, others, self.limits.of_rooms()).await
    }
}
