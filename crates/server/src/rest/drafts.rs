//! What one has begun to write.

use super::caller::Caller;
use super::error::{Errors, RestError};
use crate::app::App;
use axum::extract::State;
use axum::response::Response;
use chinwag_wire::json_body;
use chinwag_wire::rest::Drafts;
use std::sync::Arc;

/// All that the caller has begun to write on whatever device. It is kept by the frame `draft` of the native protocol.
#[utoipa::path(get, path = "/api/drafts", operation_id = "listDrafts", tag = "messages",
    responses((status = 200, description = "All of it, the last one first", body = Drafts), Errors))]
pub(crate) async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, RestError> {
    let drafts = app.chat.drafts(caller.actor).await?;
    Ok(caller.answer(&app, json_body(&Drafts::from(drafts))))
}
