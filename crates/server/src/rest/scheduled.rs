//! Messages that are sent later, and reminders.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path};
use super::messages::client_id;
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chinwag_core::chat::LaterMessage;
use chinwag_core::domain::{Millis, RoomId, Seq};
use chinwag_wire::json_body;
use chinwag_wire::rest::{RemindMe, Reschedule, ScheduledId, ScheduledList, SendLater};
use std::sync::Arc;

/// All that waits for the caller, reminders that are due, and messages that could not be sent.
#[utoipa::path(get, path = "/api/scheduled", operation_id = "listScheduled", tag = "messages",
    responses((status = 200, description = "What comes first at the beginning", body = ScheduledList), Errors))]
pub(crate) async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, RestError> {
    let scheduled = app.chat.scheduled(caller.actor).await?;
    Ok(caller.answer(&app, json_body(&ScheduledList::from(scheduled))))
}

/// Has a message be sent at a time. Whether the caller may write there is looked at then.
#[utoipa::path(post, path = "/api/scheduled/messages", operation_id = "sendLater", tag = "messages",
    params(("Idempotency-Key" = Option<String>, Header, description = "As for a message, of which it will be the client id.")),
    request_body = SendLater, responses((status = 201, description = "It waits", body = ScheduledId), Errors))]
pub(crate) async fn send(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    headers: HeaderMap,
    Body(later): Body<SendLater>,
) -> Result<(StatusCode, Json<ScheduledId>), RestError> {
    let message = LaterMessage {
        room: RoomId(later.room),
        text: &later.text,
        reply_to: later.reply_to.map(Seq),
        thread: later.in_thread(),
        attachments: later.files()?,
    };
    let id = app.chat.send_later(actor, client_id(&headers)?, Millis(later.at), message).await?;
    Ok((StatusCode::CREATED, Json(ScheduledId { id })))
}

/// Has the caller be reminded at a time, of a message or of a text.
#[utoipa::path(post, path = "/api/scheduled/reminders", operation_id = "remindMe", tag = "messages",
    params(("Idempotency-Key" = Option<String>, Header, description = "As for a message.")),
    request_body = RemindMe, responses((status = 201, description = "It waits", body = ScheduledId), Errors))]
pub(crate) async fn remind(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    headers: HeaderMap,
    Body(RemindMe { at, room, seq, text }): Body<RemindMe>,
) -> Result<(StatusCode, Json<ScheduledId>), RestError> {
    let about = room.map(RoomId).zip(seq.map(Seq));
    let id = app.chat.remind(actor, client_id(&headers)?, Millis(at), (about, &text)).await?;
    Ok((StatusCode::CREATED, Json(ScheduledId { id })))
}

/// Has it happen at another time, also a reminder that is due and a message that could not be sent.
#[utoipa::path(patch, path = "/api/scheduled/{id}", operation_id = "reschedule", tag = "messages",
    params(("id" = i64, Path, description = "The number under which it waits")),
    request_body = Reschedule, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn update(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<i64>,
    Body(Reschedule { at }): Body<Reschedule>,
) -> Result<StatusCode, RestError> {
    app.chat.reschedule(actor, id, Millis(at)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has it not happen, or dismisses it. It is harmless when it is not there.
#[utoipa::path(delete, path = "/api/scheduled/{id}", operation_id = "unschedule", tag = "messages",
    params(("id" = i64, Path, description = "The number under which it waits")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(id): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.unschedule(actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
