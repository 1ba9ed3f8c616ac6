use super::{Chat, DraftText};
use crate::domain::{Actor, ClientId, RoomId, Seq};
use crate::ports::{Appended, MessageEdit, StoreFuture};
use futures_util::FutureExt as _;
use futures_util::future::ready;

impl Chat {
    /// Gives a message of the actor another text, without the white space around it. It counts like a message, and takes its place when this
    /// is called.
    ///
    /// # Errors
    /// Those of [`send_message`](Self::send_message) for the text, and those of
    /// [`edit_message`](crate::ports::Messages::edit_message).
    pub fn edit_message(
        &self,
        actor: Actor,
        room: RoomId,
        target: Seq,
        client_id: ClientId,
        text: &str,
    ) -> StoreFuture<Appended> {
        match self.check_message(actor, DraftText::Trimmed(text)) {
            Ok(text) => self.store.edit_message(actor, MessageEdit { room, target, client_id, text }),
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }
}
