//! Emoji that the server has of its own: who gives them, and what their pictures are.

use super::avatar_content::{Sent, send};
use super::caller::Caller;
use super::error::{Errors, RestError};
use super::file_content::reader;
use super::input::Path;
use crate::app::App;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use chinwag_core::domain::{Actor, BlobPart, EmojiName, FileId, OpenFile, Refusal};
use chinwag_wire::rest::{CustomEmoji, NewEmoji};
use std::sync::Arc;

/// Whether the body of such a request is a picture.
pub(super) fn takes_bytes(method: &Method, path: &str) -> bool {
    method == Method::PUT && path.starts_with("/api/emoji/")
}

/// All emoji that the server has of its own.
#[utoipa::path(get, path = "/api/emoji", operation_id = "listEmoji", tag = "messages",
    responses((status = 200, description = "All of them, by their names", body = CustomEmoji), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<CustomEmoji>, RestError> {
    Ok(Json(app.chat.emoji(actor).await?.into_iter().collect()))
}

/// Gives the server an emoji of its own, or one of them another picture: its bytes are the body, as they are. It is encoded anew. For those who run the server.
#[utoipa::path(put, path = "/api/emoji/{name}", operation_id = "setEmoji", tag = "messages",
    params(("name" = String, Path, description = "What it is to be called: 2 to 32 of `a` to `z`, digits, `_`, `+` and `-`")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What its picture is called", body = NewEmoji), Errors))]
pub(crate) async fn give(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<NewEmoji>), RestError> {
    let name = EmojiName::parse(&name)?;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let file = app.chat.begin_emoji(actor, name, length).await?;
    let picture = file.id.to_string();
    // Beside the request: whoever hangs up has nothing left behind.
    let taking_in = tokio::spawn(async move { take_in(&app, actor, file, body).await });
    taking_in.await.unwrap_or(Err(Refusal::Unavailable))?;
    Ok((StatusCode::CREATED, Json(NewEmoji { picture })))
}

/// Takes one away. Where it stands, its name stays. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/emoji/{name}", operation_id = "removeEmoji", tag = "messages",
    params(("name" = String, Path, description = "What it is called")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(name): Path<String>,
) -> Result<StatusCode, RestError> {
    app.chat.remove_emoji(actor, EmojiName::parse(&name)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The bytes of a picture, for everybody who has signed in.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    axum::extract::Path(id): axum::extract::Path<String>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    let found = async {
        let user = reader(&app, &mut parts).await?;
        let found = app.chat.emoji_picture(user, FileId::parse(&id).ok_or(Refusal::FileNotFound)?).await?;
        Ok(Sent { found, part: BlobPart::Whole })
    };
    send(&app, &id, found.await).await
}

async fn take_in(app: &App, actor: Actor, file: OpenFile, body: Body) -> Result<(), Refusal> {
    let taken_in = async {
        let mut incoming = app.files.hold(&file).await?;
        incoming.append(body, file.limit).await?;
        let media_type = app.files.make_emoji(&file, &incoming).await?;
        app.chat.finish_emoji(actor, file.id, media_type).await?;
        // Not missed by anybody when it stays: the removal of the key finds it.
        let _ = incoming.remove().await;
        Ok(())
    };
    let taken_in = taken_in.await;
    if taken_in.is_err() {
        // The row goes, and the bytes after it. What fails here goes when its time is over.
        let _ = app.chat.discard_emoji(file.id).await;
    }
    taken_in
}
