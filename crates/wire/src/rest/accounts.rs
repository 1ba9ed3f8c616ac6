//! Accounts of one's own: registration, passwords, sign-ins, what one is.

use crate::native::{StaffRole, User};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// For what a sign-in is, if not for a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// A program that keeps no cookies: it gets a token that is good until the session ends.
    Script,
}

/// `POST /api/accounts`. With the token of a guest in `Authorization`, the guest becomes the member.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Register {
    /// The name to sign in with; others see it, too, unless there is a `displayName`.
    pub name: String,
    /// At least 10 characters, and none of the most common ones.
    pub password: String,
    /// The name that others see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// The token of an invitation, where one is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub invite: Option<String>,
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub purpose: Option<Purpose>,
}

/// `POST /api/session`: with a name and a password, with a name alone as a guest, or with the code of a link that another device shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
    /// The code of a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// The token of an invitation, where guests need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub invite: Option<String>,
    /// Whether the client keeps cookies, and wants the name of a guest to be held for it after the sign-out.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub hold_name: bool,
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub purpose: Option<Purpose>,
}

/// What a registration, a sign-in and a refresh answer.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// A JWT (RFC 7519) for `Authorization: Bearer` and for `hello`.
    pub access_token: String,
    /// Seconds until it ends.
    pub expires_in: u32,
    pub user: User,
    /// For a script: a token that is good for the same until the session ends. It is told this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub token: Option<String>,
}

/// `GET /api/access`: who may come in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessInfo {
    pub access: AccessKind,
    /// Whether one may come in by a name alone.
    pub guests: bool,
    /// Characters of a password at least.
    pub password_length: u32,
    /// Where else one may sign in.
    pub providers: Vec<ProviderInfo>,
    /// Whether passwords are taken here.
    pub passwords: bool,
    /// Whether the server sends mail: to whoever lost the password, and invitations.
    pub mail: bool,
    /// What the picture of the server is called, at `/files/avatars/{name}`, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub avatar: Option<String>,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccessKind {
    /// Anybody.
    Open,
    /// Whoever has an invitation.
    InviteOnly,
    /// Nobody; the operator makes accounts.
    Closed,
}

/// A provider of sign-ins (OpenID Connect).
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ProviderInfo {
    /// What people call it: the button says "Sign in with" this.
    pub title: String,
    /// Where a browser begins to sign in by it, below the address of this server; with `?invite=` for an invitation.
    pub start: String,
}

/// The parameters of `GET /api/oidc/start`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StartProviderSignIn {
    /// The token of an invitation, where one is needed.
    pub invite: Option<String>,
}

/// Answers `POST /api/oidc/start`: where the browser of a guest is to go who becomes a member by the provider.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ProviderPlace {
    /// At the provider; good for 10 minutes, in the browser that asked.
    pub place: String,
}

/// `GET /api/me`: one's own account, with what only oneself sees.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    pub user: User,
    /// The name to sign in with; a guest has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub login: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<PersonStatus>,
    /// Whether the account has a password.
    pub has_password: bool,
    /// Whether the present password is asked for when it is changed: not for a while after one came by an admin's link.
    pub asks_for_password: bool,
}

/// What a person says of how they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PersonStatus {
    /// At most 100 characters.
    pub text: String,
    /// When it ends, in milliseconds since 1970-01-01 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub until: Option<i64>,
}

/// `PATCH /api/me`: what is there changes, the rest stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpdateMe {
    /// The name that others see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// An empty one takes it away. Since a lost password is set anew by it, the present one has to be said, if the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// The present password, where the address is to be another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
    /// An empty text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<PersonStatus>,
}

/// `PUT /api/me/password`: all other sessions of the account end.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ChangePassword {
    /// The present one, unless the account has none or somebody who runs the server has just let one in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub current: Option<String>,
    pub password: String,
}

/// `POST /api/password-reset`: has a mail be sent to whoever lost the password.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct RequestReset {
    /// The address that the account has.
    pub email: String,
}

/// `PUT /api/password-reset`: sets another password, and signs in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ResetPassword {
    /// What came by mail. The page takes it behind the `#` of its address, as `#reset=<code>`.
    pub code: String,
    pub password: String,
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub purpose: Option<Purpose>,
}

/// `DELETE /api/me`: ends the account.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct DeleteMe {
    /// The present password, if the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
    #[serde(default)]
    #[ts(as = "Option<MessagesLeft>", optional)]
    pub messages: MessagesLeft,
}

/// What becomes of the messages of an account that ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum MessagesLeft {
    /// They stay, under "Former member".
    #[default]
    Keep,
    /// They are deleted.
    Delete,
}

/// `GET /api/sessions`: where one is signed in, the latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Sessions {
    pub sessions: Vec<SessionInfo>,
}

/// One sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionInfo {
    #[ts(type = "number")]
    pub id: i64,
    /// What the browser or the program said of itself, as `Firefox on Linux`; may be empty.
    pub device: String,
    /// From where it was last used; may be empty.
    pub address: String,
    #[ts(type = "number")]
    pub created_at: i64,
    #[ts(type = "number")]
    pub last_seen_at: i64,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// `POST /api/session/link`: signs the same person in on another device, once.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeviceLink {
    /// What [`SignIn::link`] takes. The page takes it behind the `#` of its address, as `#link=<code>`.
    pub code: String,
    #[ts(type = "number")]
    pub expires_at: i64,
}

/// `POST /api/invites`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateInvite {
    /// For how many hours it is good: 168 (a week) unless said otherwise; at most 720, but for admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hours: Option<u32>,
    /// How many may come by it: 25 unless said otherwise; more than 100 only for admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub uses: Option<u32>,
    /// The numbers of the rooms that whoever comes by it joins. One must be allowed to bring people there.
    #[serde(default)]
    #[ts(as = "Option<Vec<f64>>", optional)]
    pub rooms: Vec<i64>,
    /// What whoever comes by it is on the server; only for admins, and below oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<StaffRole>,
    /// To whom it is sent by mail, where the server does that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
}

/// Rooms of an invitation at most; more are left out.
pub const INVITE_ROOMS: usize = 20;

/// The query of `DELETE /api/invites/{invite}`.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WithdrawInvite {
    /// Whether the accounts of all who came by it end, too.
    #[serde(default)]
    #[param(default = false)]
    pub undo: bool,
}

/// An invitation, as whoever made it and admins see it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    #[ts(type = "number")]
    pub id: i64,
    /// Told once, when it is made. The page takes it behind the `#` of its address, as `#invite=<token>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub token: Option<String>,
    /// Who made it; nobody, if the operator did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<User>,
    #[ts(type = "number")]
    pub created_at: i64,
    #[ts(type = "number")]
    pub expires_at: i64,
    pub uses: u32,
    /// How many have come by it.
    pub used: u32,
    #[ts(type = "Array<number>")]
    pub rooms: Vec<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<StaffRole>,
}

/// `GET /api/invites`: one's own that are good still, and for admins those of all; the latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Invites {
    pub invites: Vec<Invite>,
}

/// `GET /api/join/{token}`: what an invitation is to. One that is unknown, used up, expired or withdrawn answers the same error.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteInfo {
    /// The name of who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<String>,
    /// The titles of the rooms.
    pub rooms: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<StaffRole>,
    #[ts(type = "number")]
    pub expires_at: i64,
}
