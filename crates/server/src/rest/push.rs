//! Pushes to the device at which the caller is signed in.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Body;
use crate::app::App;
use crate::push::{Answer, Payload};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chinwag_core::domain::PushTarget;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::rest::{PushKeys, PushState, PushSubscription, PushTest, Settings};
use std::sync::Arc;

/// Characters of the address of the client at most.
const PAGE_LENGTH: usize = 300;
/// The same of a language.
const LANGUAGE_LENGTH: usize = 35;

/// The key of this server for browsers, and whether the caller's device is pushed to.
#[utoipa::path(get, path = "/api/push", operation_id = "getPush", tag = "account",
    responses((status = 200, description = "How it stands", body = PushState), Errors))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<PushState>, RestError> {
    let device = app.chat.push_device(actor).await?;
    Ok(Json(PushState {
        key: app.pusher.public_key().to_owned(),
        endpoint: device.as_ref().map(|device| device.target.endpoint.clone()),
        pushed_at: device.as_ref().and_then(|device| device.pushed_at).map(|at| at.0),
        refused: device.and_then(|device| device.refused),
    }))
}

/// Has the device at which the caller is signed in be pushed to, until the caller signs out there.
#[utoipa::path(put, path = "/api/push/subscription", operation_id = "subscribeToPushes", tag = "account",
    request_body = PushSubscription, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn subscribe(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Body(subscription): Body<PushSubscription>,
) -> Result<StatusCode, RestError> {
    let target = target(subscription).map_err(wrong)?;
    app.pusher.check(&target).map_err(wrong)?;
    app.chat.subscribe_to_pushes(actor, target).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends that. It is harmless when it is not so.
#[utoipa::path(delete, path = "/api/push/subscription", operation_id = "unsubscribeFromPushes", tag = "account",
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn unsubscribe(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<StatusCode, RestError> {
    app.chat.unsubscribe_from_pushes(actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pushes something to the device at which the caller is signed in, so that the caller sees whether it comes.
#[utoipa::path(post, path = "/api/push/test", operation_id = "testPush", tag = "account",
    responses((status = 200, description = "What the push service made of it", body = PushTest), Errors))]
pub(crate) async fn test(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<PushTest>, RestError> {
    let device = app.chat.push_device_to_test(actor).await?;
    let device = device.ok_or_else(|| wrong("This device is not pushed to."))?;
    let settings = Settings::read(&app.chat.settings(actor).await?.document);
    let payload = Payload::test(&device.target, &settings);
    let taken = match app.pusher.push(&device.target, &payload, app.chat.now()).await {
        Answer::Taken => true,
        Answer::Gone => {
            app.chat.push_device_is_gone(actor).await?;
            false
        }
        Answer::Refused(_) | Answer::Later(_) => false,
    };
    Ok(Json(PushTest { taken }))
}

/// How the device is reached.
fn target(subscription: PushSubscription) -> Result<PushTarget, &'static str> {
    let PushSubscription { endpoint, keys, page, language } = subscription;
    let is_page = (page.starts_with("https://") || page.starts_with("http://"))
        && page.ends_with('/')
        && page.len() <= PAGE_LENGTH
        && page.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_page {
        return Err("The address of the client ends with a slash.");
    }
    if language.len() > LANGUAGE_LENGTH
        || !language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err("A language is written as in HTML, such as de or en-GB.");
    }
    let PushKeys { p256dh, auth } = keys;
    let read = |text: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
        bytes.map_err(|_| "A key is written in URL-safe Base64.")
    };
    Ok(PushTarget { endpoint, key: read(&p256dh)?, secret: read(&auth)?, page, language })
}

fn wrong(sentence: &'static str) -> RestError {
    ProtocolError::new(ErrorCode::BadFrame, sentence).into()
}
