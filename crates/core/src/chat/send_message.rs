use super::Chat;
use crate::domain::{
    Actor, ClientId, FileId, InThread, MessageKind, MessageText, Refusal, RoomId, Seq, UserId,
};
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
    /// The files that come with it. With files it may have no text.
    pub attachments: Box<[FileId]>,
    /// Who is present in the room, as far as its text [mentions](crate::domain::Crowd::Here) them.
    pub here: Box<[UserId]>,
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
        let Draft { room, client_id, kind, text, reply_to, thread, attachments, here } = draft;
        match self.check_with_files(actor, text, &attachments) {
            Ok(text) => {
                let message = NewMessage { room, kind, client_id, text, reply_to, thread, attachments, here };
                self.store.append_message(actor, message)
            }
            Err(refusal) => ready(Err(refusal)).boxed(),
        }
    }

    /// What is to be written, within the bounds of texts and of their rate.
    pub(super) fn check_message(&self, actor: Actor, text: DraftText<'_>) -> Result<MessageText, Refusal> {
        let text = self.read_text(text)?;
        self.count_message(actor)?;
        Ok(text)
    }

    /// The same of a message that may come with files: then it needs no text.
    pub(super) fn check_with_files(
        &self,
        actor: Actor,
        text: DraftText<'_>,
        files: &[FileId],
    ) -> Result<MessageText, Refusal> {
        self.check_files(files)?;
        if files.is_empty() {
            self.check_message(actor, text)
        } else {
            self.check_message_with_files(actor, text)
        }
    }

    /// The same of a message that shows files, whatever its text.
    fn check_message_with_files(&self, actor: Actor, text: DraftText<'_>) -> Result<MessageText, Refusal> {
        let text = MessageText::or_nothing(self.read_text(text))?;
        self.count_message(actor)?;
        Ok(text)
    }

    /// Refuses more files than a message may have, or one of them twice.
    fn check_files(&self, files: &[FileId]) -> Result<(), Refusal> {
        let limit = self.limits.files_per_message;
        if files.len() > limit as usize {
            return Err(Refusal::TooManyFiles { limit });
        }
        let is_twice = |(place, file): (usize, &FileId)| files[..place].contains(file);
        if files.iter().enumerate().any(is_twice) { Err(Refusal::FileNotFound) } else { Ok(()) }
    }

    fn read_text(&self, text: DraftText<'_>) -> Result<MessageText, Refusal> {
        match text {
            DraftText::Trimmed(text) => MessageText::parse(text, self.limits.message_length),
            DraftText::Exact(text) => MessageText::exact(text, self.limits.message_length),
        }
    }

    fn count_message(&self, actor: Actor) -> Result<(), Refusal> {
        self.limiter.check(RateLimitKey::Message(actor.user))?;
        if let Some(address) = actor.address {
            self.limiter.check(RateLimitKey::GuestMessage(address))?;
        }
        Ok(())
    }
}
