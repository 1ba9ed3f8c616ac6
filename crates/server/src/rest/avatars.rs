//! Pictures of people, of rooms and of the server: who gives them, and what they are called.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Path, Query};
use crate::app::App;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use chinwag_core::domain::{Actor, AvatarOwner, OpenFile, Refusal, RoomId, UserId};
use chinwag_wire::rest::{AvatarQuery, Avatars, NewAvatar};
use std::sync::Arc;

/// Whether the body of such a request is a picture.
pub(super) fn takes_bytes(method: &Method, path: &str) -> bool {
    let owner = path.strip_prefix("/api/").and_then(|path| path.strip_suffix("/avatar"));
    method == Method::PUT && owner.is_some_and(|owner| !owner.starts_with("groups/"))
}

/// What is answered to a picture that was given.
type Given = Result<(StatusCode, Json<NewAvatar>), RestError>;

/// What the pictures are called of those of whom one asks, and of the server; who has none is not named.
#[utoipa::path(get, path = "/api/avatars", operation_id = "listAvatars", tag = "files", params(AvatarQuery),
    responses((status = 200, description = "Those who have one", body = Avatars), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Query(query): Query<AvatarQuery>,
) -> Result<Json<Avatars>, RestError> {
    Ok(Json(app.chat.avatars(actor, query.query()).await?.into()))
}

/// Gives oneself a picture in place of the one before: its bytes are the body, as they are. It is cut to a square and encoded anew.
#[utoipa::path(put, path = "/api/me/avatar", operation_id = "setOwnAvatar", tag = "account",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What it is called", body = NewAvatar), Errors))]
pub(crate) async fn give_own(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    headers: HeaderMap,
    body: Body,
) -> Given {
    give(app, actor, AvatarOwner::Person(actor.user), (&headers, body)).await
}

/// Takes one's own picture away. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/me/avatar", operation_id = "removeOwnAvatar", tag = "account",
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove_own(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<StatusCode, RestError> {
    remove(&app, actor, AvatarOwner::Person(actor.user)).await
}

/// Gives a room a picture in place of the one before: its bytes are the body, as they are.
#[utoipa::path(put, path = "/api/rooms/{room}/avatar", operation_id = "setRoomAvatar", tag = "rooms",
    params(("room" = i64, Path, description = "The room's number")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What it is called", body = NewAvatar), Errors))]
pub(crate) async fn give_room(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
    headers: HeaderMap,
    body: Body,
) -> Given {
    give(app, actor, AvatarOwner::Room(RoomId(room)), (&headers, body)).await
}

/// Takes the picture of a room away. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/rooms/{room}/avatar", operation_id = "removeRoomAvatar", tag = "rooms",
    params(("room" = i64, Path, description = "The room's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove_room(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
) -> Result<StatusCode, RestError> {
    remove(&app, actor, AvatarOwner::Room(RoomId(room))).await
}

/// Gives the server a picture in place of the one before: its bytes are the body, as they are. Everybody sees it, whoever has not signed in as well.
#[utoipa::path(put, path = "/api/admin/avatar", operation_id = "setServerAvatar", tag = "admin",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What it is called", body = NewAvatar), Errors))]
pub(crate) async fn give_server(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    headers: HeaderMap,
    body: Body,
) -> Given {
    give(app, actor, AvatarOwner::Server, (&headers, body)).await
}

/// Takes the picture of the server away. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/admin/avatar", operation_id = "removeServerAvatar", tag = "admin",
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove_server(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<StatusCode, RestError> {
    remove(&app, actor, AvatarOwner::Server).await
}

/// Takes the picture of a person away who stands below oneself. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/admin/people/{user}/avatar", operation_id = "removeAvatar", tag = "admin",
    params(("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove_of_person(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(user): Path<i64>,
) -> Result<StatusCode, RestError> {
    remove(&app, actor, AvatarOwner::Person(UserId(user))).await
}

async fn remove(app: &App, actor: Actor, of: AvatarOwner) -> Result<StatusCode, RestError> {
    app.chat.remove_avatar(actor, of).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn give(app: Arc<App>, actor: Actor, of: AvatarOwner, (headers, body): (&HeaderMap, Body)) -> Given {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let file = app.chat.begin_avatar(actor, of, length).await?;
    let avatar = file.id.to_string();
    // Beside the request: whoever hangs up has nothing left behind.
    let taking_in = tokio::spawn(async move { take_in(&app, actor, file, body).await });
    taking_in.await.unwrap_or(Err(Refusal::Unavailable))?;
    Ok((StatusCode::CREATED, Json(NewAvatar { avatar })))
}

async fn take_in(app: &App, actor: Actor, file: OpenFile, body: Body) -> Result<(), Refusal> {
    let taken_in = async {
        let mut incoming = app.files.hold(&file).await?;
        incoming.append(body, file.limit).await?;
        let media_type = app.files.make_avatar(&file, &incoming).await?;
        app.chat.finish_avatar(actor, file.id, media_type).await?;
        // Not missed by anybody when it stays: the removal of the key finds it.
        let _ = incoming.remove().await;
        Ok(())
    };
    let taken_in = taken_in.await;
    if taken_in.is_err() {
        // The row goes, and the bytes after it. What fails here goes when its time is over.
        let _ = app.chat.discard_avatar(file.id).await;
    }
    taken_in
}
