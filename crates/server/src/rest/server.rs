//! The whole server: its rooms, how it is set up, and who is kept out of it.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::{Body, Path, Query};
use crate::app::App;
use crate::config::Config;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_core::domain::{Ban, RoomId, RoomSearch, UserId};
use chinwag_wire::rest::{
    AccountBans, NewAccountBan, RoomReport, RoomReportsPage, RoomReportsQuery, ServerSettings, Setting,
};
use clap::ValueEnum;
use std::sync::Arc;

/// Rooms of a page when the client does not say.
const DEFAULT_ROOMS: u32 = 100;

/// The public rooms, and the private ones that one is in, for those who run the server.
#[utoipa::path(get, path = "/api/admin/rooms", operation_id = "listAllRooms", tag = "admin", params(RoomReportsQuery),
    responses((status = 200, description = "A page", body = RoomReportsPage), Errors))]
pub(crate) async fn rooms(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Query(RoomReportsQuery { q, after, limit }): Query<RoomReportsQuery>,
) -> Result<Json<RoomReportsPage>, RestError> {
    let search = RoomSearch::new(&q.unwrap_or_default());
    let (after, limit) = (RoomId(after.unwrap_or(0)), limit.unwrap_or(DEFAULT_ROOMS));
    let rooms = app.chat.rooms_of_the_server(actor, search, after, limit).await?;
    Ok(Json(RoomReportsPage { rooms: rooms.into_iter().map(RoomReport::from).collect() }))
}

/// How the server is set up, for those who run it. What is chosen here stands in the configuration, which the operator changes.
#[utoipa::path(get, path = "/api/admin/settings", operation_id = "readSettings", tag = "admin",
    responses((status = 200, description = "All that concerns people", body = ServerSettings), Errors))]
pub(crate) async fn settings(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<ServerSettings>, RestError> {
    app.chat.check_may_see_server(actor).await?;
    Ok(Json(ServerSettings {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        storage: app.storage.engine,
        nodes: app.cluster.as_ref().map_or(1, |cluster| cluster.health().live.len()),
        settings: chosen(&app.config),
    }))
}

/// What concerns the people of a server. How it reaches its database and its network is the operator's alone.
fn chosen(config: &Config) -> Vec<Setting> {
    let reserved: Vec<_> = config.reserved_names.iter().map(|name| name.0.as_str()).collect();
    [
        ("access", word(&config.access)),
        ("guests", word(&config.guests)),
        ("guests-in-private", word(&config.guests_in_private)),
        ("guest-days", config.guest_days.to_string()),
        ("guest-rooms", config.guest_rooms.to_string()),
        ("reserved-names", reserved.join(", ")),
        ("oidc-issuer", config.oidc.issuer.clone()),
        ("oidc-create", word(&config.oidc.create)),
        ("oidc-only", on(config.oidc.only)),
        ("mail-host", config.mail.host.clone()),
        ("mail-from", config.mail.from.clone()),
        ("embedding-audience", config.embedding.audience.clone()),
        ("gateways-simple", on(config.gateways.simple)),
        ("gateways-socketio", on(config.gateways.socketio)),
        ("open-gateways", on(config.open_gateways)),
        ("rate-limit", word(&config.rate_limit)),
        ("message-length", config.message_length.to_string()),
        ("messages-per-10-s", config.messages_per_10_s.to_string()),
        ("rooms-per-person", config.rooms_per_person.to_string()),
        ("rooms-created-per-hour", config.rooms_created_per_hour.to_string()),
        ("conversations-per-person", config.conversations_per_person.to_string()),
        ("sign-ins-per-10-min", config.sign_ins_per_10_min.to_string()),
    ]
    .into_iter()
    .map(|(name, value)| Setting { name: name.to_owned(), value })
    .collect()
}

/// How the operator writes it.
fn word(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

fn on(is_on: bool) -> String {
    is_on.to_string()
}

/// Who is kept out of the server, for those who keep order on it.
#[utoipa::path(get, path = "/api/admin/bans", operation_id = "listAccountBans", tag = "admin",
    responses((status = 200, description = "Those who are banned", body = AccountBans), Errors))]
pub(crate) async fn bans(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
) -> Result<Json<AccountBans>, RestError> {
    let bans: Vec<Ban> = app.chat.banned_accounts(actor).await?;
    Ok(Json(AccountBans { bans: bans.into_iter().map(Into::into).collect() }))
}

/// Keeps somebody out of the server: the person's sign-ins end, and there is none before the end of the ban. A guest's account ends. Answered when
/// none of that person's connections is told anything any more.
#[utoipa::path(put, path = "/api/admin/bans/{user}", operation_id = "banAccount", tag = "admin",
    params(("user" = i64, Path, description = "The person's number")), request_body = NewAccountBan,
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn ban(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(user): Path<i64>,
    Body(wanted): Body<NewAccountBan>,
) -> Result<StatusCode, RestError> {
    app.chat.ban_account(actor, UserId(user), wanted.ban()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets somebody come to the server again. It is harmless when there is no ban.
#[utoipa::path(delete, path = "/api/admin/bans/{user}", operation_id = "unbanAccount", tag = "admin",
    params(("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn unban(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(user): Path<i64>,
) -> Result<StatusCode, RestError> {
    app.chat.unban_account(actor, UserId(user)).await?;
    Ok(StatusCode::NO_CONTENT)
}
