//! What those see who keep order on the whole server.

use crate::native::{AccountKind, Person, StaffRole};
use chinwag_core::domain::{self, UserId};
use chinwag_core::ports;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/admin/audit` and `GET /api/admin/reports`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OversightQuery {
    /// The `id` of the last one of the page before.
    pub before: Option<i64>,
    /// Entries of a page; more than 200 is served as 200.
    #[param(default = 100)]
    pub limit: Option<u32>,
}

/// The answer of `GET /api/admin/audit`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AuditPage {
    /// The last first.
    pub entries: Vec<AuditEntry>,
}

/// What somebody did who keeps order.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    pub id: i64,
    pub at: i64,
    pub actor: Person,
    /// `memberRemoved`, `memberBanned`, `memberUnbanned`, `memberMuted`, `memberUnmuted`, `messageDeleted`, `messagesPurged`, `roleChanged`, `roomDeleted`, `serverRoleChanged`, `reportHandled`, `accountBanned`, `accountUnbanned` `avatarRemoved`, `emojiAdded` or `emojiRemoved`.
    pub action: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub room: Option<i64>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub user: Option<Person>,
    /// Where it stands in the room's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seq: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
}

/// The answer of `GET /api/admin/reports`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReportsPage {
    /// The last first.
    pub reports: Vec<Report>,
}

/// A message that somebody reported.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub id: i64,
    pub at: i64,
    /// Who reported it.
    pub by: Person,
    pub reason: String,
    pub room: i64,
    pub seq: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub author: Option<Person>,
    /// What it says, in a room that is public or that one is in, while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub text: Option<String>,
    /// Who handled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub handled_by: Option<Person>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub handled_at: Option<i64>,
}

/// The body of `POST /api/admin/reports/{id}`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct ReportState {
    /// Whether it is handled.
    pub handled: bool,
}

fn person((id, name): (UserId, String)) -> Person {
    Person { user_id: id.0, name }
}

impl From<domain::AuditEntry> for AuditEntry {
    fn from(entry: domain::AuditEntry) -> Self {
        let domain::AuditEntry { id, at, actor, action, room, user, seq, reason } = entry;
        Self {
            id,
            at: at.0,
            actor: person(actor),
            action: action.as_str().to_owned(),
            room: room.map(|room| room.0),
            user: user.map(person),
            seq: seq.map(|seq| seq.0),
            reason,
        }
    }
}

impl From<domain::Report> for Report {
    fn from(report: domain::Report) -> Self {
        let domain::Report { id, at, by, reason, room, seq, author, text, handled } = report;
        let handled_at = handled.as_ref().map(|(_, _, at)| at.0);
        Self {
            id,
            at: at.0,
            by: person(by),
            reason,
            room: room.0,
            seq: seq.0,
            author: author.map(person),
            text,
            handled_by: handled.map(|(id, name, _)| person((id, name))),
            handled_at,
        }
    }
}

/// The query of `GET /api/admin/people`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// A part of the name; without it, everybody.
    pub q: Option<String>,
    /// The `userId` of the last one of the page before.
    pub after: Option<i64>,
    /// Accounts of a page; more than 200 is served as 200.
    #[param(default = 100)]
    pub limit: Option<u32>,
}

/// The answer of `GET /api/admin/people`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PeoplePage {
    /// By their numbers.
    pub people: Vec<AccountReport>,
}

/// An account as those see it who run the server.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountReport {
    pub user_id: i64,
    pub name: String,
    pub kind: AccountKind,
    /// What the person is on the whole server; nothing for a member like any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub role: Option<StaffRole>,
    /// In how many rooms the person is.
    pub rooms: u32,
    pub created_at: i64,
    /// When the person was here last, within minutes.
    pub last_seen_at: i64,
}

/// The body of `PUT /api/admin/people/{user}/role`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewServerRole {
    /// Nothing makes a member like any other.
    pub role: Option<StaffRole>,
}

/// The answer of `GET /api/admin/first-rooms`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FirstRooms {
    /// The rooms in which everybody is who comes.
    pub rooms: Vec<FirstRoom>,
}

/// A room in which everybody is who comes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FirstRoom {
    /// The room's number.
    pub room: i64,
    pub title: String,
}

impl From<ports::UserReport> for AccountReport {
    fn from(report: ports::UserReport) -> Self {
        let ports::UserReport { id, name, kind, role, rooms, rooms_made: _, created_at, last_seen_at } =
            report;
        Self {
            user_id: id.0,
            name,
            kind: kind.into(),
            role: StaffRole::of(role),
            rooms,
            created_at: created_at.0,
            last_seen_at: last_seen_at.0,
        }
    }
}
