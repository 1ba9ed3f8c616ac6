//! Another password for whoever lost it, by mail.

use super::error::{Errors, RestError};
use super::input::Body;
use super::newcomer::Comer;
use crate::app::App;
use crate::auth::NewPassword;
use crate::mail::{MailText, Mailer, Spoken};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chinwag_core::domain::{Email, Refusal};
use chinwag_wire::rest;
use std::sync::Arc;

/// Sends a mail to whoever lost the password, with a link that takes another one within an hour. The answer is the same, and as fast, whether an account has
/// this address or none.
#[utoipa::path(post, path = "/api/password-reset", operation_id = "requestPasswordReset", tag = "account", security(()), request_body = rest::RequestReset,
    responses((status = 202, description = "If an account has this address, a mail is on its way"), Errors))]
pub(crate) async fn request(
    State(app): State<Arc<App>>,
    comer: Comer,
    Body(rest::RequestReset { email }): Body<rest::RequestReset>,
) -> Result<StatusCode, RestError> {
    let mailer = Arc::clone(app.mailer.as_ref().ok_or(Refusal::MailOff)?);
    let email = Email::parse(&email)?;
    app.chat.admit_reset(comer.address).await?;
    let turn = mailer.turn()?;
    let language = Spoken::by(&comer.headers);
    tokio::spawn(async move {
        let _turn = turn;
        if let Err(refusal) = send_all(&app, &mailer, &email, language).await {
            tracing::warn!(%refusal, "cannot look up who is reached by a mail");
        }
    });
    Ok(StatusCode::ACCEPTED)
}

async fn send_all(app: &App, mailer: &Mailer, email: &Email, language: Spoken) -> Result<(), Refusal> {
    for account in app.chat.reached_at(email).await? {
        let Some(mail) = app.chat.reset_mail(account).await? else { continue };
        let text = MailText::reset(&mail.login, &mailer.link("reset", &mail.code), language);
        match mailer.send(&mail.email, &text).await {
            Ok(()) => tracing::info!("sent a mail to somebody who lost the password"),
            Err(failure) => {
                tracing::warn!(%failure, "a mail to somebody who lost the password could not be sent");
                // One of which nobody can tell whether it came is good still.
                if !failure.may_have_come() {
                    app.chat.forget_reset(&mail.code).await?;
                }
            }
        }
    }
    Ok(())
}

/// Sets another password by what came by mail, and signs in. All other sessions of the account end. A code is good once.
#[utoipa::path(put, path = "/api/password-reset", operation_id = "resetPassword", tag = "account", security(()), request_body = rest::ResetPassword,
    responses((status = 201, description = "The access token, and who one is", body = rest::SignedIn), Errors))]
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    comer: Comer,
    Body(rest::ResetPassword { code, password, purpose }): Body<rest::ResetPassword>,
) -> Result<Response, RestError> {
    let login = app.chat.look_at_reset(&code, comer.address).await?;
    let password = NewPassword::parse(password, &[&login])?;
    let password = app.auth.passwords.hash(password).await?;
    let signed_in = app.chat.reset_by_mail(&code, password, &comer.newcomer(purpose)).await?;
    // Whoever guessed at the one before keeps nobody out.
    app.auth.attempts.was_right(&login);
    tracing::info!(user = signed_in.user.id.0, "set another password by a mail");
    comer.let_in(&app, StatusCode::CREATED, signed_in)
}
