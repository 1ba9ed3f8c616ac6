//! How a room is kept.

use chinwag_core::domain;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// How a room is kept. What is as in every new room is not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// What newcomers read of what was said before; `all` when it is not there.
    #[serde(default, skip_serializing_if = "is_usual")]
    #[schema(required = false)]
    #[ts(as = "Option<RoomHistory>", optional)]
    pub history: RoomHistory,
}

/// What somebody who becomes a member reads of what was said before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RoomHistory {
    /// Everything.
    #[default]
    All,
    /// Nothing from before the membership.
    Joined,
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<domain::RoomSettings> for Settings {
    fn from(domain::RoomSettings { history }: domain::RoomSettings) -> Self {
        Self { history: history.into() }
    }
}

impl From<Settings> for domain::RoomSettings {
    fn from(Settings { history }: Settings) -> Self {
        Self { history: history.into() }
    }
}

impl From<domain::RoomHistory> for RoomHistory {
    fn from(history: domain::RoomHistory) -> Self {
        match history {
            domain::RoomHistory::All => Self::All,
            domain::RoomHistory::Joined => Self::Joined,
        }
    }
}

impl From<RoomHistory> for domain::RoomHistory {
    fn from(history: RoomHistory) -> Self {
        match history {
            RoomHistory::All => Self::All,
            RoomHistory::Joined => Self::Joined,
        }
    }
}
