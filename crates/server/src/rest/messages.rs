//! The messages of a room.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chinwag_core::chat::{Draft, DraftText};
use chinwag_core::domain::{ClientId, Refusal, RoomId, Seq};
use chinwag_wire::json_body;
use chinwag_wire::native::ThreadPage;
use chinwag_wire::rest::{
    EditMessage, MessageReactions, MessagesPage, MessagesQuery, PostMessage, Posted, RoomPins,
};
use rand::RngExt as _;
use std::sync::Arc;

/// The header under which a client names what it writes, so that a repeat stores nothing.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A page of a room's messages.
#[utoipa::path(get, path = "/api/rooms/{room}/messages", operation_id = "listMessages", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), MessagesQuery),
    responses((status = 200, description = "A page", body = MessagesPage), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(room): Path<i64>,
    Query(query): Query<MessagesQuery>,
) -> Result<Response, RestError> {
    let (window, limit) = query.window()?;
    let page = app.chat.read_history(caller.actor, RoomId(room), window, limit).await?;
    Ok(caller.answer(&app, json_body(&MessagesPage::from(page))))
}

/// Writes a message into a room in which one is a member. Answered when it is stored durably.
#[utoipa::path(post, path = "/api/rooms/{room}/messages", operation_id = "postMessage", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 64 of `A-Z a-z 0-9 - _ . :`, new for each message. \
            A repeat with the same key stores nothing and gets the first answer: a script that repeats without a key may write twice.")),
    request_body = PostMessage, responses((status = 201, description = "Where it stands", body = Posted), Errors))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(room): Path<i64>,
    headers: HeaderMap,
    Body(message): Body<PostMessage>,
) -> Result<(StatusCode, Json<Posted>), RestError> {
    let draft = Draft {
        room: RoomId(room),
        client_id: client_id(&headers)?,
        kind: message.kind.into(),
        text: DraftText::Trimmed(&message.text),
        reply_to: message.reply_to.map(Seq),
        thread: message.in_thread(),
        attachments: message.files()?,
        here: app.hub.called(RoomId(room), &message.text),
    };
    let posted = app.chat.send_message(actor, draft).await?;
    Ok((StatusCode::CREATED, Json(posted.into())))
}

/// Gives an own message another text. Answered when it is stored durably.
#[utoipa::path(patch, path = "/api/rooms/{room}/messages/{seq}", operation_id = "editMessage", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), ("seq" = i64, Path, description = "The message's place"),
        ("Idempotency-Key" = Option<String>, Header, description = "As for a message, and different from those of all messages.")),
    request_body = EditMessage, responses((status = 200, description = "Where the change stands", body = Posted), Errors))]
pub(crate) async fn edit(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, seq)): Path<(i64, i64)>,
    headers: HeaderMap,
    Body(EditMessage { text }): Body<EditMessage>,
) -> Result<Json<Posted>, RestError> {
    let client_id = client_id(&headers)?;
    let edited = app.chat.edit_message(actor, RoomId(room), Seq(seq), client_id, &text).await?;
    Ok(Json(edited.into()))
}

/// Deletes a message: one's own, or somebody else's where one keeps order. Nothing of its text stays.
#[utoipa::path(delete, path = "/api/rooms/{room}/messages/{seq}", operation_id = "deleteMessage", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), ("seq" = i64, Path, description = "The message's place"),
        ("Idempotency-Key" = Option<String>, Header, description = "As for a message, and different from those of all messages.")),
    responses((status = 200, description = "Where the deletion stands", body = Posted), Errors))]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((room, seq)): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result<Json<Posted>, RestError> {
    let deleted = app.chat.delete_message(actor, RoomId(room), Seq(seq), client_id(&headers)?).await?;
    Ok(Json(deleted.into()))
}

/// Everybody who reacted to a message.
#[utoipa::path(get, path = "/api/rooms/{room}/messages/{seq}/reactions", operation_id = "listReactions", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), ("seq" = i64, Path, description = "The message's place")),
    responses((status = 200, description = "By emoji", body = MessageReactions), Errors))]
pub(crate) async fn reactions(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((room, seq)): Path<(i64, i64)>,
) -> Result<Response, RestError> {
    let found = app.chat.reactions(caller.actor, RoomId(room), Seq(seq)).await?;
    Ok(caller.answer(&app, json_body(&MessageReactions::from(found))))
}

/// A page of what is said under a message.
#[utoipa::path(get, path = "/api/rooms/{room}/messages/{seq}/thread", operation_id = "listThread", tag = "messages",
    params(("room" = i64, Path, description = "The room's number"), ("seq" = i64, Path, description = "The message's place"), MessagesQuery),
    responses((status = 200, description = "A page", body = ThreadPage), Errors))]
pub(crate) async fn thread(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((room, seq)): Path<(i64, i64)>,
    Query(query): Query<MessagesQuery>,
) -> Result<Response, RestError> {
    let (window, limit) = query.window()?;
    let page = app.chat.read_thread(caller.actor, (RoomId(room), Seq(seq)), window, limit).await?;
    Ok(caller.answer(&app, json_body(&ThreadPage::from(page))))
}

/// The messages that are pinned in a room.
#[utoipa::path(get, path = "/api/rooms/{room}/pins", operation_id = "listPins", tag = "messages",
    params(("room" = i64, Path, description = "The room's number")),
    responses((status = 200, description = "All of them, the last one pinned first", body = RoomPins), Errors))]
pub(crate) async fn pins(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(room): Path<i64>,
) -> Result<Response, RestError> {
    let pins = app.chat.pins(caller.actor, RoomId(room)).await?;
    Ok(caller.answer(&app, json_body(&RoomPins::from(pins))))
}

pub(super) fn client_id(headers: &HeaderMap) -> Result<ClientId, Refusal> {
    match headers.get(IDEMPOTENCY_KEY) {
        Some(key) => ClientId::parse(key.to_str().map_err(|_| Refusal::ClientIdInvalid)?),
        None => ClientId::parse(&format!("rest-{:032x}", rand::rng().random::<u128>())),
    }
}
