use super::Chat;
use crate::domain::{Actor, ClientId, RoomId, Seq};
use crate::ports::{Appended, MessageDeletion, StoreFuture};
use futures_util::FutureExt as _;
use futures_util::future::ready;

impl Chat {
    /// Deletes a message: the own one, or somebody else's where the actor keeps order. It takes its place when this is called.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`](crate::domain::Refusal::RateLimited), and those of
    /// [`delete_message`](crate::ports::Messages::delete_message).
    pub fn delete_message(
        &self,
        actor: Actor,
        room: RoomId,
        target: Seq,
        client_id: ClientId,
    ) -> StoreFuture<Appended> {
        match self.count_change(actor) {
            Ok(()) => self.store.delete_message(actor, MessageDeletion { room, target, client_id }),
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }
}
