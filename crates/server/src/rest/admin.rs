//! What those see and do who keep order on the whole server.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{NameSearch, RoomId, UserId};
use chinwag_wire::native::{ErrorCode, ProtocolError, StaffRole};
use chinwag_wire::rest::{
    AccountReport, AuditEntry, AuditPage, FirstRoom, FirstRooms, NewServerRole, OversightQuery, PeoplePage,
    PeopleQuery, Report, ReportState, ReportsPage,
};
use std::sync::Arc;

/// Entries of a page when the client does not say.
const DEFAULT_ENTRIES: u32 = 100;

/// What was done by those who keep order, for admins and owners of the server. It tells no text that anybody wrote in a room.
#[utoipa::path(get, path = "/api/admin/audit", operation_id = "readAudit", tag = "admin", params(OversightQuery),
    responses((status = 200, description = "A page, the last first", body = AuditPage), Errors))]
pub(crate) async fn audit(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Query(query): Query<OversightQuery>,
) -> Result<Json<AuditPage>, RestError> {
    let limit = query.limit.unwrap_or(DEFAULT_ENTRIES);
    let entries = app.chat.audit(actor, query.before, limit).await?;
    Ok(Json(AuditPage { entries: entries.into_iter().map(AuditEntry::from).collect() }))
}

/// What people reported, for those who keep order on the server. What a message says is told where the room is public, and to those who are in it.
#[utoipa::path(get, path = "/api/admin/reports", operation_id = "listReports", tag = "admin", params(OversightQuery),
    responses((status = 200, description = "A page, the last first", body = ReportsPage), Errors))]
pub(crate) async fn reports(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Query(query): Query<OversightQuery>,
) -> Result<Json<ReportsPage>, RestError> {
    let limit = query.limit.unwrap_or(DEFAULT_ENTRIES);
    let reports = app.chat.reports(actor, query.before, limit).await?;
    Ok(Json(ReportsPage { reports: reports.into_iter().map(Report::from).collect() }))
}

/// Notes that a report is handled, or that it is not.
#[utoipa::path(post, path = "/api/admin/reports/{report}", operation_id = "handleReport", tag = "admin",
    params(("report" = i64, Path, description = "The report's number")), request_body = ReportState,
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(report): Path<i64>,
    Body(ReportState { handled }): Body<ReportState>,
) -> Result<StatusCode, RestError> {
    if app.chat.handle_report(actor, report, handled).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        let message = "There is no report with this number.";
        Err(ProtocolError::new(ErrorCode::MessageNotFound, message).into())
    }
}

/// All who have an account, for those who run the server.
#[utoipa::path(get, path = "/api/admin/people", operation_id = "listAccounts", tag = "admin", params(PeopleQuery),
    responses((status = 200, description = "A page", body = PeoplePage), Errors))]
pub(crate) async fn people(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Query(PeopleQuery { q, after, limit }): Query<PeopleQuery>,
) -> Result<Json<PeoplePage>, RestError> {
    let search = NameSearch::new(&q.unwrap_or_default());
    let (after, limit) = (UserId(after.unwrap_or(0)), limit.unwrap_or(DEFAULT_ENTRIES));
    let people = app.chat.people(actor, search, after, limit).await?;
    Ok(Json(PeoplePage { people: people.into_iter().map(AccountReport::from).collect() }))
}

/// Says what a member is on the server. Admins do that among those who stand below them, owners with everybody else.
#[utoipa::path(put, path = "/api/admin/people/{user}/role", operation_id = "setServerRole", tag = "admin",
    params(("user" = i64, Path, description = "The person's number")), request_body = NewServerRole,
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn set_role(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(user): Path<i64>,
    Body(NewServerRole { role }): Body<NewServerRole>,
) -> Result<StatusCode, RestError> {
    let role = role.map_or(ServerRole::Member, StaffRole::role);
    app.chat.choose_server_role(actor, UserId(user), role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The rooms in which everybody is who comes.
#[utoipa::path(get, path = "/api/admin/first-rooms", operation_id = "listFirstRooms", tag = "admin",
    responses((status = 200, description = "All of them", body = FirstRooms), Errors))]
pub(crate) async fn first_rooms(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<FirstRooms>, RestError> {
    let rooms = app.chat.first_rooms(actor).await?;
    let rooms = rooms.into_iter().map(|(room, title)| FirstRoom { room: room.0, title }).collect();
    Ok(Json(FirstRooms { rooms }))
}

/// Has everybody be in a public room who comes from now on.
#[utoipa::path(put, path = "/api/admin/first-rooms/{room}", operation_id = "addFirstRoom", tag = "admin",
    params(("room" = i64, Path, description = "The room's number")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn add_first_room(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.set_first_room(actor, RoomId(room), true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets those who come join a room by themselves again.
#[utoipa::path(delete, path = "/api/admin/first-rooms/{room}", operation_id = "removeFirstRoom", tag = "admin",
    params(("room" = i64, Path, description = "The room's number")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove_first_room(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.set_first_room(actor, RoomId(room), false).await?;
    Ok(StatusCode::NO_CONTENT)
}
