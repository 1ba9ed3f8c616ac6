//! Messages that people keep for later.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Path, Query};
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chinwag_core::domain::{RoomId, Seq};
use chinwag_wire::json_body;
use chinwag_wire::rest::{SavedPage, SavedQuery};
use std::sync::Arc;

/// Messages of a page when the client does not say.
const DEFAULT_MESSAGES: u32 = 50;

/// The messages that the caller keeps for later, as they are now.
#[utoipa::path(get, path = "/api/saved", operation_id = "listSaved", tag = "messages", params(SavedQuery),
    responses((status = 200, description = "A page, the last one saved first", body = SavedPage), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(SavedQuery { before, limit }): Query<SavedQuery>,
) -> Result<Response, RestError> {
    let page = app.chat.saved(caller.actor, before, limit.unwrap_or(DEFAULT_MESSAGES)).await?;
    Ok(caller.answer(&app, json_body(&SavedPage::from(page))))
}

/// Keeps a message for later. Nobody else learns of it; a message that is deleted is kept no longer.
#[utoipa::path(put, path = "/api/saved/{room}/{seq}", operation_id = "saveMessage", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), ("seq" = i64, Path, description = "The message's place in its log")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, seq)): Path<(i64, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.save(actor, RoomId(room), Seq(seq)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps a message no longer. It is harmless when it is not kept.
#[utoipa::path(delete, path = "/api/saved/{room}/{seq}", operation_id = "unsaveMessage", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), ("seq" = i64, Path, description = "The message's place in its log")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, seq)): Path<(i64, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.unsave(actor, RoomId(room), Seq(seq)).await?;
    Ok(StatusCode::NO_CONTENT)
}
