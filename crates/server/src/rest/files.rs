//! Sharing files.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::file_content::address;
use super::input::{Path, Query};
use crate::app::App;
use crate::files::Incoming;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use chinwag_core::domain::{Actor, Attachment, FileId, OpenFile, Refusal, RoomId, Seq};
use chinwag_wire::rest::{FileLink, FileQuery, RoomFilesPage, RoomFilesQuery};
use chinwag_wire::{json_body, native};
use std::sync::Arc;

/// Where files come in.
pub(super) const PATH: &str = "/api/files";
/// Messages whose files are on a page when the client does not say.
const DEFAULT_MESSAGES: u32 = 50;

/// Shares a file in a room, for a message that is to be sent there: its bytes are the body, as they are. Within a day the message has to come
/// that names it, or it goes. Until then only whoever shares it reads it.
#[utoipa::path(post, path = "/api/files", operation_id = "shareFile", tag = "files", params(FileQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What it is, by its content", body = native::Attachment), Errors))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Query(FileQuery { room, name }): Query<FileQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<native::Attachment>), RestError> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let file = app.chat.begin_file(actor, RoomId(room), &name, length).await?;
    // Beside the request: whoever hangs up has nothing left behind.
    let taking_in = tokio::spawn(async move { take_in(&app, actor, file, body).await });
    let file = taking_in.await.unwrap_or(Err(Refusal::Unavailable))?;
    Ok((StatusCode::CREATED, Json(native::Attachment::from(&file))))
}

async fn take_in(app: &App, actor: Actor, file: OpenFile, body: Body) -> Result<Attachment, Refusal> {
    let taken_in = async {
        let mut incoming = app.files.hold(&file).await?;
        incoming.append(body, file.limit).await?;
        finish(app, actor, &file, incoming).await
    };
    match taken_in.await {
        Ok(file) => Ok(file),
        Err(refusal) => {
            // The row goes, and the bytes after it. What fails here goes when its time is over.
            let _ = app.chat.discard_file(actor, file.id).await;
            Err(refusal)
        }
    }
}

/// Makes a file of what came in, and has it go there when it is stored what the file is: until then nobody else touches it.
pub(super) async fn finish(
    app: &App,
    actor: Actor,
    file: &OpenFile,
    incoming: Incoming,
) -> Result<Attachment, Refusal> {
    let made = app.files.make(file, &incoming).await?;
    let finished = app.chat.finish_file(actor, file.id, made).await?;
    // Not missed by anybody when it stays: the removal of the key finds it.
    let _ = incoming.remove().await;
    Ok(finished)
}

/// The files that came with messages of a room and that the caller reads, those of the newest first, page by page.
#[utoipa::path(get, path = "/api/rooms/{room}/files", operation_id = "listRoomFiles", tag = "files",
    params(("room" = i64, Path, description = "The room's number"), RoomFilesQuery),
    responses((status = 200, description = "A page", body = RoomFilesPage), Errors))]
pub(crate) async fn of_room(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(room): Path<i64>,
    Query(RoomFilesQuery { before, limit }): Query<RoomFilesQuery>,
) -> Result<Response, RestError> {
    let limit = limit.unwrap_or(DEFAULT_MESSAGES);
    let page = app.chat.room_files(caller.actor, RoomId(room), before.map(Seq), limit).await?;
    Ok(caller.answer(&app, json_body(&RoomFilesPage::from(page))))
}

/// Gives up a file that was not sent. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/files/{id}", operation_id = "discardFile", tag = "files",
    params(("id" = String, Path, description = "The file")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn discard(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, RestError> {
    app.chat.count_change(actor)?;
    if let Some(id) = FileId::parse(&id) {
        app.chat.discard_file(actor, id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Makes an address at which the caller reads a file for five minutes without a token, for pages that cannot send one. It is the caller's right
/// that is asked for there, as it is then.
#[utoipa::path(get, path = "/api/files/{id}/link", operation_id = "linkFile", tag = "files",
    params(("id" = String, Path, description = "The file")),
    responses((status = 200, description = "The address", body = FileLink), Errors))]
pub(crate) async fn link(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<String>,
) -> Result<Json<FileLink>, RestError> {
    let id = FileId::parse(&id).ok_or(Refusal::FileNotFound)?;
    let found = app.chat.find_file(actor.user, id).await?;
    let (token, until) = app.auth.link_file(actor.user, id, app.chat.now())?;
    let url = format!("{}?sig={token}", address(&app, &found.file));
    Ok(Json(FileLink { url, expires_at: until.0 }))
}
