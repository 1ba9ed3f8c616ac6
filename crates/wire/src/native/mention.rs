use chinwag_core::domain::Mentioned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Somebody whom a message mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
}

impl Mention {
    pub(super) fn all(mentions: &[Mentioned]) -> Vec<Self> {
        mentions.iter().map(|person| Self { user_id: person.user.0, name: person.name.clone() }).collect()
    }
}
