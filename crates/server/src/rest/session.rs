//! Signing in and out.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Body;
use super::name_keeper;
use super::newcomer::Comer;
use crate::app::App;
use crate::auth::RefreshCookie;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chinwag_core::chat::{Newcomer, SignedIn};
use chinwag_core::domain::Refusal;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::rest;
use std::sync::Arc;

/// Signs in: with name and password, as a guest by a name alone, or by a link that another device shows.
#[utoipa::path(post, path = "/api/session", operation_id = "signIn", tag = "session", security(()), request_body = rest::SignIn,
    responses((status = 201, description = "The access token, and who one is. A browser keeps the session in a cookie.", body = rest::SignedIn), Errors))]
pub(crate) async fn sign_in(
    State(app): State<Arc<App>>,
    comer: Comer,
    Body(wish): Body<rest::SignIn>,
) -> Result<Response, RestError> {
    let newcomer = comer.newcomer(wish.purpose);
    let rest::SignIn { name, password, link, invite, hold_name, .. } = wish;
    let mut keeper = None;
    let signed_in = match (link, name, password) {
        (Some(code), None, None) => app.chat.open_link(&code, &newcomer).await?,
        (None, Some(name), Some(password)) => by_password(&app, &name, password, &newcomer).await?,
        (None, Some(name), None) => {
            keeper = hold_name.then(|| name_keeper::secret(&comer.headers));
            app.chat.sign_in(&name, keeper.as_deref(), invite.as_deref(), &newcomer).await?
        }
        (Some(_), Some(_), _) | (Some(_), None, Some(_)) | (None, None, _) => {
            let sentence = "Say a name and a password, a name alone for a guest, or a link alone.";
            return Err(ProtocolError::new(ErrorCode::BadFrame, sentence).into());
        }
    };
    tracing::info!(user = signed_in.user.id.0, session = signed_in.session.0, "signed in");
    let mut response = comer.let_in(&app, StatusCode::CREATED, signed_in)?;
    let cookie = keeper.and_then(|secret| name_keeper::set_cookie(&secret, comer.is_secure(&app)));
    append_cookie(&mut response, cookie);
    Ok(response)
}

/// Signs a member in. What is wrong is not told, neither by the words nor by the time.
async fn by_password(
    app: &App,
    name: &str,
    password: String,
    newcomer: &Newcomer,
) -> Result<SignedIn, Refusal> {
    let attempts = &app.auth.attempts;
    attempts.begin(name, newcomer.address, app.chat.now())?;
    let looked_at = async {
        let (user, kept) = app.chat.find_password(name, newcomer.address).await?.unzip();
        let is_right = app.auth.passwords.is_right(password, kept).await?;
        Ok(user.filter(|_| is_right))
    };
    match looked_at.await {
        Ok(Some(user)) => {
            attempts.was_right(name);
            app.chat.begin_session(user, newcomer).await
        }
        Ok(None) => {
            attempts.was_wrong(newcomer.address, app.chat.now());
            tracing::info!(address = %newcomer.address, "a wrong name or password");
            Err(Refusal::SignInFailed)
        }
        Err(refusal) => {
            attempts.take_back(name);
            Err(refusal)
        }
    }
}

/// Gives a browser another access token for the session in its cookie, which is replaced.
#[utoipa::path(post, path = "/api/session/refresh", operation_id = "refreshSession", tag = "session", security(()),
    responses((status = 200, description = "The access token, and who one is", body = rest::SignedIn), Errors))]
pub(crate) async fn refresh(State(app): State<Arc<App>>, comer: Comer) -> Result<Response, RestError> {
    if !comer.is_of_this_server(&app) {
        return Err(Refusal::Forbidden.into());
    }
    let Some(token) = RefreshCookie::brought(&comer.headers) else {
        return Err(Refusal::Unauthorized.into());
    };
    match app.chat.refresh(token, &comer.newcomer(None)).await {
        Ok(signed_in) => comer.let_in(&app, StatusCode::OK, signed_in),
        Err(refusal) => {
            let is_over = refusal == Refusal::Unauthorized;
            let mut response = RestError::from(refusal).into_response();
            // What is good for nothing is not brought again.
            append_cookie(&mut response, comer.cookie(&app).forget().filter(|_| is_over));
            append_cookie(&mut response, comer.files_cookie(&app).forget().filter(|_| is_over));
            Ok(response)
        }
    }
}

/// Who one is.
#[utoipa::path(get, path = "/api/session", operation_id = "getSession", tag = "session", responses((status = 200, description = "Who one is", body = rest::Session), Errors))]
pub(crate) async fn show(Caller { user, .. }: Caller) -> Json<rest::Session> {
    Json(rest::Session { user: user.into() })
}

/// Signs out: the session ends, and the connections made with it.
#[utoipa::path(delete, path = "/api/session", operation_id = "signOut", tag = "session", responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn sign_out(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    comer: Comer,
) -> Result<Response, RestError> {
    app.chat.sign_out(actor).await?;
    tracing::info!(user = actor.user.0, session = actor.session.0, "signed out");
    let mut response = StatusCode::NO_CONTENT.into_response();
    append_cookie(&mut response, comer.cookie(&app).forget());
    append_cookie(&mut response, comer.files_cookie(&app).forget());
    Ok(response)
}

/// Makes a link that signs the same person in on another device: once, and within 10 minutes.
#[utoipa::path(post, path = "/api/session/link", operation_id = "makeLink", tag = "session", responses((status = 201, description = "The code of the link", body = rest::DeviceLink), Errors))]
pub(crate) async fn link(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<(StatusCode, Json<rest::DeviceLink>), RestError> {
    let (code, until) = app.chat.make_link(actor).await?;
    Ok((StatusCode::CREATED, Json(rest::DeviceLink { code, expires_at: until.0 })))
}

fn append_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
