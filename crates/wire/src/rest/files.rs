//! Files that people share.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The query of `POST /api/files`.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// The number of the room in which it is shared.
    pub room: i64,
    /// What it is called. Folders in front of it, and what cannot be seen, are left out.
    #[serde(default)]
    pub name: String,
}

/// The answer of `GET /api/files/{id}/link`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileLink {
    /// On this server; with its name in front where the server knows that.
    pub url: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub expires_at: i64,
}
