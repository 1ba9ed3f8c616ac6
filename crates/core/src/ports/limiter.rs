use crate::domain::{Refusal, UserId};
use std::net::IpAddr;

/// What is limited in its rate, and for whom it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateLimitKey {
    /// A message by a person.
    Message(UserId),
    /// A message by a visitor from an address, beside [`Message`](Self::Message).
    VisitorMessage(IpAddr),
    /// Any other change by a person: join, leave, rename, change of a room.
    Change(UserId),
    /// A person asks for a page or a list, or moves a read marker.
    Read(UserId),
    /// A person creates a room.
    RoomCreation(UserId),
    /// A guest signs in from an address.
    SignIn(IpAddr),
    /// A visitor comes from an address.
    Visit(IpAddr),
    /// A visitor from an address enters a room that does not exist yet.
    RoomOpening(IpAddr),
}

/// Keeps the rate limits.
pub trait Limiter: Send + Sync {
    /// Counts one `action`.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] with the wait; then the action was not counted.
    fn check(&self, action: RateLimitKey) -> Result<(), Refusal>;
}
