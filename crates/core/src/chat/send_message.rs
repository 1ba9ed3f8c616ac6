use super::Chat;
use crate::domain::{Actor, ClientId, MessageText, Refusal, RoomSlug};
use crate::ports::{Answer, Appended, Expected, Limited, NewMessage};
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
        expected: Expected,
    ) -> Answer<Appended> {
        self.append(actor, room, client_id, MessageText::parse(text, self.bounds.message_length), expected)
    }

    /// Writes a message as [`send_message`](Self::send_message) does, and keeps the white space around its text.
    ///
    /// # Errors
    /// Those of [`send_message`](Self::send_message).
    pub fn send_exact_message(
        &self,
        actor: Actor,
        room: RoomSlug,
        client_id: ClientId,
        text: &str,
        expected: Expected,
    ) -> Answer<Appended> {
        self.append(actor, room, client_id, MessageText::exact(text, self.bounds.message_length), expected)
    }

    fn append(
        &self,
        actor: Actor,
        room: RoomSlug,
        client_id: ClientId,
        text: Result<MessageText, Refusal>,
        expected: Expected,
    ) -> Answer<Appended> {
        let allowed = text.and_then(|text| {
            self.limiter.check(Limited::Message(actor.user))?;
            // A visitor who comes anew for each message is a new person each time.
            if let Some(address) = actor.visits_from {
                self.limiter.check(Limited::VisitorMessage(address))?;
            }
            Ok(text)
        });
        match allowed {
            Ok(text) => self.store.append_message(actor, NewMessage { room, client_id, text, expected }),
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }
}
