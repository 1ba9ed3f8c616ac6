//! Accounts of one's own.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path};
use super::name_keeper;
use super::newcomer::Comer;
use crate::app::App;
use crate::auth::{NewPassword, PASSWORD_LENGTH};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chinwag_core::chat::{AccessPolicy, AccountAccess};
use chinwag_core::domain::{AccountKind, Actor, Email, Millis, Refusal, SessionId, StatusText, UserName};
use chinwag_core::ports::{AccountUpdate, MessagesLeft, OwnAccount, SessionReport, WhichSessions};
use chinwag_wire::rest;
use std::sync::Arc;

/// Who may come in.
#[utoipa::path(get, path = "/api/access", operation_id = "getAccess", tag = "account", security(()), responses((status = 200, description = "Who may come in", body = rest::AccessInfo)))]
pub(crate) async fn access(State(app): State<Arc<App>>) -> Json<rest::AccessInfo> {
    let AccessPolicy { accounts, guests, passwords } = app.chat.access();
    let access = match accounts {
        AccountAccess::Open => rest::AccessKind::Open,
        AccountAccess::InviteOnly => rest::AccessKind::InviteOnly,
        AccountAccess::Closed => rest::AccessKind::Closed,
    };
    let password_length = u32::try_from(PASSWORD_LENGTH).unwrap_or(u32::MAX);
    let provider = app.auth.provider.as_ref();
    let providers = provider.map(|provider| rest::ProviderInfo {
        title: provider.name.clone(),
        start: "api/oidc/start".to_owned(),
    });
    let providers = providers.into_iter().collect();
    // One may sign in without it, too.
    let avatar = app.chat.server_avatar().await.ok().flatten().map(|id| id.to_string());
    let mail = app.mailer.is_some();
    Json(rest::AccessInfo { access, guests, password_length, providers, passwords, mail, avatar })
}

/// Makes an account, and signs in. Whoever brings the token of a guest becomes the member, and keeps everything.
#[utoipa::path(post, path = "/api/accounts", operation_id = "register", tag = "account", security((), ("token" = [])), request_body = rest::Register,
    responses((status = 201, description = "The access token, and who one is", body = rest::SignedIn), Errors))]
pub(crate) async fn register(
    State(app): State<Arc<App>>,
    guest: Option<Caller>,
    comer: Comer,
    Body(wish): Body<rest::Register>,
) -> Result<Response, RestError> {
    let newcomer = comer.newcomer(wish.purpose);
    let rest::Register { name, password, display_name, email, invite, .. } = wish;
    let guest = guest.filter(|caller| caller.user.kind == AccountKind::Guest).map(|caller| caller.actor);
    let password = NewPassword::parse(password, &[&name, display_name.as_deref().unwrap_or_default()])?;
    let application =
        app.chat.apply(&name, display_name.as_deref(), email.as_deref(), invite, &newcomer).await?;
    let password = app.auth.passwords.hash(password).await?;
    let keeper = name_keeper::brought(&comer.headers);
    let signed_in = app.chat.register(application, password, guest, keeper, &newcomer).await?;
    tracing::info!(user = signed_in.user.id.0, session = signed_in.session.0, "a member registered");
    comer.let_in(&app, StatusCode::CREATED, signed_in)
}

/// One's own account.
#[utoipa::path(get, path = "/api/me", operation_id = "getMe", tag = "account", responses((status = 200, description = "The account, with what only oneself sees", body = rest::Me), Errors))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<rest::Me>, RestError> {
    Ok(Json(me(app.chat.own_account(actor).await?, app.chat.now())))
}

/// Changes one's own account: what is there changes, the rest stays.
#[utoipa::path(patch, path = "/api/me", operation_id = "updateMe", tag = "account", request_body = rest::UpdateMe, responses((status = 200, description = "The account as it is now", body = rest::Me), Errors))]
pub(crate) async fn update(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    comer: Comer,
    Body(rest::UpdateMe { name, email, password, status }): Body<rest::UpdateMe>,
) -> Result<Json<rest::Me>, RestError> {
    let name = name.as_deref().map(UserName::parse).transpose()?;
    let email = match email.as_deref().map(str::trim) {
        Some("") => Some(None),
        Some(address) => Some(Some(Email::parse(address)?)),
        None => None,
    };
    let status = match status {
        Some(status) => Some(StatusText::parse(&status.text)?.map(|text| (text, status.until.map(Millis)))),
        None => None,
    };
    if email.is_some() {
        check_password(&app, actor, &comer, password).await?;
    }
    let account = app.chat.update_account(actor, name, AccountUpdate { email, status }).await?;
    Ok(Json(me(account, app.chat.now())))
}

/// Changes one's own password. All other sessions end.
#[utoipa::path(put, path = "/api/me/password", operation_id = "changePassword", tag = "account", request_body = rest::ChangePassword, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn change_password(
    State(app): State<Arc<App>>,
    Caller { user, actor }: Caller,
    comer: Comer,
    Body(rest::ChangePassword { current, password }): Body<rest::ChangePassword>,
) -> Result<StatusCode, RestError> {
    let password = NewPassword::parse(password, &[&user.name])?;
    check_password(&app, actor, &comer, current).await?;
    let password = app.auth.passwords.hash(password).await?;
    app.chat.change_password(actor, password).await?;
    tracing::info!(user = actor.user.0, "changed the password");
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one's own account. The messages stay under "Former member", or their texts are deleted.
#[utoipa::path(delete, path = "/api/me", operation_id = "deleteMe", tag = "account", request_body = rest::DeleteMe, responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    comer: Comer,
    Body(rest::DeleteMe { password, messages }): Body<rest::DeleteMe>,
) -> Result<StatusCode, RestError> {
    check_password(&app, actor, &comer, password).await?;
    let messages = match messages {
        rest::MessagesLeft::Keep => MessagesLeft::Keep,
        rest::MessagesLeft::Delete => MessagesLeft::Delete,
    };
    app.chat.end_account(actor, messages).await?;
    tracing::info!(user = actor.user.0, "ended the account");
    Ok(StatusCode::NO_CONTENT)
}

/// Where one is signed in, the latest first.
#[utoipa::path(get, path = "/api/sessions", operation_id = "listSessions", tag = "account", responses((status = 200, description = "The sessions", body = rest::Sessions), Errors))]
pub(crate) async fn sessions(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<rest::Sessions>, RestError> {
    let sessions = app.chat.sessions_of(actor.user).await?;
    let sessions = sessions.into_iter().map(|report| session_info(report, actor.session)).collect();
    Ok(Json(rest::Sessions { sessions }))
}

/// Ends all sessions but this one.
#[utoipa::path(delete, path = "/api/sessions", operation_id = "endOtherSessions", tag = "account", responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn end_other_sessions(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<StatusCode, RestError> {
    app.chat.end_sessions(actor, WhichSessions::Others).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one of one's own sessions. One that is none is as good as ended.
#[utoipa::path(delete, path = "/api/sessions/{session}", operation_id = "endSession", tag = "account", params(("session" = i64, Path, description = "Its number")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn end_session(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(session): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.end_sessions(actor, WhichSessions::One(SessionId(session))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for the present password, where there is one that has to be said. Who took over an open browser guesses no faster than at the door.
async fn check_password(app: &App, actor: Actor, comer: &Comer, said: Option<String>) -> Result<(), Refusal> {
    let Some(kept) = app.chat.password_to_ask_for(actor).await? else { return Ok(()) };
    let name = format!("account {}", actor.user);
    app.auth.attempts.begin(&name, comer.address, app.chat.now())?;
    match app.auth.passwords.is_right(said.unwrap_or_default(), Some(kept)).await {
        Ok(true) => {
            app.auth.attempts.was_right(&name);
            Ok(())
        }
        Ok(false) => {
            app.auth.attempts.was_wrong(comer.address, app.chat.now());
            Err(Refusal::SignInFailed)
        }
        Err(refusal) => {
            app.auth.attempts.take_back(&name);
            Err(refusal)
        }
    }
}

fn me(account: OwnAccount, now: Millis) -> rest::Me {
    let OwnAccount { user, login, email, status, has_password, reset_until } = account;
    // What has ended says nothing any more.
    let status = status.filter(|(_, until)| until.is_none_or(|until| until > now));
    rest::Me {
        user: user.into(),
        login,
        email,
        status: status.map(|(text, until)| rest::PersonStatus { text, until: until.map(|until| until.0) }),
        has_password,
        asks_for_password: has_password && reset_until.is_none_or(|until| until < now),
    }
}

fn session_info(report: SessionReport, current: SessionId) -> rest::SessionInfo {
    let SessionReport { id, device, address, created_at, last_seen_at } = report;
    rest::SessionInfo {
        id: id.0,
        device,
        address,
        created_at: created_at.0,
        last_seen_at: last_seen_at.0,
        is_current: id == current,
    }
}
