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
    /// Who writes there; `everyone` when it is not there.
    #[serde(default, skip_serializing_if = "is_usual")]
    #[schema(required = false)]
    #[ts(as = "Option<RoomPosting>", optional)]
    pub posting: RoomPosting,
    /// Seconds that members wait between two messages.
    #[serde(default, skip_serializing_if = "is_usual")]
    #[schema(required = false)]
    #[ts(as = "Option<u32>", optional)]
    pub slow_mode_s: u32,
    /// Whether it is only there to be read.
    #[serde(default, skip_serializing_if = "is_usual")]
    #[schema(required = false)]
    #[ts(as = "Option<bool>", optional)]
    pub archived: bool,
}

/// Who writes in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RoomPosting {
    /// All who are there.
    #[default]
    Everyone,
    /// Those who keep order there.
    Moderators,
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
    fn from(settings: domain::RoomSettings) -> Self {
        let domain::RoomSettings { history, posting, slow_mode, archived } = settings;
        let (history, posting) = (history.into(), posting.into());
        Self { history, posting, slow_mode_s: slow_mode.seconds(), archived }
    }
}

impl From<Settings> for domain::RoomSettings {
    fn from(settings: Settings) -> Self {
        let Settings { history, posting, slow_mode_s, archived } = settings;
        let (history, posting) = (history.into(), posting.into());
        Self { history, posting, slow_mode: domain::SlowMode::nearest(slow_mode_s), archived }
    }
}

impl From<domain::RoomPosting> for RoomPosting {
    fn from(posting: domain::RoomPosting) -> Self {
        match posting {
            domain::RoomPosting::Everyone => Self::Everyone,
            domain::RoomPosting::Moderators => Self::Moderators,
        }
    }
}

impl From<RoomPosting> for domain::RoomPosting {
    fn from(posting: RoomPosting) -> Self {
        match posting {
            RoomPosting::Everyone => Self::Everyone,
            RoomPosting::Moderators => Self::Moderators,
        }
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
