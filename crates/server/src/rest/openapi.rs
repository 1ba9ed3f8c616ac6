//! The description of this interface, made from its routes.

use super::{
    accounts, activity, admin, avatars, blocks, drafts, emoji, files, groups, health_report, invites,
    members, messages, moderation, oidc, password_reset, push, room_address, rooms, saved, scheduled, search,
    server, session, settings, uploads,
};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use chinwag_wire::native::ProtocolError;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa::openapi::Server;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What stands above the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chinwag",
        description = "What is not live: accounts, rooms, messages. What is live comes over a WebSocket, by the native protocol \
            (docs/native-protocol.md).\n\nA token comes from `POST /api/session` and goes into `Authorization: Bearer <token>`. \
            Errors have one shape, and `message` is a sentence for people.",
        license(name = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "session", description = "Signing in and out"),
        (name = "account", description = "One's own account"),
        (name = "invites", description = "Inviting people"),
        (name = "rooms", description = "Rooms: the list, and each of them"),
        (name = "members", description = "Who is in a room"),
        (name = "moderation", description = "Who is kept out of a room, and who has to be silent there"),
        (name = "groups", description = "Groups of people who are mentioned at once"),
        (name = "messages", description = "The messages of a room"),
        (name = "files", description = "Files that come with messages"),
        (name = "admin", description = "What those see and do who keep order on the server"),
        (name = "server", description = "The server itself"),
    ),
    components(schemas(ProtocolError)),
    security(("token" = []))
)]
struct Description;

/// All routes of the interface with their description.
pub(super) fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(session::sign_in, session::show, session::sign_out))
        .routes(routes!(session::refresh))
        .routes(routes!(session::link))
        .routes(routes!(oidc::start, oidc::keep))
        .routes(routes!(oidc::callback))
        .routes(routes!(accounts::access))
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::show, accounts::update, accounts::delete))
        .routes(routes!(accounts::change_password))
        .routes(routes!(password_reset::request, password_reset::set))
        .routes(routes!(accounts::sessions, accounts::end_other_sessions))
        .routes(routes!(accounts::end_session))
        .routes(routes!(settings::show, settings::put))
        .routes(routes!(settings::set_notifications))
        .routes(routes!(push::show))
        .routes(routes!(push::subscribe, push::unsubscribe))
        .routes(routes!(push::test))
        .routes(routes!(blocks::list))
        .routes(routes!(blocks::add, blocks::remove))
        .routes(routes!(groups::list))
        .routes(routes!(groups::people, groups::make, groups::end))
        .routes(routes!(groups::add, groups::take))
        .routes(routes!(invites::create, invites::list))
        .routes(routes!(invites::withdraw))
        .routes(routes!(invites::show, invites::accept))
        .routes(routes!(rooms::list, rooms::create))
        .routes(routes!(rooms::show, rooms::update, rooms::delete))
        .routes(routes!(rooms::find))
        .routes(routes!(rooms::open))
        .routes(routes!(members::list))
        .routes(routes!(members::join, members::leave))
        .routes(routes!(members::add, moderation::remove))
        .routes(routes!(moderation::purge))
        .routes(routes!(moderation::bans))
        .routes(routes!(moderation::ban, moderation::unban))
        .routes(routes!(moderation::mute, moderation::unmute))
        .routes(routes!(members::set_role))
        .routes(routes!(members::read))
        .routes(routes!(members::reads))
        .routes(routes!(members::unread))
        .routes(routes!(messages::list, messages::post))
        .routes(routes!(messages::edit, messages::delete))
        .routes(routes!(messages::reactions))
        .routes(routes!(messages::thread))
        .routes(routes!(messages::pins))
        .routes(routes!(files::create))
        .routes(routes!(files::of_room))
        .routes(routes!(files::discard))
        .routes(routes!(files::link))
        .routes(routes!(avatars::list))
        .routes(routes!(avatars::give_own, avatars::remove_own))
        .routes(routes!(avatars::give_room, avatars::remove_room))
        .routes(routes!(avatars::give_server, avatars::remove_server))
        .routes(routes!(avatars::remove_of_person))
        .routes(routes!(emoji::list))
        .routes(routes!(emoji::give, emoji::remove))
        .routes(routes!(uploads::describe, uploads::create))
        .routes(routes!(uploads::show, uploads::go_on, uploads::end))
        .routes(routes!(saved::list))
        .routes(routes!(saved::add, saved::remove))
        .routes(routes!(drafts::list))
        .routes(routes!(activity::list))
        .routes(routes!(scheduled::list))
        .routes(routes!(scheduled::send))
        .routes(routes!(scheduled::remind))
        .routes(routes!(scheduled::update, scheduled::remove))
        .routes(routes!(search::messages))
        .routes(routes!(admin::audit))
        .routes(routes!(admin::reports))
        .routes(routes!(admin::handle))
        .routes(routes!(admin::people))
        .routes(routes!(admin::set_role))
        .routes(routes!(admin::first_rooms))
        .routes(routes!(admin::add_first_room, admin::remove_first_room))
        .routes(routes!(server::rooms))
        .routes(routes!(server::settings))
        .routes(routes!(server::bans))
        .routes(routes!(server::ban, server::unban))
        .routes(routes!(room_address::show))
        .routes(routes!(health_report::show))
        .routes(routes!(show))
}

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "getDescription", tag = "server", security(()),
    responses((status = 200, content_type = "application/json", description = "An OpenAPI 3.1 document")))]
async fn show(State(app): State<Arc<App>>) -> Json<utoipa::openapi::OpenApi> {
    Json(description(&app))
}

/// The description of the interface as this server has it.
pub(super) fn description(app: &App) -> utoipa::openapi::OpenApi {
    let mut description = described().into_openapi();
    let base = &app.config.base_path;
    // The paths begin with a slash of their own.
    let server = if base.is_root() { "/" } else { base.as_str().trim_end_matches('/') };
    description.servers = Some(vec![Server::new(server)]);
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    description.components.get_or_insert_default().add_security_scheme("token", bearer);
    description
}
