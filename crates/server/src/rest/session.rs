//! Signing in and out.

use super::error::RestError;
use super::name_keeper;
use crate::addresses::client_address;
use crate::app::App;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use chinwag_core::domain::{Actor, Refusal, SessionId, User};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::rest;
use std::net::SocketAddr;
use std::sync::Arc;

/// `POST /api/session`
pub(crate) async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Json<rest::SignIn>, JsonRejection>,
) -> Result<impl IntoResponse, RestError> {
    let Json(rest::SignIn { name, hold_name }) =
        body.map_err(|error| RestError(ProtocolError::new(ErrorCode::BadFrame, error.body_text())))?;
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

/// `GET /api/session`
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Json<rest::Session>, RestError> {
    let (user, _) = session(&app, &headers).await?;
    Ok(Json(rest::Session { user: user.into() }))
}

/// `DELETE /api/session`
pub(crate) async fn sign_out(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<StatusCode, RestError> {
    let (user, session) = session(&app, &headers).await?;
    let address = Some(client_address(peer.ip(), &headers, &app.config.trusted_proxies));
    app.chat.sign_out(Actor { user: user.id, session, connection: None, address, is_visit: false }).await?;
    tracing::info!(user = user.id.0, session = session.0, "signed out");
    Ok(StatusCode::NO_CONTENT)
}

async fn session(app: &App, headers: &HeaderMap) -> Result<(User, SessionId), Refusal> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = authorization
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or(Refusal::Unauthorized)?;
    app.chat.open_session(token.trim()).await
}
