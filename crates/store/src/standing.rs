//! What an account is, in the one word that says it: its role on the server, or its kind where it has none.

use crate::sql::{DatabaseError, Row};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{AccountKind, User};

/// The columns that [`read_user`] reads.
macro_rules! user_columns {
    () => {
        "users.id, users.name, coalesce(users.role, users.kind)"
    };
}
pub(crate) use user_columns;

/// Reads [`user_columns!`] from the column `first` on.
pub(crate) fn read_user(row: Row<'_>, first: usize) -> Result<User, DatabaseError> {
    let (kind, role) = parse(row.text(first + 2)?)?;
    Ok(User { id: row.get(first)?, name: row.get(first + 1)?, kind, role })
}

/// How a role on the server stands in the table; a member without one has none.
pub(crate) fn stored_role(role: ServerRole) -> Option<&'static str> {
    match role {
        ServerRole::Visitor | ServerRole::Guest | ServerRole::Member => None,
        ServerRole::Moderator => Some("moderator"),
        ServerRole::Admin => Some("admin"),
        ServerRole::Owner => Some("owner"),
    }
}

/// What sort of account it is, and what it may be on the server.
pub(crate) fn parse(standing: &str) -> Result<(AccountKind, ServerRole), DatabaseError> {
    Ok(match standing {
        "visitor" => (AccountKind::Visitor, ServerRole::Visitor),
        "guest" => (AccountKind::Guest, ServerRole::Guest),
        "bot" => (AccountKind::Bot, ServerRole::Member),
        "member" => (AccountKind::Member, ServerRole::Member),
        "moderator" => (AccountKind::Member, ServerRole::Moderator),
        "admin" => (AccountKind::Member, ServerRole::Admin),
        "owner" => (AccountKind::Member, ServerRole::Owner),
        other => return Err(DatabaseError::defect(format!("unknown kind of account {other}"))),
    })
}
