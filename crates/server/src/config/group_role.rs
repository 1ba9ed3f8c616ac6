use chinwag_core::domain::permissions::ServerRole;
use serde::Deserialize;
use std::str::FromStr;

/// A group of a provider, and what its people are on the server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct GroupRole {
    pub(crate) group: String,
    pub(crate) role: ServerRole,
}

/// What is no group with a role.
#[derive(Debug, thiserror::Error)]
pub enum NotAGroupRole {
    /// There is no group, or no role.
    #[error("this is no group with a role, such as chat-staff=moderator or it=admin")]
    Form,
    /// Whoever can change groups at the provider would own the server.
    #[error("no group makes owners: somebody is made one by chinwag admin promote")]
    Owner,
}

impl FromStr for GroupRole {
    type Err = NotAGroupRole;

    /// The name of a group may have an = of its own, as those of LDAP do.
    fn from_str(text: &str) -> Result<Self, NotAGroupRole> {
        let (group, role) = text.rsplit_once('=').ok_or(NotAGroupRole::Form)?;
        let role = match role.trim() {
            "moderator" => ServerRole::Moderator,
            "admin" => ServerRole::Admin,
            "owner" => return Err(NotAGroupRole::Owner),
            _ => return Err(NotAGroupRole::Form),
        };
        let group = group.trim().to_owned();
        if group.is_empty() { Err(NotAGroupRole::Form) } else { Ok(Self { group, role }) }
    }
}

impl TryFrom<String> for GroupRole {
    type Error = NotAGroupRole;

    fn try_from(text: String) -> Result<Self, NotAGroupRole> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_makes_moderators_or_admins() {
        let read = |text: &str| text.parse::<GroupRole>().map(|read| (read.group, read.role)).ok();
        assert_eq!(read("staff=moderator"), Some(("staff".to_owned(), ServerRole::Moderator)));
        assert_eq!(read(" /it/chat = admin "), Some(("/it/chat".to_owned(), ServerRole::Admin)));
        assert_eq!(read("cn=it,dc=org=admin"), Some(("cn=it,dc=org".to_owned(), ServerRole::Admin)));
        for text in ["", "staff", "=admin", "staff=", "staff=member", "staff=guest", "staff=Admin"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!("staff=owner".parse::<GroupRole>().unwrap_err().to_string().contains("promote"));
    }
}
