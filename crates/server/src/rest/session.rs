//! Signing in and out.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Body;
use super::name_keeper;
use crate::addresses::client_address;
use crate::app::App;
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use chinwag_wire::rest;
use std::net::SocketAddr;
use std::sync::Arc;

/// Signs in as a guest.
#[utoipa::path(post, path = "/api/session", operation_id = "signIn", tag = "session", security(()), request_body = rest::SignIn,
    responses((status = 201, description = "The token, and who one is", body = rest::SignedIn), Errors))]
pub(crate) async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(rest::SignIn { name, hold_name }): Body<rest::SignIn>,
) -> Result<impl IntoResponse, RestError> {
    let address = client_address(peer.ip(), &headers, &app.config.trusted_proxies);
    let keeper = hold_name.then(|| name_keeper::secret(&headers));
    let signed_in = app.chat.sign_in(&name, keeper.as_deref(), address).await?;
    tracing::info!(user = signed_in.user.id.0, session = signed_in.session.0, "a guest signed in");
    let body = rest::SignedIn { token: signed_in.token, user: signed_in.user.into() };
    let is_secure =
        app.config.public_url.is_secure() || app.access.called_by(peer.ip(), &headers).is_secure();
    let cookie = keeper.and_then(|secret| name_keeper::set_cookie(&secret, is_secure));
    Ok((StatusCode::CREATED, cookie.map(|cookie| AppendHeaders([(header::SET_COOKIE, cookie)])), Json(body)))
}

/// Who one is.
#[utoipa::path(get, path = "/api/session", operation_id = "getSession", tag = "session", responses((status = 200, description = "Who one is", body = rest::Session), Errors))]
pub(crate) async fn show(Caller { user, .. }: Caller) -> Json<rest::Session> {
    Json(rest::Session { user: user.into() })
}

/// Signs out: the token ends, and the connections made with it.
#[utoipa::path(delete, path = "/api/session", operation_id = "signOut", tag = "session", responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn sign_out(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<StatusCode, RestError> {
    app.chat.sign_out(actor).await?;
    tracing::info!(user = actor.user.0, session = actor.session.0, "signed out");
    Ok(StatusCode::NO_CONTENT)
}
