//! What those see and do who keep order on the whole server.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::rest::{AuditEntry, AuditPage, OversightQuery, Report, ReportState, ReportsPage};
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
