//! Who is in a room.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chinwag_core::chat::RoomListing;
use chinwag_core::domain::{RoomId, Seq, UserId};
use chinwag_wire::json_body;
use chinwag_wire::native::RoomSummary;
use chinwag_wire::rest::{MembersPage, MembersQuery, ReadUpTo, Reader, Reads, RoleWish, UnreadFrom};
use std::sync::Arc;

/// Members of a page when the client does not say.
const DEFAULT_MEMBERS: u32 = 100;

/// A page of a room's members.
#[utoipa::path(get, path = "/api/rooms/{room}/members", operation_id = "listMembers", tag = "members",
    params(("room" = i64, Path, description = "The room's number"), MembersQuery),
    responses((status = 200, description = "A page", body = MembersPage), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(room): Path<i64>,
    Query(query): Query<MembersQuery>,
) -> Result<Response, RestError> {
    let limit = query.limit.unwrap_or(DEFAULT_MEMBERS);
    let (members, next) = app.list_members(caller.actor, RoomId(room), query.after, limit).await?;
    let members = members.into_iter().map(Into::into).collect();
    Ok(caller.answer(&app, json_body(&MembersPage { members, next })))
}

/// Becomes a member of a room. It is harmless to be one already.
#[utoipa::path(put, path = "/api/rooms/{room}/membership", operation_id = "joinRoom", tag = "members",
    params(("room" = i64, Path, description = "The room's number")),
    responses((status = 200, description = "The room", body = RoomSummary), Errors))]
pub(crate) async fn join(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<Json<RoomSummary>, RestError> {
    let snapshot = app.chat.join_room(actor, RoomId(room).into(), 0, 0).await?;
    let listing: RoomListing = app.listing(snapshot.room);
    Ok(Json(listing.into()))
}

/// Ends one's membership. Answered when none of one's connections is told anything of the room any more.
#[utoipa::path(delete, path = "/api/rooms/{room}/membership", operation_id = "leaveRoom", tag = "members",
    params(("room" = i64, Path, description = "The room's number")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn leave(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.leave_room(actor, RoomId(room)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes somebody else a member of a room. It is harmless for one who is.
#[utoipa::path(put, path = "/api/rooms/{room}/members/{user}", operation_id = "addMember", tag = "members",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.add_member(actor, RoomId(room), UserId(user)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says what a member is in a room from now on.
#[utoipa::path(put, path = "/api/rooms/{room}/members/{user}/role", operation_id = "setRole", tag = "members",
    params(("room" = i64, Path, description = "The room's number"), ("user" = i64, Path, description = "The person's number")),
    request_body = RoleWish, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn set_role(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, user)): Path<(i64, i64)>,
    Body(RoleWish { role }): Body<RoleWish>,
) -> Result<StatusCode, RestError> {
    app.chat.set_role(actor, RoomId(room), UserId(user), role.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Marks a message and all behind it as unread, on all devices of the person.
#[utoipa::path(put, path = "/api/rooms/{room}/unread", operation_id = "markUnread", tag = "members",
    params(("room" = i64, Path, description = "The room's number")), request_body = UnreadFrom,
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn unread(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
    Body(UnreadFrom { seq }): Body<UnreadFrom>,
) -> Result<StatusCode, RestError> {
    app.chat.mark_unread(actor, RoomId(room), Seq(seq)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far the others have read a room, those of them who share it. In a room of more than 50 people nobody does.
#[utoipa::path(get, path = "/api/rooms/{room}/reads", operation_id = "listReads", tag = "members",
    params(("room" = i64, Path, description = "The room's number")),
    responses((status = 200, description = "Each with a place, by number", body = Reads), Errors))]
pub(crate) async fn reads(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(room): Path<i64>,
) -> Result<Response, RestError> {
    let reads = app.chat.list_reads(caller.actor, RoomId(room)).await?;
    let reads = Reads { reads: reads.into_iter().map(Reader::from).collect() };
    Ok(caller.answer(&app, json_body(&reads)))
}

/// Marks a room as read up to a place. The mark only moves forward.
#[utoipa::path(put, path = "/api/rooms/{room}/read", operation_id = "markRead", tag = "members",
    params(("room" = i64, Path, description = "The room's number")), request_body = ReadUpTo,
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
    Body(ReadUpTo { seq }): Body<ReadUpTo>,
) -> Result<StatusCode, RestError> {
    app.chat.mark_read(actor, RoomId(room), Seq(seq)).await?;
    Ok(StatusCode::NO_CONTENT)
}
