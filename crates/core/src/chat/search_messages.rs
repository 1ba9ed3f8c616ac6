use super::Chat;
use crate::domain::permissions::Operator;
use crate::domain::{Actor, Found, Refusal, SearchWish};
use crate::ports::{IndexProgress, RateLimitKey};

/// Messages of a page of what is found.
const PAGE: u32 = 50;

impl Chat {
    /// A page of the messages that somebody looks for. A larger limit than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`search`](crate::ports::Searching::search).
    pub async fn search_messages(&self, actor: Actor, wish: SearchWish) -> Result<Found, Refusal> {
        self.count_read(actor)?;
        self.limiter.check(RateLimitKey::Search(actor.user))?;
        let limit = wish.limit.clamp(1, PAGE.min(self.limits.page));
        self.store.search(actor.user, SearchWish { limit, ..wish }).await
    }

    /// Has the index of messages made anew, beside everything else. Answers whether there is one to be made.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn reindex(&self, _: Operator) -> Result<bool, Refusal> {
        self.store.reindex().await
    }

    /// How far the index of messages is.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn index_progress(&self, _: Operator) -> Result<IndexProgress, Refusal> {
        self.store.index_progress().await
    }
}
