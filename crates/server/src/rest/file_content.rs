//! The bytes of files. Who asks is asked anew with each request: what is read here is what that person may read at this moment.

mod byte_range;

use super::caller::Caller;
use super::error::RestError;
use super::{avatar_content, emoji};
use crate::app::App;
use crate::auth::FilesCookie;
use crate::files::is_shown;
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use byte_range::ByteRange;
use chinwag_core::domain::{Attachment, BlobPart, FileId, Refusal, StoredFile, UserId};
use serde::Deserialize;
use std::fmt::Write as _;
use std::sync::Arc;

/// What is read is not shown as a page, and has nothing to carry out.
pub(super) const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");
/// A file never changes, and whoever had it may keep it; whether it may be read still is asked for each time, which an unchanged `ETag` answers.
const KEPT: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(crate) fn routes() -> Router<Arc<App>> {
    // The name is for people: without it the file is the same.
    Router::new()
        .route("/files/{id}/{name}", get(show))
        .route("/files/{id}/", get(show))
        .route("/files/avatars/{id}", get(avatar_content::show))
        .route("/files/emoji/{id}", get(emoji::show))
}

/// Which file is asked for.
#[derive(Deserialize)]
struct Place {
    id: String,
}

/// How it is asked for.
#[derive(Deserialize)]
struct Wish {
    /// Which one of a picture.
    v: Option<String>,
    /// Who may read it without another sign of who it is.
    sig: Option<String>,
}

async fn show(
    State(app): State<Arc<App>>,
    Path(path): Path<Place>,
    Query(wish): Query<Wish>,
    request: axum::extract::Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    let mut response = match answer(&app, &path.id, &wish, &mut parts).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn answer(app: &Arc<App>, id: &str, wish: &Wish, parts: &mut Parts) -> Result<Response, RestError> {
    let id = FileId::parse(id);
    let reader = match (id, &wish.sig) {
        (Some(id), Some(sig)) => app.auth.linked(sig, id, app.chat.now()).await?,
        (None, Some(_)) => return Err(Refusal::Unauthorized.into()),
        (_, None) => reader(app, parts).await?,
    };
    let found = app.chat.find_file(reader, id.ok_or(Refusal::FileNotFound)?).await?;
    let (part, media_type) = wanted(&found, wish.v.as_deref());
    let tag = format!("\"{}-{}\"", found.file.id, name_of(part));
    if is_known(&parts.headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::CACHE_CONTROL, KEPT)]).into_response());
    }
    let range = ByteRange::asked_for(&parts.headers, &tag);
    send(app, &found, (part, media_type), range, &tag).await
}

/// Whoever asks: by a token, or by the cookie that a browser brings along with pictures.
pub(super) async fn reader(app: &Arc<App>, parts: &mut Parts) -> Result<UserId, RestError> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return Ok(<Caller as FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await?.user.id);
    }
    let session = FilesCookie::session(&app.auth.tokens, &parts.headers).await?;
    Ok(app.chat.session_by_id(session).await?.0.id)
}

/// Which bytes are meant, and what they are. Where there is nothing smaller it is the file itself.
fn wanted<'f>(found: &'f StoredFile, size: Option<&str>) -> (BlobPart, &'f str) {
    match (&found.scaled, size) {
        (Some(scaled), Some("preview")) => (BlobPart::Preview, scaled),
        (Some(scaled), Some("thumb")) => (BlobPart::Thumb, scaled),
        (_, _) => (BlobPart::Whole, &found.file.media_type),
    }
}

fn name_of(part: BlobPart) -> &'static str {
    match part {
        BlobPart::Whole => "whole",
        BlobPart::Preview => "preview",
        BlobPart::Thumb => "thumb",
    }
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    known.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag))
}

async fn send(
    app: &App,
    found: &StoredFile,
    (part, media_type): (BlobPart, &str),
    range: ByteRange,
    tag: &str,
) -> Result<Response, RestError> {
    let blobs = app.files.blobs();
    // Smaller ones are asked how long they are; of the file itself it is known.
    let total = match part {
        BlobPart::Whole => found.file.bytes,
        BlobPart::Preview | BlobPart::Thumb => {
            let there = blobs.read(&found.key, part, None).await.map_err(|error| lost(found, &error))?;
            there.ok_or_else(|| lost(found, &"it is gone"))?.total
        }
    };
    let within = match range.of(total) {
        Ok(within) => within,
        Err(()) => {
            let all = format!("bytes */{total}");
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, all)]).into_response());
        }
    };
    let bytes = blobs.read(&found.key, part, within.clone()).await.map_err(|error| lost(found, &error))?;
    let bytes = bytes.ok_or_else(|| lost(found, &"it is gone"))?;
    let length = within.as_ref().map_or(total, |within| within.end - within.start);
    let mut response = Body::from_stream(bytes.pieces).into_response();
    let headers = response.headers_mut();
    let mut set = |name, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, media_type.to_owned());
    set(header::CONTENT_LENGTH, length.to_string());
    set(header::ETAG, tag.to_owned());
    set(header::ACCEPT_RANGES, "bytes".to_owned());
    set(header::CONTENT_DISPOSITION, disposition(&found.file));
    headers.insert(header::CACHE_CONTROL, KEPT);
    if let Some(within) = within {
        let part = format!("bytes {}-{}/{total}", within.start, within.end - 1);
        headers.insert(
            header::CONTENT_RANGE,
            HeaderValue::try_from(part).unwrap_or(HeaderValue::from_static("")),
        );
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

fn lost(found: &StoredFile, error: &dyn std::fmt::Display) -> Refusal {
    tracing::error!(file = %found.file.id, %error, "the bytes of a file cannot be read");
    Refusal::Unavailable
}

/// Whether a browser shows it or only keeps it, and under what name (RFC 6266).
fn disposition(file: &Attachment) -> String {
    let how = if is_shown(file) { "inline" } else { "attachment" };
    let is_simple = |character: char| {
        character.is_ascii_graphic() && !matches!(character, '"' | '\\' | '%') || character == ' '
    };
    let simple: String =
        file.name.chars().map(|character| if is_simple(character) { character } else { '_' }).collect();
    format!("{how}; filename=\"{simple}\"; filename*=UTF-8''{}", encoded(&file.name))
}

/// Where a file is read.
pub(super) fn address(app: &App, file: &Attachment) -> String {
    let origin = app.config.public_url.origin().unwrap_or_default();
    format!("{origin}{}files/{}/{}", app.config.base_path.as_str(), file.id, encoded(&file.name))
}

/// A name as a part of an address: what is no letter or digit is written by its bytes.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
