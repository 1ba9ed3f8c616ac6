//! What concerned the caller.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Query;
use crate::app::App;
use axum::extract::State;
use axum::response::Response;
use chinwag_wire::json_body;
use chinwag_wire::rest::{ActivityPage, ActivityQuery};
use std::sync::Arc;

/// Entries of a page when the client does not say.
const DEFAULT_ENTRIES: u32 = 50;

/// Mentions of the caller, answers and reactions to what the caller wrote, and replies in threads that the caller follows.
#[utoipa::path(get, path = "/api/activity", operation_id = "listActivity", tag = "messages", params(ActivityQuery),
    responses((status = 200, description = "A page, the last first", body = ActivityPage), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(ActivityQuery { before, limit }): Query<ActivityQuery>,
) -> Result<Response, RestError> {
    let page = app.chat.activity(caller.actor, before, limit.unwrap_or(DEFAULT_ENTRIES)).await?;
    Ok(caller.answer(&app, json_body(&ActivityPage::from(page))))
}
