//! Inviting people.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use super::newcomer::Comer;
use crate::app::App;
use crate::mail::{MailText, Spoken};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use chinwag_core::chat::InviteWish;
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{Email, Refusal, RoomId};
use chinwag_core::ports::{InviteReport, InviteView, Withdrawal};
use chinwag_wire::native::StaffRole;
use chinwag_wire::rest;
use std::sync::Arc;

/// Makes an invitation: a link by which people come in, and into rooms.
#[utoipa::path(post, path = "/api/invites", operation_id = "createInvite", tag = "invites", request_body = rest::CreateInvite,
    responses((status = 201, description = "The invitation, with its token, which is told this once", body = rest::Invite), Errors))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    Caller { user, actor }: Caller,
    headers: HeaderMap,
    Body(rest::CreateInvite { hours, uses, rooms, role, email }): Body<rest::CreateInvite>,
) -> Result<(StatusCode, Json<rest::Invite>), RestError> {
    let rooms = rooms.into_iter().take(rest::INVITE_ROOMS).map(RoomId).collect();
    let role = role.map_or(ServerRole::Member, StaffRole::role);
    let email = email.as_deref().map(Email::parse).transpose()?;
    let mailer = match &email {
        Some(_) => {
            let mailer = app.mailer.as_ref().ok_or(Refusal::MailOff)?;
            app.chat.count_mail(actor).await?;
            Some(mailer)
        }
        None => None,
    };
    let (token, report) = app.chat.invite(actor, InviteWish { hours, uses, rooms, role }).await?;
    if let (Some(mailer), Some(email)) = (mailer, email) {
        let mail = MailText::invitation(&user.name, &mailer.link("invite", &token), Spoken::by(&headers));
        if let Err(failure) = mailer.send(&email, &mail).await {
            tracing::warn!(user = actor.user.0, %failure, "an invitation could not be sent by mail");
            // Nobody has it, or it may be withdrawn by hand.
            if !failure.may_have_come() {
                app.chat.withdraw_invite(actor, report.id, Withdrawal::Keep).await?;
            }
            return Err(Refusal::MailFailed.into());
        }
    }
    Ok((StatusCode::CREATED, Json(rest::Invite { token: Some(token), ..shown(report) })))
}

/// The invitations that are good still: one's own, and for admins those of all.
#[utoipa::path(get, path = "/api/invites", operation_id = "listInvites", tag = "invites", responses((status = 200, description = "The invitations, the latest first", body = rest::Invites), Errors))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<rest::Invites>, RestError> {
    let invites = app.chat.invites(actor).await?.into_iter().map(shown).collect();
    Ok(Json(rest::Invites { invites }))
}

/// Withdraws an invitation. With `undo=true` the accounts of all who came by it end as well, which is for moderators of the server.
#[utoipa::path(delete, path = "/api/invites/{invite}", operation_id = "withdrawInvite", tag = "invites", params(("invite" = i64, Path, description = "Its number"), rest::WithdrawInvite), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn withdraw(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(invite): Path<i64>,
    Query(rest::WithdrawInvite { undo }): Query<rest::WithdrawInvite>,
) -> Result<StatusCode, RestError> {
    let withdrawal = if undo { Withdrawal::Undo } else { Withdrawal::Keep };
    app.chat.withdraw_invite(actor, invite, withdrawal).await?;
    tracing::info!(user = actor.user.0, invite, undo, "withdrew an invitation");
    Ok(StatusCode::NO_CONTENT)
}

/// What an invitation is to. One that is unknown, used up, expired or withdrawn answers alike.
#[utoipa::path(get, path = "/api/join/{token}", operation_id = "getInvite", tag = "invites", security(()), params(("token" = String, Path, description = "The token of the invitation")), responses((status = 200, description = "Who invites, and where to", body = rest::InviteInfo), Errors))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    comer: Comer,
    Path(token): Path<String>,
) -> Result<Json<rest::InviteInfo>, RestError> {
    let InviteView { by, rooms, role, expires_at } = app.chat.look_at_invite(&token, comer.address).await?;
    Ok(Json(rest::InviteInfo { by, rooms, role: StaffRole::of(role), expires_at: expires_at.0 }))
}

/// Joins the rooms of an invitation with the account that one has.
#[utoipa::path(post, path = "/api/join/{token}", operation_id = "acceptInvite", tag = "invites", params(("token" = String, Path, description = "The token of the invitation")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn accept(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(token): Path<String>,
) -> Result<StatusCode, RestError> {
    app.chat.accept_invite(actor, &token).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(report: InviteReport) -> rest::Invite {
    let InviteReport { id, by, created_at, expires_at, uses, used, rooms, role } = report;
    rest::Invite {
        id,
        token: None,
        by: by.map(Into::into),
        created_at: created_at.0,
        expires_at: expires_at.0,
        uses,
        used,
        rooms: rooms.into_iter().map(|room| room.0).collect(),
        role: StaffRole::of(role),
    }
}
