use super::{ConnectionId, SessionId, UserId};
use core::net::IpAddr;

/// A person's account as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The account.
    pub id: UserId,
    /// The name at present.
    pub name: String,
    /// Signed in by name only.
    pub guest: bool,
}

/// The person in whose name a command is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// The sign-in through which the command came.
    pub session: SessionId,
    /// The live connection through which it came; none for REST.
    pub connection: Option<ConnectionId>,
    /// From where it came, when that is somebody without an account of one's own: their haste counts for the address, too.
    pub address: Option<IpAddr>,
    /// Whether nobody signed in: a visitor, whose account ends with the connection.
    pub is_visit: bool,
}
