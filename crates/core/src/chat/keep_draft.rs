use super::Chat;
use crate::domain::{Actor, DRAFT_LENGTH, DraftPlace, KeptDraft, MessageText, Millis, Refusal, Seq};
use crate::ports::RateLimitKey;

impl Chat {
    /// Keeps what somebody has begun to write, or forgets it when nothing is left of it.
    ///
    /// # Errors
    /// [`Refusal::MessageTooLong`], [`Refusal::MessageInvalid`], [`Refusal::RateLimited`], and those of
    /// [`keep_draft`](crate::ports::Drafts::keep_draft).
    pub async fn keep_draft(
        &self,
        actor: Actor,
        place: DraftPlace,
        text: &str,
        reply_to: Option<Seq>,
    ) -> Result<(), Refusal> {
        // It comes with each pause in writing, as a read marker does in reading: one in a second would use up what is allowed of changes.
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        let text = match MessageText::exact(text, DRAFT_LENGTH) {
            Ok(text) => Some(text),
            Err(Refusal::MessageEmpty) => None,
            Err(refusal) => return Err(refusal),
        };
        // The storage knows the time.
        let draft = KeptDraft { place, reply_to: reply_to.filter(|_| text.is_some()), text, at: Millis(0) };
        self.store.keep_draft(actor, draft).await
    }

    /// All that somebody has begun to write.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn drafts(&self, actor: Actor) -> Result<Vec<KeptDraft>, Refusal> {
        self.count_read(actor)?;
        self.store.drafts(actor.user).await
    }
}
