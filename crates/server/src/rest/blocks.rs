//! Whom one does not want to hear.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Path;
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_core::domain::UserId;
use chinwag_wire::native::Person;
use chinwag_wire::rest::BlockedPeople;
use std::sync::Arc;

/// Whom the caller blocks.
#[utoipa::path(get, path = "/api/blocks", operation_id = "listBlocks", tag = "account",
    responses((status = 200, description = "All of them, the last first", body = BlockedPeople), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<BlockedPeople>, RestError> {
    let blocked = app.chat.blocks(actor).await?;
    let people = blocked.into_iter().map(|(user, name)| Person { user_id: user.0, name }).collect();
    Ok(Json(BlockedPeople { people }))
}

/// Blocks somebody, who then does not write in the conversation of the two, and is not told why.
#[utoipa::path(put, path = "/api/blocks/{user}", operation_id = "block", tag = "account",
    params(("user" = i64, Path, description = "The person's number")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(user): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.block(actor, UserId(user)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a block. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/blocks/{user}", operation_id = "unblock", tag = "account",
    params(("user" = i64, Path, description = "The person's number")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(user): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.unblock(actor, UserId(user)).await?;
    Ok(StatusCode::NO_CONTENT)
}
