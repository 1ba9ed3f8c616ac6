//! Files that come in parts, by the core of tus 1.0: whoever loses the connection, or finds the server started anew, asks how far the file has come and goes
//! on from there.

mod headers;

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::files;
use super::input::Path;
use crate::app::App;
use crate::files::Incoming;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use chinwag_core::domain::{Actor, FileId, OpenFile, Refusal, RoomId};
use headers::{
    EXTENSIONS, LENGTH, LOCATION, MOST, OFFSET, OffsetWish, RESUMABLE, VERSION, VERSIONS, Wish, check_version,
};
use std::sync::Arc;

/// Where files come in in parts.
pub(super) const PATH: &str = "/api/uploads";

/// What the server knows of tus.
#[utoipa::path(options, path = "/api/uploads", operation_id = "describeUploads", tag = "files", security(()),
    responses((status = 204, description = "In the headers `Tus-Version`, `Tus-Extension` and `Tus-Max-Size`")))]
pub(crate) async fn describe(State(app): State<Arc<App>>) -> Response {
    let headers = [
        (VERSIONS, HeaderValue::from_static(VERSION)),
        (EXTENSIONS, HeaderValue::from_static("creation,termination")),
        (MOST, HeaderValue::from(app.config.file_bytes)),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Begins a file that comes in parts (tus 1.0, creation). `Upload-Length` says how long it is, `Upload-Metadata` the `room` in which it is shared and
/// its `filename`. The last part of the `Location` is what a message calls the file.
#[utoipa::path(post, path = "/api/uploads", operation_id = "beginUpload", tag = "files",
    responses((status = 201, description = "Its address, in `Location`"), Errors))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    headers: HeaderMap,
) -> Result<Response, RestError> {
    check_version(&headers)?;
    let Wish { length, room, name } = Wish::read(&headers)?;
    let file = app.chat.begin_file(actor, RoomId(room), &name, Some(length)).await?;
    let place = format!("{}api/uploads/{}", app.config.base_path.as_str(), file.id);
    let place = HeaderValue::try_from(place).map_err(|_| Refusal::Unavailable)?;
    Ok(told(StatusCode::CREATED, [(LOCATION, place)]))
}

/// How far a file has come: `Upload-Offset` of `Upload-Length`.
#[utoipa::path(head, path = "/api/uploads/{id}", operation_id = "showUpload", tag = "files",
    params(("id" = String, Path, description = "The file")),
    responses((status = 200, description = "In the headers `Upload-Offset` and `Upload-Length`"), Errors))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, RestError> {
    check_version(&headers)?;
    let id = FileId::parse(&id).ok_or(Refusal::FileNotFound)?;
    let (offset, length) = match app.chat.unfinished_file(actor, id).await {
        Ok(file) => {
            let (offset, limit) = (app.files.offset(&file).await?, file.limit);
            if offset == limit {
                // The server ended between the last byte and the look at what it is, or somebody has a look now.
                match take(&app, actor, id).await {
                    Ok((file, incoming)) => finish(app, actor, file, incoming).await?,
                    Err(Refusal::UploadConflict | Refusal::FileNotFound) => {}
                    Err(refusal) => return Err(refusal.into()),
                }
            }
            (offset, limit)
        }
        Err(Refusal::FileNotFound) => {
            // One that is complete, and whose sender was not told.
            let bytes = app.chat.find_file(actor.user, id).await?.file.bytes;
            (bytes, bytes)
        }
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(told(StatusCode::OK, [(OFFSET, offset.into()), (LENGTH, length.into())]))
}

/// Brings a part of a file: the body goes to `Upload-Offset`, which is where the file ends so far. With its last byte the file is complete.
#[utoipa::path(patch, path = "/api/uploads/{id}", operation_id = "continueUpload", tag = "files",
    params(("id" = String, Path, description = "The file")),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 204, description = "The new `Upload-Offset`"), Errors))]
pub(crate) async fn go_on(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RestError> {
    check_version(&headers)?;
    let OffsetWish(offset) = OffsetWish::read(&headers)?;
    let id = FileId::parse(&id).ok_or(Refusal::FileNotFound)?;
    let (file, mut incoming) = take(&app, actor, id).await?;
    if incoming.length().await? != offset {
        return Err(Refusal::UploadConflict.into());
    }
    let offset = incoming.append(body, file.limit).await?;
    if offset == file.limit {
        finish(app, actor, file, incoming).await?;
    }
    Ok(told(StatusCode::NO_CONTENT, [(OFFSET, offset.into())]))
}

/// Takes a file that waits for bytes, so that nobody else does.
async fn take(app: &App, actor: Actor, id: FileId) -> Result<(OpenFile, Incoming), Refusal> {
    let file = app.chat.unfinished_file(actor, id).await?;
    let incoming = app.files.hold(&file).await?;
    // Whoever had it a moment ago may have finished it.
    match app.chat.unfinished_file(actor, id).await {
        Ok(file) => Ok((file, incoming)),
        Err(refusal) => {
            if refusal == Refusal::FileNotFound {
                let _ = incoming.remove().await;
            }
            Err(refusal)
        }
    }
}

/// Gives a file up (tus 1.0, termination). It is harmless when there is none.
#[utoipa::path(delete, path = "/api/uploads/{id}", operation_id = "endUpload", tag = "files",
    params(("id" = String, Path, description = "The file")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn end(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<String>,
) -> Result<Response, RestError> {
    app.chat.count_change(actor)?;
    if let Some(id) = FileId::parse(&id) {
        app.chat.discard_file(actor, id).await?;
    }
    Ok(told(StatusCode::NO_CONTENT, []))
}

/// Finds out what a file is whose bytes are there. Beside the request: it goes on when whoever sends hangs up.
async fn finish(app: Arc<App>, actor: Actor, file: OpenFile, incoming: Incoming) -> Result<(), Refusal> {
    let finishing = async move {
        let finished = files::finish(&app, actor, &file, incoming).await;
        // What can be read another time stays; a picture that cannot be shown does not.
        if let Err(Refusal::FileRefused(_)) = finished {
            let _ = app.chat.discard_file(actor, file.id).await;
        }
        finished.map(|_| ())
    };
    tokio::spawn(finishing).await.unwrap_or(Err(Refusal::Unavailable))
}

fn told<const N: usize>(status: StatusCode, headers: [(HeaderName, HeaderValue); N]) -> Response {
    let mut response = (status, headers).into_response();
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}
