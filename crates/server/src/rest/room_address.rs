//! The address that a title makes.

use super::error::RestError;
use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chinwag_core::domain::RoomSlug;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::rest;

/// `GET /api/room-address?title=...`: so that clients need no rule of their own.
pub(crate) async fn show(
    query: Result<Query<rest::WantedAddress>, QueryRejection>,
) -> Result<Json<rest::RoomAddress>, RestError> {
    let Query(rest::WantedAddress { title }) =
        query.map_err(|error| RestError(ProtocolError::new(ErrorCode::BadFrame, error.body_text())))?;
    let slug = RoomSlug::parse(&title)?;
    Ok(Json(rest::RoomAddress { slug: slug.as_str().to_owned() }))
}
