use super::Chat;
use crate::domain::{Actor, ClientId, MessageText, Refusal, RoomSlug};
use crate::ports::{Answer, Appended, Limited, NewMessage};
use futures_util::FutureExt as _;
use futures_util::future::ready;

impl Chat {
    /// Writes a message into a room of which the actor is a member.
    ///
    /// The message takes its place when this is called, so that a connection's messages keep their order without waiting for
    /// each other. The answer comes after the commit.
    ///
    /// # Errors
    /// [`Refusal::MessageEmpty`], [`Refusal::MessageTooLong`], [`Refusal::RateLimited`], and those of
    /// [`append_message`](crate::ports::Messages::append_message).
    pub fn send_message(
        &self,
        actor: Actor,
        room: RoomSlug,
        client_id: ClientId,
        text: &str,
    ) -> Answer<Appended> {
        match self.checked(actor, text) {
            Ok(text) => self.store.append_message(actor, NewMessage { room, client_id, text }),
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    fn checked(&self, actor: Actor, text: &str) -> Result<MessageText, Refusal> {
        let text = MessageText::parse(text, self.bounds.message_length)?;
        self.limiter.check(Limited::Message(actor.user))?;
        Ok(text)
    }
}
