//! What concerned somebody.

use crate::native::{LogEvent, Person};
use chinwag_core::domain::{self, RoomEvent};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/activity`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuery {
    /// The `next` of the page before.
    pub before: Option<i64>,
    /// Entries of a page; more than 200 is served as 200.
    #[param(default = 50)]
    pub limit: Option<u32>,
}

/// The answer of `GET /api/activity`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ActivityPage {
    /// The last first. What one may not read any more is left out, so a page may be shorter than was asked for.
    pub activity: Vec<Activity>,
    /// Hand it in as `before` for the next page, when there may be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub next: Option<i64>,
}

/// Something that concerned somebody.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Activity {
    #[ts(type = "number")]
    pub id: i64,
    pub kind: ActivityKind,
    /// With what somebody reacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub emoji: Option<String>,
    pub by: Person,
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// The message that did it, or to which somebody reacted, as it is now.
    pub message: LogEvent,
}

/// How something concerns somebody: the first of these that is true of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ActivityKind {
    Mention,
    Reply,
    Thread,
    Reaction,
}

impl From<domain::ActivityPage> for ActivityPage {
    fn from(page: domain::ActivityPage) -> Self {
        Self { activity: page.activity.into_iter().map(Activity::from).collect(), next: page.next }
    }
}

impl From<domain::Activity> for Activity {
    fn from(activity: domain::Activity) -> Self {
        let domain::Activity { id, kind, by: (user, name), at, message } = activity;
        let (kind, emoji) = match kind {
            domain::ActivityKind::Mention => (ActivityKind::Mention, None),
            domain::ActivityKind::Reply => (ActivityKind::Reply, None),
            domain::ActivityKind::Thread => (ActivityKind::Thread, None),
            domain::ActivityKind::Reaction(emoji) => (ActivityKind::Reaction, Some(emoji)),
        };
        let by = Person { user_id: user.0, name };
        Self { id, kind, emoji, by, at: at.0, message: LogEvent::from(&RoomEvent::from(message)) }
    }
}
