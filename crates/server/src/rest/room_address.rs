//! The address that a title makes.

use super::error::{Errors, RestError};
use super::input::Query;
use axum::Json;
use chinwag_core::domain::RoomSlug;
use chinwag_wire::rest;

/// The address that a title makes, so that clients need no rule of their own.
#[utoipa::path(get, path = "/api/room-address", operation_id = "getRoomAddress", tag = "rooms", security(()), params(rest::WantedAddress),
    responses((status = 200, description = "The address", body = rest::RoomAddress), Errors))]
pub(crate) async fn show(
    Query(rest::WantedAddress { title }): Query<rest::WantedAddress>,
) -> Result<Json<rest::RoomAddress>, RestError> {
    let slug = RoomSlug::parse(&title)?;
    Ok(Json(rest::RoomAddress { slug: slug.as_str().to_owned() }))
}
