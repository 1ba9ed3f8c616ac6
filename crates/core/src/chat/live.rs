//! What the live side of the server asks of the use cases beside the verbs of people.

use super::{Chat, Limits};
use crate::domain::{Actor, Millis, Refusal, UserId};
use crate::ports::{AnswersTo, RateLimitKey, StoreFuture};
use std::net::IpAddr;

/// What a connection costs that wants to begin, in bytes of answers: looking up whose it is. It is little, so that one person who is
/// refused again and again takes nothing from the others at an address.
const LOOK: usize = 2 * 1024;
/// What it costs when it begins: others are told.
const ARRIVAL: usize = 14 * 1024;

impl Chat {
    /// The bounds that are kept.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The [epoch](crate::ports::Store::epoch) of the storage.
    #[must_use]
    pub fn epoch(&self) -> &str {
        self.store.epoch()
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

    /// Counts a question, whose answer may be long, and looks whether the actor was answered too much lately.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub fn count_read(&self, actor: Actor) -> Result<(), Refusal> {
        self.count_answers(actor.user, actor.address, 0)?;
        self.limiter.check(RateLimitKey::Read(actor.user))
    }

    /// Counts bytes of answers to a person who comes from this address, whatever they answer.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] when they were too many; then they were counted nevertheless.
    pub fn count_answers(&self, user: UserId, address: Option<IpAddr>, bytes: usize) -> Result<(), Refusal> {
        let of_address = match address {
            Some(address) => self.limiter.count_answers(AnswersTo::Address(address), bytes),
            None => Ok(()),
        };
        self.limiter.count_answers(AnswersTo::Person(user), bytes)?;
        of_address
    }

    /// Counts a connection that begins, before it is known whose it is.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] when too much was answered to its address lately.
    pub(super) fn count_arrival(&self, address: IpAddr) -> Result<(), Refusal> {
        let address = AnswersTo::Address(address);
        self.limiter.check_arrival(address)?;
        // What it was counted for was checked.
        _ = self.limiter.count_answers(address, LOOK);
        Ok(())
    }

    /// Counts a connection that begins for the person whose it is.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] when too much was answered to this person lately.
    pub(super) fn count_return(&self, user: UserId, address: IpAddr) -> Result<(), Refusal> {
        self.limiter.check_arrival(AnswersTo::Person(user))?;
        _ = self.count_answers(user, Some(address), ARRIVAL);
        Ok(())
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
