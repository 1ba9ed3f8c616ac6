use super::StoreFuture;
use crate::domain::{Refusal, UserId};
use std::net::IpAddr;
use std::time::Duration;

/// What is limited in its rate, and for whom it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateLimitKey {
    /// A message by a person.
    Message(UserId),
    /// A message from an address, beside [`Message`](Self::Message), by somebody without an account of one's own. Whoever signs in anew
    /// is another person each time.
    GuestMessage(IpAddr),
    /// Any other change by a person: join, leave, rename, change of a room.
    Change(UserId),
    /// The same from an address, beside [`Change`](Self::Change).
    GuestChange(IpAddr),
    /// A person asks for a page or a list, or moves a read marker.
    Read(UserId),
    /// A person searches, beside [`Read`](Self::Read).
    Search(UserId),
    /// A person creates a room.
    RoomCreation(UserId),
    /// The same from an address, beside [`RoomCreation`](Self::RoomCreation).
    GuestRoomCreation(IpAddr),
    /// A person opens a conversation that was not there.
    Conversation(UserId),
    /// The same from an address, beside [`Conversation`](Self::Conversation).
    GuestConversation(IpAddr),
    /// A person begins to share a file.
    Upload(UserId),
    /// The same from an address, beside [`Upload`](Self::Upload).
    GuestUpload(IpAddr),
    /// A person has a mail sent to somebody.
    Mail(UserId),
    /// A guest signs in from an address.
    SignIn(IpAddr),
    /// A visitor comes from an address.
    Visit(IpAddr),
}

/// Who is answered, and for whom the bytes of the answers count: replays, pages, replies, errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnswersTo {
    /// A person, on all connections together.
    Person(UserId),
    /// Everybody who comes from an address.
    Address(IpAddr),
}

/// Keeps the rate limits.
pub trait Limiter: Send + Sync {
    /// Counts one `action`.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] with the wait; then the action was not counted.
    fn check(&self, action: RateLimitKey) -> Result<(), Refusal>;

    /// Counts one `action` over all nodes, where there are several: for what happens seldom, and writes anyway.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] with the wait.
    fn admit(&self, action: RateLimitKey) -> StoreFuture<()>;

    /// Counts bytes of answers that are on their way already.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] with the wait when these were more than the share; then they were counted nevertheless.
    fn count_answers(&self, to: AnswersTo, bytes: usize) -> Result<(), Refusal>;

    /// Whether a good part of the share is free, so that a connection that begins now gets far enough.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] with the wait.
    fn check_arrival(&self, to: AnswersTo) -> Result<(), Refusal>;
}

/// How many actions there may be, evenly in a time or all at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// So many,
    pub count: u32,
    /// in this time.
    pub period: Duration,
}

/// Counts for a [`Limiter`] what happens on all nodes.
pub trait SharedLimits: Send + Sync {
    /// Counts one action that is limited to `rate` for each `key`. [`Refusal::RateLimited`] with the wait; then it was not counted.
    fn count(&self, key: String, rate: Rate) -> StoreFuture<()>;

    /// Forgets the keys for which everything is free again.
    fn forget_the_rested(&self) -> StoreFuture<()>;
}
