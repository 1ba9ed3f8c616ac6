//! What those see and do who run the server: its rooms, its settings, and who is kept out of it.

use crate::health::StorageEngine;
use crate::native::{self, Ban, Person, ProtocolError, RoomKind};
use chinwag_core::domain::{AccountBan, Millis};
use chinwag_core::ports;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/admin/rooms`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RoomReportsQuery {
    /// Part of a title or an address.
    pub q: Option<String>,
    /// The number of the last room of the page before.
    pub after: Option<i64>,
    /// Rooms of a page; more than 200 is served as 200.
    #[param(default = 100)]
    pub limit: Option<u32>,
}

/// The answer of `GET /api/admin/rooms`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RoomReportsPage {
    /// By their numbers.
    pub rooms: Vec<RoomReport>,
}

/// A room as those see it who run the server.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomReport {
    /// The room's number.
    pub room: i64,
    pub kind: RoomKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub slug: Option<String>,
    pub title: String,
    /// Whether it is only there to be read.
    pub archived: bool,
    pub members: u64,
    /// How many events its log has.
    pub events: i64,
    /// Who made it; nobody for those that came with the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub creator: Option<Person>,
    pub created_at: i64,
    /// When the last message in it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub last_message_at: Option<i64>,
}

impl From<ports::RoomReport> for RoomReport {
    fn from(report: ports::RoomReport) -> Self {
        Self {
            room: report.id.0,
            kind: report.kind.into(),
            slug: report.slug.map(|slug| slug.to_string()),
            title: report.title,
            archived: report.is_archived,
            members: report.members,
            events: report.head.0,
            creator: report.maker.map(|(id, name, _)| Person { user_id: id.0, name }),
            created_at: report.created_at.0,
            last_message_at: report.last_message_at.map(|at| at.0),
        }
    }
}

/// The answer of `GET /api/admin/settings`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerSettings {
    /// What this server runs.
    pub version: String,
    /// What keeps the messages.
    pub storage: StorageEngine,
    /// How many nodes serve them.
    pub nodes: usize,
    /// What the operator may choose, and what is so.
    pub settings: Vec<Setting>,
}

/// Something that the operator may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Setting {
    /// Its name as a flag without the dashes, which is that of the configuration file with `_` for `-`.
    pub name: String,
    /// What is so. A secret is never told.
    pub value: String,
}

/// The body of `PUT /api/admin/bans/{user}`.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct NewAccountBan {
    /// Up to when, in milliseconds since 1970; for ever when it is not there.
    pub until: Option<i64>,
    /// Why, for the person and for those who keep order; at most 200 characters.
    pub reason: Option<String>,
}

impl NewAccountBan {
    /// What is done.
    ///
    /// # Errors
    /// When the reason breaks the rules.
    pub fn ban(self) -> Result<AccountBan, ProtocolError> {
        let reason = native::reason(self.reason.as_deref())?;
        Ok(AccountBan { until: self.until.map(Millis), reason })
    }
}

/// The answer of `GET /api/admin/bans`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AccountBans {
    /// The last first.
    pub bans: Vec<Ban>,
}
