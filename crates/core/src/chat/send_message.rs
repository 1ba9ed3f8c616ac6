use super::Chat;
use crate::domain::{Actor, ClientId, InThread, MessageKind, MessageText, Refusal, RoomId, Seq};
use crate::ports::{Appended, NewMessage, RateLimitKey, StoreFuture};
use futures_util::FutureExt as _;
use futures_util::future::ready;

/// A message that a client wants to write. Its text is not checked yet.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// The room.
    pub room: RoomId,
    /// The client's name for this write.
    pub client_id: ClientId,
    /// How it is shown.
    pub kind: MessageKind,
    /// The text.
    pub text: DraftText<'a>,
    /// The message of the same room that it answers.
    pub reply_to: Option<Seq>,
    /// The thread in which it is to stand.
    pub thread: Option<InThread>,
}

/// What becomes of the white space around a text.
#[derive(Clone, Copy, Debug)]
pub enum DraftText<'a> {
    /// It is taken off.
    Trimmed(&'a str),
    /// It is kept, for protocols that promise to pass texts on as they are.
    Exact(&'a str),
}

impl Chat {
    /// Writes a message into a room of which the actor is a member.
    ///
    /// The message takes its place when this is called, so that a connection's messages keep their order without waiting for
    /// each other. The answer comes after the commit.
    ///
    /// # Errors
    /// [`Refusal::MessageEmpty`], [`Refusal::MessageTooLong`], [`Refusal::RateLimited`], and those of
    /// [`append_message`](crate::ports::Messages::append_message).
    pub fn send_message(&self, actor: Actor, draft: Draft<'_>) -> StoreFuture<Appended> {
        let Draft { room, client_id, kind, text, reply_to, thread } = draft;
        match self.check_message(actor, text) {
            Ok(text) => {
                let message = NewMessage { room, kind, client_id, text, reply_to, thread };
                self.store.append_message(actor, message)
            }
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    /// What is to be written, within the bounds of texts and of their rate.
    pub(super) fn check_message(&self, actor: Actor, text: DraftText<'_>) -> Result<MessageText, Refusal> {
        let text = match text {
            DraftText::Trimmed(text) => MessageText::parse(text, self.limits.message_length),
            DraftText::Exact(text) => MessageText::exact(text, self.limits.message_length),
        }?;
        self.limiter.check(RateLimitKey::Message(actor.user))?;
        if let Some(address) = actor.address {
            self.limiter.check(RateLimitKey::GuestMessage(address))?;
        }
        Ok(text)
    }
}
