//! What the live side of the server asks of the use cases beside the verbs of people.

use super::{Chat, Limits};
use crate::domain::{Actor, Millis, Refusal, UserId};
use crate::ports::{RateLimitKey, StoreFuture};

impl Chat {
    /// The bounds that are kept.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Counts a change: one of a use case, or one that only the live side makes, such as of one's presence.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub fn count_change(&self, actor: Actor) -> Result<(), Refusal> {
        self.limiter.check(RateLimitKey::Change(actor.user))?;
        match actor.address {
            Some(address) => self.limiter.check(RateLimitKey::GuestChange(address)),
            None => Ok(()),
        }
    }

    /// Counts a question that only the live side answers, such as who is present.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub fn count_read(&self, actor: Actor) -> Result<(), Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))
    }

    /// Notes that these people are here now, for the removal of idle guests.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub fn note_present(&self, users: Vec<UserId>) -> StoreFuture<()> {
        self.store.touch(users)
    }

    /// Whether the storage answers and takes writes.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub fn ready(&self) -> StoreFuture<()> {
        self.store.ready()
    }
}
