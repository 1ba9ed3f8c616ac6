//! Rooms: the list, and each of them.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chinwag_core::domain::{RoomId, RoomListPage, RoomSlug};
use chinwag_wire::json_body;
use chinwag_wire::native::RoomSummary;
use chinwag_wire::rest::{CreateRoom, OpenDirect, RoomsPage, RoomsQuery, UpdateRoom};
use std::sync::Arc;

/// A page of the rooms that one sees.
#[utoipa::path(get, path = "/api/rooms", operation_id = "listRooms", tag = "rooms", params(RoomsQuery),
    responses((status = 200, description = "A page", body = RoomsPage), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(query): Query<RoomsQuery>,
) -> Result<Response, RestError> {
    let RoomListPage { rooms, next } = app.chat.list_rooms(caller.actor, query.query()?).await?;
    let rooms = rooms.into_iter().map(|room| app.listing(room));
    Ok(caller.answer(&app, json_body(&RoomsPage::new(rooms, next.as_ref()))))
}

/// Creates a room, of which one becomes the owner.
#[utoipa::path(post, path = "/api/rooms", operation_id = "createRoom", tag = "rooms", request_body = CreateRoom,
    responses((status = 201, description = "The room", body = RoomSummary), Errors))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Body(room): Body<CreateRoom>,
) -> Result<(StatusCode, Json<RoomSummary>), RestError> {
    let room = app.chat.create_room(actor, room.room()?).await?;
    Ok((StatusCode::CREATED, Json(app.listing(room).into())))
}

/// Opens the conversation with these others: the one that is there, or a new one.
#[utoipa::path(post, path = "/api/conversations", operation_id = "openDirect", tag = "rooms", request_body = OpenDirect,
    responses((status = 200, description = "The conversation", body = RoomSummary), Errors))]
pub(crate) async fn open(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Body(conversation): Body<OpenDirect>,
) -> Result<Json<RoomSummary>, RestError> {
    let room = app.chat.open_direct(actor, conversation.others()?).await?;
    Ok(Json(app.listing(room).into()))
}

/// A room.
#[utoipa::path(get, path = "/api/rooms/{room}", operation_id = "getRoom", tag = "rooms", params(("room" = i64, Path, description = "The room's number")),
    responses((status = 200, description = "The room", body = RoomSummary), Errors))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<Json<RoomSummary>, RestError> {
    app.chat.count_read(actor)?;
    let found = app.chat.find_room(actor, RoomId(room).into()).await?;
    Ok(Json(app.listing(found.room).into()))
}

/// The room at an address, a former one too.
#[utoipa::path(get, path = "/api/rooms/at/{slug}", operation_id = "findRoom", tag = "rooms", params(("slug" = String, Path, description = "The room's address, such as `general`")),
    responses((status = 200, description = "The room", body = RoomSummary), Errors))]
pub(crate) async fn find(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(slug): Path<String>,
) -> Result<Json<RoomSummary>, RestError> {
    app.chat.count_read(actor)?;
    let found = app.chat.find_room(actor, RoomSlug::parse(&slug)?.into()).await?;
    Ok(Json(app.listing(found.room).into()))
}

/// Changes what a room is called, what it is about, or where it is found.
#[utoipa::path(patch, path = "/api/rooms/{room}", operation_id = "updateRoom", tag = "rooms", params(("room" = i64, Path, description = "The room's number")),
    request_body = UpdateRoom, responses((status = 200, description = "The room", body = RoomSummary), Errors))]
pub(crate) async fn update(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
    Body(update): Body<UpdateRoom>,
) -> Result<Json<RoomSummary>, RestError> {
    let room = app.chat.update_room(actor, RoomId(room), update.update()?).await?;
    Ok(Json(app.listing(room).into()))
}

/// Deletes a room with everything in it. Answered when nobody is told anything of it any more.
#[utoipa::path(delete, path = "/api/rooms/{room}", operation_id = "deleteRoom", tag = "rooms", params(("room" = i64, Path, description = "The room's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.delete_room(actor, RoomId(room)).await?;
    Ok(StatusCode::NO_CONTENT)
}
