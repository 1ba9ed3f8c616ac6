//! Pushes to devices whose person is elsewhere.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// The answer of `GET /api/push`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PushState {
    /// The public key of this server, in URL-safe Base64.
    pub key: String,
    /// The address at which the device is pushed to, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub endpoint: Option<String>,
    /// When a push service last took something for it, in milliseconds since 1970-01-01 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub pushed_at: Option<i64>,
    /// The status with which its push service refused the last one; 0 when it could not be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub refused: Option<u32>,
}

/// The body of `PUT /api/push/subscription`: a `PushSubscription` of a browser, and where the client is.
#[derive(Clone, Debug, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PushSubscription {
    /// The address at the push service.
    pub endpoint: String,
    pub keys: PushKeys,
    /// The address of the client, which ends with a slash.
    pub page: String,
    /// The language of the browser, for a person who has chosen none: as it is written in HTML.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub language: String,
}

/// What a browser is written to with, in URL-safe Base64.
#[derive(Clone, Debug, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushKeys {
    pub p256dh: String,
    pub auth: String,
}

/// The answer of `POST /api/push/test`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct PushTest {
    /// Whether the push service took it.
    pub taken: bool,
}
