use chinwag_core::ports::ShownAvatar;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose picture is another one, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AvatarChange {
    /// The person; the server when it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub user_id: Option<i64>,
    /// What the picture is called; none when there is none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub avatar: Option<String>,
}

impl From<ShownAvatar> for AvatarChange {
    fn from(ShownAvatar { person, avatar }: ShownAvatar) -> Self {
        Self { user_id: person.map(|user| user.0), avatar: avatar.map(|id| id.to_string()) }
    }
}
