//! Messages that are looked for.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Query;
use crate::app::App;
use axum::extract::State;
use axum::response::Response;
use chinwag_wire::json_body;
use chinwag_wire::native::Found;
use chinwag_wire::rest::SearchQuery;
use std::sync::Arc;

/// Looks for messages in the rooms that one may read, the newest first.
#[utoipa::path(get, path = "/api/search", operation_id = "searchMessages", tag = "messages", params(SearchQuery),
    responses((status = 200, description = "A page", body = Found), Errors))]
pub(crate) async fn messages(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(query): Query<SearchQuery>,
) -> Result<Response, RestError> {
    let found = app.chat.search_messages(caller.actor, query.wish()?).await?;
    Ok(caller.answer(&app, json_body(&Found::from(found))))
}
