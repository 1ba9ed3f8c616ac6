use super::permissions::ServerRole;
use super::{ConnectionId, SessionId, UserId};
use core::net::IpAddr;

/// A person's account as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The account.
    pub id: UserId,
    /// The name at present.
    pub name: String,
    /// What sort of account it is.
    pub kind: AccountKind,
    /// What the person is on the whole server.
    pub role: ServerRole,
}

impl User {
    /// One who signed in by name only.
    #[must_use]
    pub fn guest(id: UserId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), kind: AccountKind::Guest, role: ServerRole::Guest }
    }

    /// One whose account lasts as long as a connection.
    #[must_use]
    pub fn visitor(id: UserId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), kind: AccountKind::Visitor, role: ServerRole::Visitor }
    }
}

/// What sort of account it is: how somebody came to it, and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// Lasts as long as a connection.
    Visitor,
    /// Signed in by name only.
    Guest,
    /// Of a person who signs in to it.
    Member,
    /// Of a program.
    Bot,
}

impl AccountKind {
    /// Whether it is nobody's own: made by a name alone, and gone when it is not used any more.
    #[must_use]
    pub fn is_passing(self) -> bool {
        match self {
            Self::Visitor | Self::Guest => true,
            Self::Member | Self::Bot => false,
        }
    }
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
