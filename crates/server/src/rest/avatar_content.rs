//! The bytes of pictures of people, of rooms and of the server, and of whatever else has a small picture. What a picture is called changes with it, so a browser asks for each one once.

use super::error::RestError;
use super::file_content::{POLICY, reader};
use crate::app::App;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chinwag_core::domain::{BlobPart, FileId, Refusal, StoredAvatar, UserId};
use chinwag_wire::native::ErrorCode;
use serde::Deserialize;
use std::sync::Arc;

/// A year, which is as long as anything is kept.
const KEPT: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

/// How it is asked for.
#[derive(Deserialize)]
pub(super) struct Wish {
    /// Which one of the two.
    v: Option<String>,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(wish): Query<Wish>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    let found = find(&app, &id, &wish, &mut parts).await;
    send(&app, &id, found).await
}

async fn find(app: &Arc<App>, id: &str, wish: &Wish, parts: &mut Parts) -> Result<Sent, RestError> {
    // The picture of the server is shown to those who are about to sign in.
    let user: Option<UserId> = match reader(app, parts).await {
        Ok(user) => Some(user),
        Err(RestError(error)) if error.code == ErrorCode::Unauthorized => None,
        Err(error) => return Err(error),
    };
    let found = app.chat.find_avatar(user, FileId::parse(id).ok_or(Refusal::FileNotFound)?).await?;
    let part = if wish.v.as_deref() == Some("thumb") { BlobPart::Thumb } else { BlobPart::Whole };
    Ok(Sent { found, part })
}

/// A picture that may be read.
pub(super) struct Sent {
    pub(super) found: StoredAvatar,
    pub(super) part: BlobPart,
}

/// The bytes of the picture that is called so, or why it is not read.
pub(super) async fn send(app: &App, id: &str, found: Result<Sent, RestError>) -> Response {
    let answer = async { bytes_of(app, id, found?).await };
    let mut response = answer.await.unwrap_or_else(IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn bytes_of(app: &App, id: &str, Sent { found, part }: Sent) -> Result<Response, RestError> {
    let lost = |error: &dyn std::fmt::Display| {
        tracing::error!(picture = id, %error, "the bytes of a picture cannot be read");
        Refusal::Unavailable
    };
    let bytes = app.files.blobs().read(&found.key, part, None).await.map_err(|error| lost(&error))?;
    let bytes = bytes.ok_or_else(|| lost(&"they are gone"))?;
    let media_type = HeaderValue::try_from(found.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_LENGTH, HeaderValue::from(bytes.total)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (header::CACHE_CONTROL, KEPT),
    ];
    Ok((headers, Body::from_stream(bytes.pieces)).into_response())
}
