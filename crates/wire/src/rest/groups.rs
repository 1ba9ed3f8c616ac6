//! Groups of people who are mentioned at once.

use crate::native::Person;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// The answer of `GET /api/groups`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct UserGroups {
    /// All of them, by their names.
    pub groups: Vec<UserGroup>,
}

/// A group that can be mentioned: `design` as `<@&design>` in a text.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct UserGroup {
    /// What it is called, without the `@`.
    pub name: String,
    /// How many people are in it.
    pub people: u32,
    /// Whether the caller is among them.
    pub mine: bool,
}

/// The answer of `GET /api/groups/{group}`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct GroupPeople {
    /// Who is in it, by their names.
    pub people: Vec<Person>,
}

impl From<chinwag_core::domain::UserGroup> for UserGroup {
    fn from(group: chinwag_core::domain::UserGroup) -> Self {
        Self { name: group.name.as_str().to_owned(), people: group.people, mine: group.is_mine }
    }
}
