use super::Chat;
use crate::domain::{Actor, Refusal, RoomSlug, RoomTitle, RoomTopic};
use crate::ports::{Limited, NewRoom};
use std::net::IpAddr;

impl Chat {
    /// Makes a room for a visitor who wants to enter it. Nothing changes when it exists.
    ///
    /// Visitors come and go, so what they make counts for their `address`.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`create_room`](crate::ports::Rooms::create_room).
    pub async fn open_room(&self, actor: Actor, slug: RoomSlug, address: IpAddr) -> Result<(), Refusal> {
        self.limiter.check(Limited::RoomOpening(address))?;
        let room = NewRoom { title: RoomTitle::of(&slug), topic: RoomTopic::default(), slug };
        match self.store.create_room(actor, room, self.bounds.rooms_per_person).await {
            // Somebody else was faster.
            Ok(_) | Err(Refusal::RoomExists(_)) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }
}
