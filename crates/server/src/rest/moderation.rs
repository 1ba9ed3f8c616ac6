//! What those do to others who keep order in a room.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_core::domain::{Millis, Moderation, RoomId, UserId};
use chinwag_core::ports::Purge;
use chinwag_wire::native::Ban;
use chinwag_wire::rest::{PurgeQuery, Purged, RemovalQuery, RoomBans, Sanction};
use std::sync::Arc;

/// Ends somebody else's membership. Answered when none of that person's connections is told anything of the room any more.
#[utoipa::path(delete, path = "/api/rooms/{room}/members/{user}", operation_id = "removeMember", tag = "members",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number"), RemovalQuery),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
    Query(query): Query<RemovalQuery>,
) -> Result<StatusCode, RestError> {
    app.chat.moderate(actor, RoomId(room), UserId(user), query.removal()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes what somebody wrote in a room since a moment, or ever.
#[utoipa::path(delete, path = "/api/rooms/{room}/members/{user}/messages", operation_id = "purgeMessages", tag = "moderation",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number"), PurgeQuery),
    responses((status = 200, description = "Done", body = Purged), Errors))]
pub(crate) async fn purge(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
    Query(query): Query<PurgeQuery>,
) -> Result<Json<Purged>, RestError> {
    let since = Millis(query.since.unwrap_or(0));
    let purge = Purge { room: RoomId(room), user: UserId(user), since };
    Ok(Json(Purged { deleted: app.chat.purge_messages(actor, purge).await? }))
}

/// Who is banned from a room.
#[utoipa::path(get, path = "/api/rooms/{room}/bans", operation_id = "listBans", tag = "moderation",
    params(("room" = i64, Path, description = "The room's number")),
    responses((status = 200, description = "Those who are banned", body = RoomBans), Errors))]
pub(crate) async fn bans(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<Json<RoomBans>, RestError> {
    let found = app.chat.bans(actor, RoomId(room)).await?;
    Ok(Json(RoomBans { bans: found.bans.into_iter().map(Ban::from).collect() }))
}

/// Ends somebody's membership and keeps the person out. Answered when none of that person's connections is told anything of the room any more.
#[utoipa::path(put, path = "/api/rooms/{room}/bans/{user}", operation_id = "banMember", tag = "moderation",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number")),
    request_body = Sanction, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn ban(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
    Body(sanction): Body<Sanction>,
) -> Result<StatusCode, RestError> {
    app.chat.moderate(actor, RoomId(room), UserId(user), sanction.ban()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a ban. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/rooms/{room}/bans/{user}", operation_id = "unbanMember", tag = "moderation",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn unban(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.moderate(actor, RoomId(room), UserId(user), Moderation::Unban).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has somebody read and not write.
#[utoipa::path(put, path = "/api/rooms/{room}/mutes/{user}", operation_id = "muteMember", tag = "moderation",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number")),
    request_body = Sanction, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn mute(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
    Body(sanction): Body<Sanction>,
) -> Result<StatusCode, RestError> {
    app.chat.moderate(actor, RoomId(room), UserId(user), sanction.mute()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets somebody write again. It is harmless when the person does.
#[utoipa::path(delete, path = "/api/rooms/{room}/mutes/{user}", operation_id = "unmuteMember", tag = "moderation",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn unmute(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.moderate(actor, RoomId(room), UserId(user), Moderation::Unmute).await?;
    Ok(StatusCode::NO_CONTENT)
}
