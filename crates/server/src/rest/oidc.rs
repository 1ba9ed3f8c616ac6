//! Signing in by a provider. A browser goes to the provider and comes back: two of these are places for it, and no calls.

use super::caller::Caller;
use super::error::{self, Errors, RestError};
use super::name_keeper;
use super::newcomer::Comer;
use crate::app::App;
use crate::auth::{Answer, Pending, Provider, SignInFailure};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use chinwag_core::chat::{Secret, SignedIn, TakenAlong};
use chinwag_core::domain::Refusal;
use chinwag_wire::rest;
use std::sync::Arc;

/// Leads to the provider, where the person signs in.
#[utoipa::path(get, path = "/api/oidc/start", operation_id = "startProviderSignIn", tag = "session", security(()), params(rest::StartProviderSignIn),
    responses((status = 303, description = "To the provider; or to the web client, with a word behind its # that says what is wrong"),
        (status = 404, description = "This server has no provider")))]
pub(crate) async fn start(
    State(app): State<Arc<App>>,
    comer: Comer,
    query: Result<Query<rest::StartProviderSignIn>, QueryRejection>,
) -> Response {
    let Some(provider) = &app.auth.provider else { return error::unknown().await };
    let invite = query.ok().and_then(|Query(rest::StartProviderSignIn { invite })| invite);
    let along = TakenAlong { invite, guest: None, keeper: keeper(&comer) };
    match provider.begin(along, app.chat.now()).await {
        Ok((place, pending)) => lead_to(&place, [pending.keep(comer.is_secure(&app))]),
        Err(failure) => lead_back(&app, &failure, [None]),
    }
}

/// Begins the way of a guest who becomes a member by the provider, and keeps name, rooms and messages. Answers where the browser is to go.
#[utoipa::path(post, path = "/api/oidc/start", operation_id = "keepGuestByProvider", tag = "session",
    responses((status = 200, description = "Where the browser is to go, within 10 minutes", body = rest::ProviderPlace), Errors))]
pub(crate) async fn keep(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    comer: Comer,
) -> Result<Response, RestError> {
    let Some(provider) = &app.auth.provider else { return Ok(error::unknown().await) };
    let guest = Some(app.chat.make_provider_link(actor).await?);
    let along = TakenAlong { invite: None, guest, keeper: keeper(&comer) };
    match provider.begin(along, app.chat.now()).await {
        Ok((place, pending)) => {
            let cookie = pending.keep(comer.is_secure(&app)).map(|cookie| [(header::SET_COOKIE, cookie)]);
            Ok((cookie.map(AppendHeaders), Json(rest::ProviderPlace { place })).into_response())
        }
        Err(failure) => {
            tracing::warn!(%failure, "a sign-in by the provider failed");
            Err(Refusal::Unavailable.into())
        }
    }
}

/// By what the browser is known in which somebody was a guest. It is asked for here, as it does not come back from another site.
fn keeper(comer: &Comer) -> Option<String> {
    name_keeper::brought(&comer.headers).map(str::to_owned)
}

/// Where the provider leads back to: signs the person in, and leads to the web client.
#[utoipa::path(get, path = "/api/oidc/callback", operation_id = "finishProviderSignIn", tag = "session", security(()),
    responses((status = 303, description = "To the web client, with the session in a cookie; or with a word behind its # that says what is wrong"),
        (status = 404, description = "This server has no provider")))]
pub(crate) async fn callback(
    State(app): State<Arc<App>>,
    comer: Comer,
    query: Result<Query<Answer>, QueryRejection>,
) -> Response {
    let Some(provider) = &app.auth.provider else { return error::unknown().await };
    let answer = query.map(|Query(answer)| answer).unwrap_or_default();
    // Good for one answer, whatever that is.
    let forget = Pending::forget(comer.is_secure(&app));
    match sign_in(&app, provider, &comer, answer).await {
        Ok(SignedIn { secret: Secret::Refresh(secret) | Secret::Token(secret), user, session }) => {
            tracing::info!(user = user.id.0, session = session.0, "signed in by the provider");
            let keep = comer.cookie(&app).keep(&secret);
            lead_to(&page(&app, "in"), [keep, forget])
        }
        Err(failure) => lead_back(&app, &failure, [forget]),
    }
}

async fn sign_in(
    app: &App,
    provider: &Provider,
    comer: &Comer,
    answer: Answer,
) -> Result<SignedIn, SignInFailure> {
    let now = app.chat.now();
    app.chat.count_provider_sign_in(comer.address).await?;
    let pending = Pending::brought(&comer.headers, comer.is_secure(app), now);
    let person = provider.finish(answer, pending.as_ref(), now).await?;
    let along = pending.map(|pending| pending.along).unwrap_or_default();
    let newcomer = comer.newcomer(None);
    Ok(app.chat.sign_in_by_provider(&person, provider.policy(), along, &newcomer).await?)
}

/// The page of this server, whatever a request says.
fn page(app: &App, word: &str) -> String {
    format!("{}#provider={word}", app.config.base_path.as_str())
}

fn lead_back<const N: usize>(
    app: &App,
    failure: &SignInFailure,
    cookies: [Option<HeaderValue>; N],
) -> Response {
    if failure.is_for_the_operator() {
        tracing::warn!(%failure, "a sign-in by the provider failed");
    } else {
        tracing::info!(%failure, "a sign-in by the provider failed");
    }
    lead_to(&page(app, failure.word()), cookies)
}

fn lead_to<const N: usize>(place: &str, cookies: [Option<HeaderValue>; N]) -> Response {
    let Ok(place) = HeaderValue::try_from(place) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, place);
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
