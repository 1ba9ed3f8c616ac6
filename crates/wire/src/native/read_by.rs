use chinwag_core::domain::{Seq, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// How far somebody has read a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadBy {
    #[ts(type = "number")]
    pub user_id: i64,
    /// Everything up to here.
    #[ts(type = "number")]
    pub seq: i64,
}

impl From<(UserId, Seq)> for ReadBy {
    fn from((user, seq): (UserId, Seq)) -> Self {
        Self { user_id: user.0, seq: seq.0 }
    }
}
