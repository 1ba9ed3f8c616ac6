//! Groups of people who are mentioned at once.

use super::caller::Caller;
use super::error::{Errors, RestError};
use super::input::Path;
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chinwag_core::domain::{GroupName, UserId};
use chinwag_wire::json_body;
use chinwag_wire::native::Person;
use chinwag_wire::rest::{GroupPeople, UserGroup, UserGroups};
use std::sync::Arc;

/// All groups that can be mentioned; none for guests, who mention none.
#[utoipa::path(get, path = "/api/groups", operation_id = "listGroups", tag = "groups",
    responses((status = 200, description = "All of them, by their names", body = UserGroups), Errors))]
pub(crate) async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, RestError> {
    let groups = app.chat.groups(caller.actor).await?;
    let groups = UserGroups { groups: groups.into_iter().map(UserGroup::from).collect() };
    Ok(caller.answer(&app, json_body(&groups)))
}

/// Who is in a group, for those who run the server.
#[utoipa::path(get, path = "/api/groups/{group}", operation_id = "listGroupPeople", tag = "groups",
    params(("group" = String, Path, description = "The group's name")),
    responses((status = 200, description = "All of them, by their names", body = GroupPeople), Errors))]
pub(crate) async fn people(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(group): Path<String>,
) -> Result<Response, RestError> {
    let people = app.chat.group_people(caller.actor, GroupName::parse(&group)?).await?;
    let people = people.into_iter().map(|(user, name)| Person { user_id: user.0, name }).collect();
    Ok(caller.answer(&app, json_body(&GroupPeople { people })))
}

/// Makes a group without anybody in it, if there is none of the name. For those who run the server, as is all that changes groups.
#[utoipa::path(put, path = "/api/groups/{group}", operation_id = "makeGroup", tag = "groups",
    params(("group" = String, Path, description = "What the group is to be called: up to 40 letters and digits of any script, `-` and `_`")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn make(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(group): Path<String>,
) -> Result<StatusCode, RestError> {
    app.chat.make_group(actor, GroupName::parse(&group)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a group. It is harmless when there is none.
#[utoipa::path(delete, path = "/api/groups/{group}", operation_id = "endGroup", tag = "groups",
    params(("group" = String, Path, description = "The group's name")), responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn end(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path(group): Path<String>,
) -> Result<StatusCode, RestError> {
    app.chat.end_group(actor, GroupName::parse(&group)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has a member of the server be in a group.
#[utoipa::path(put, path = "/api/groups/{group}/people/{user}", operation_id = "addToGroup", tag = "groups",
    params(("group" = String, Path, description = "The group's name"), ("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((group, user)): Path<(String, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.add_to_group(actor, GroupName::parse(&group)?, UserId(user)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has somebody be in a group no more. It is harmless for one who is not.
#[utoipa::path(delete, path = "/api/groups/{group}/people/{user}", operation_id = "takeFromGroup", tag = "groups",
    params(("group" = String, Path, description = "The group's name"), ("user" = i64, Path, description = "The person's number")),
    responses((status = 204, description = "Done"), Errors))]
pub(crate) async fn take(
    State(app): State<Arc<App>>,
    Caller { actor, .. }: Caller,
    Path((group, user)): Path<(String, i64)>,
) -> Result<StatusCode, RestError> {
    app.chat.take_from_group(actor, GroupName::parse(&group)?, UserId(user)).await?;
    Ok(StatusCode::NO_CONTENT)
}
