//! How people like their clients to be, and what they want to hear.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use chinwag_core::domain::{NewSettings, RoomId};
use chinwag_wire::json_body;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::rest::{OwnSettings, PutSettings, RoomNotificationsWish, SettingsRevision};
use std::sync::Arc;

/// The settings of the caller, with what is set for each room.
#[utoipa::path(get, path = "/api/settings", operation_id = "getSettings", tag = "account",
    responses((status = 200, description = "All of them", body = OwnSettings), Errors))]
pub(crate) async fn show(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, RestError> {
    let settings = app.chat.settings(caller.actor).await?;
    Ok(caller.answer(&app, json_body(&OwnSettings::from(settings))))
}

/// Takes other settings in place of those at a revision. When another device has changed them since, that is refused: read them again first.
#[utoipa::path(put, path = "/api/settings", operation_id = "putSettings", tag = "account", request_body = PutSettings,
    responses((status = 200, description = "The number of this change", body = SettingsRevision), Errors))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Body(PutSettings { revision, settings }): Body<PutSettings>,
) -> Result<Json<SettingsRevision>, RestError> {
    let document = settings.document().map_err(wrong)?;
    let settings = NewSettings { document, shares_reads: settings.privacy.share_reads };
    let revision = app.chat.put_settings(actor, revision, settings).await?;
    Ok(Json(SettingsRevision { revision }))
}

/// Says what the caller wants to hear of a room, for as long as the caller is a member of it.
#[utoipa::path(put, path = "/api/rooms/{room}/notifications", operation_id = "setRoomNotifications", tag = "members",
    params(("room" = i64, Path, description = "The room's number")), request_body = RoomNotificationsWish,
    responses((status = 200, description = "The number of this change of the settings", body = SettingsRevision), Errors))]
pub(crate) async fn set_notifications(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
    Body(wish): Body<RoomNotificationsWish>,
) -> Result<Json<SettingsRevision>, RestError> {
    let wanted = wish.wanted().map_err(wrong)?;
    let revision = app.chat.set_notifications(actor, RoomId(room), wanted).await?;
    Ok(Json(SettingsRevision { revision }))
}

fn wrong(sentence: &'static str) -> RestError {
    ProtocolError::new(ErrorCode::BadFrame, sentence).into()
}
