use super::Chat;
use crate::domain::{Actor, Refusal, RoomKind, RoomSlug, RoomTitle, RoomTopic};
use crate::ports::NewRoom;

impl Chat {
    /// Makes a public room for somebody who wants to enter it by its address. Nothing changes when it exists.
    ///
    /// # Errors
    /// Those of [`create_room`](Self::create_room).
    pub async fn open_room(&self, actor: Actor, slug: RoomSlug) -> Result<(), Refusal> {
        let (title, topic) = (RoomTitle::of(&slug), RoomTopic::default());
        let room = NewRoom { kind: RoomKind::Public, slug, title, topic, people: Vec::new() };
        match self.create_room(actor, room).await {
            // Somebody else was faster.
            Ok(_) | Err(Refusal::RoomExists(_)) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }
}
