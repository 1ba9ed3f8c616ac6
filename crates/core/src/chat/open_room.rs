use super::Chat;
use crate::domain::{Actor, Refusal, RoomKind, RoomSlug, RoomTitle, RoomTopic};
use crate::ports::{NewRoom, RateLimitKey};

impl Chat {
    /// Makes a public room for somebody who wants to enter it by its address. Nothing changes when it exists.
    ///
    /// Visitors come and go, so what they make counts for the address that they come from.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`create_room`](crate::ports::Rooms::create_room).
    pub async fn open_room(&self, actor: Actor, slug: RoomSlug) -> Result<(), Refusal> {
        self.limiter.check(match actor.address {
            Some(address) if actor.is_visit => RateLimitKey::RoomOpening(address),
            _ => RateLimitKey::RoomCreation(actor.user),
        })?;
        let (title, topic) = (RoomTitle::of(&slug), RoomTopic::default());
        let room = NewRoom { kind: RoomKind::Public, slug, title, topic };
        match self.store.create_room(actor, room, self.limits.rooms_per_person).await {
            // Somebody else was faster.
            Ok(_) | Err(Refusal::RoomExists(_)) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }
}
