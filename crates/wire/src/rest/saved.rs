//! Messages that people keep for later.

use crate::native::LogEvent;
use chinwag_core::domain::{self, RoomEvent};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/saved`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SavedQuery {
    /// The `next` of the page before.
    pub before: Option<i64>,
    /// Messages of a page; more than 200 is served as 200.
    #[param(default = 50)]
    pub limit: Option<u32>,
}

/// The answer of `GET /api/saved`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct SavedPage {
    /// The last one saved first. What one may not read any more is left out, so a page may be shorter than was asked for.
    pub saved: Vec<SavedMessage>,
    /// Hand it in as `before` for the next page, when there may be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub next: Option<i64>,
}

/// A message that somebody keeps for later.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct SavedMessage {
    pub message: LogEvent,
    /// When it was saved, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
}

impl From<domain::SavedPage> for SavedPage {
    fn from(page: domain::SavedPage) -> Self {
        let saved = |domain::SavedMessage { id: _, at, message }: domain::SavedMessage| SavedMessage {
            message: LogEvent::from(&RoomEvent::from(message)),
            at: at.0,
        };
        Self { saved: page.saved.into_iter().map(saved).collect(), next: page.next }
    }
}
