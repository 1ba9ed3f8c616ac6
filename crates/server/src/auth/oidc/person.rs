//! What this server makes of what a provider says of a person.

use super::id_token::{Claims, Rejection, subject, text};
use crate::config::GroupRole;
use chinwag_core::chat::ProvidedPerson;
use chinwag_core::domain::permissions::ServerRole;
use serde_json::Value;

/// Claims that have a name, if the one that is configured has none.
const NAMES: [&str; 3] = ["preferred_username", "nickname", "name"];

/// Which claims say what.
pub(super) struct Mapping {
    pub(super) name_claim: String,
    pub(super) groups_claim: String,
    pub(super) roles: Vec<GroupRole>,
}

impl Mapping {
    /// Whether the claims of a token leave open what is asked for, so that the provider has to be asked for more.
    pub(super) fn wants_more_than(&self, claims: &Claims) -> bool {
        let knows_groups = self.roles.is_empty() || find(claims, &self.groups_claim).is_some();
        find(claims, &self.name_claim).is_none() || !knows_groups
    }

    /// The highest role that groups give.
    pub(super) fn highest(&self) -> ServerRole {
        self.roles.iter().map(|given| given.role).max().unwrap_or(ServerRole::Member)
    }

    /// Who it is.
    pub(super) fn person(&self, issuer: &str, claims: &Claims) -> Result<ProvidedPerson, Rejection> {
        let configured = find(claims, &self.name_claim).and_then(Value::as_str);
        let mut names = configured.into_iter().chain(NAMES.iter().filter_map(|name| text(claims, name)));
        let is_verified = match claims.get("email_verified") {
            Some(Value::Bool(is_verified)) => *is_verified,
            Some(Value::String(word)) => word == "true",
            Some(_) | None => false,
        };
        Ok(ProvidedPerson {
            issuer: issuer.to_owned(),
            subject: subject(claims)?.to_owned(),
            name: names.find(|name| !name.trim().is_empty()).map(str::to_owned),
            email: text(claims, "email").filter(|_| is_verified).map(str::to_owned),
            role: self.role(claims),
        })
    }

    /// The highest role of a person's groups.
    fn role(&self, claims: &Claims) -> Option<ServerRole> {
        let groups = find(claims, &self.groups_claim)?;
        let is_in = |group: &str| match groups {
            Value::Array(all) => all.iter().any(|one| one.as_str() == Some(group)),
            Value::String(one) => one == group,
            // Some name them by keys, and say more of each.
            Value::Object(all) => all.contains_key(group),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        };
        self.roles.iter().filter(|given| is_in(&given.group)).map(|given| given.role).max()
    }
}

/// A claim by its name, in which dots may lead into objects.
fn find<'a>(claims: &'a Claims, name: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    find(claims.get(first)?.as_object()?, rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mapping(groups_claim: &str) -> Mapping {
        Mapping {
            name_claim: "preferred_username".to_owned(),
            groups_claim: groups_claim.to_owned(),
            roles: ["staff=moderator", "it=admin", "both=moderator"].map(|it| it.parse().unwrap()).into(),
        }
    }

    fn claims(value: Value) -> Claims {
        value.as_object().unwrap().clone()
    }

    fn role(groups_claim: &str, value: Value) -> Option<ServerRole> {
        let mut claims = claims(value);
        claims.insert("sub".to_owned(), json!("7"));
        mapping(groups_claim).person("i", &claims).unwrap().role
    }

    #[test]
    fn groups_give_the_highest_of_their_roles() {
        let groups = |all: Value| role("groups", json!({ "groups": all }));
        assert_eq!(groups(json!(["people", "staff"])), Some(ServerRole::Moderator));
        assert_eq!(groups(json!(["staff", "it", "both"])), Some(ServerRole::Admin));
        assert_eq!(groups(json!("it")), Some(ServerRole::Admin));
        assert_eq!(groups(json!({"staff": {"org": 1}})), Some(ServerRole::Moderator));
        for none in
            [json!([]), json!(["Staff", "staffs", "owner", 7]), json!("it,staff"), json!(null), json!(true)]
        {
            assert_eq!(groups(none.clone()), None, "{none}");
        }
        assert_eq!(role("groups", json!({})), None);
        assert_eq!(mapping("groups").highest(), ServerRole::Admin);
    }

    #[test]
    fn a_claim_may_stand_in_an_object() {
        let keycloak = json!({"realm_access": {"roles": ["it"]}});
        assert_eq!(role("realm_access.roles", keycloak), Some(ServerRole::Admin));
        let plain = json!({"https://example.org/groups": ["it"]});
        assert_eq!(role("https://example.org/groups", plain), Some(ServerRole::Admin));
        assert_eq!(role("realm_access.roles", json!({"realm_access": ["it"]})), None);
    }

    #[test]
    fn a_person_has_a_name_and_an_address_that_is_theirs() {
        let person = |value: Value| mapping("groups").person("i", &claims(value)).unwrap();
        let alex = person(json!({"sub": "7", "preferred_username": "alex", "name": "Alex Smith",
            "email": "alex@example.org", "email_verified": true}));
        assert_eq!((alex.issuer.as_str(), alex.subject.as_str()), ("i", "7"));
        assert_eq!((alex.name.as_deref(), alex.email.as_deref()), (Some("alex"), Some("alex@example.org")));
        let sam =
            person(json!({"sub": "8", "preferred_username": " ", "name": "Sam", "email": "sam@example.org"}));
        assert_eq!((sam.name.as_deref(), sam.email.as_deref()), (Some("Sam"), None));
        assert_eq!(person(json!({"sub": "9"})).name, None);
        assert!(mapping("groups").person("i", &claims(json!({"name": "Nobody"}))).is_err());
    }

    #[test]
    fn more_is_asked_for_when_something_is_missing() {
        let wants = |value: Value| mapping("groups").wants_more_than(&claims(value));
        assert!(wants(json!({"preferred_username": "alex"})));
        assert!(wants(json!({"groups": []})));
        assert!(!wants(json!({"preferred_username": "alex", "groups": []})));
        let plain = Mapping { roles: Vec::new(), ..mapping("groups") };
        assert!(!plain.wants_more_than(&claims(json!({"preferred_username": "alex"}))));
        assert_eq!(plain.highest(), ServerRole::Member);
    }
}
