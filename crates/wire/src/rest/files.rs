//! Files that people share.

use crate::native::Attachment;
use chinwag_core::domain;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
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

/// The query of `GET /api/rooms/{room}/files`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RoomFilesQuery {
    /// The `next` of the page before.
    pub before: Option<i64>,
    /// Messages whose files are on a page; more than 200 is served as 200.
    #[param(default = 50)]
    pub limit: Option<u32>,
}

/// The answer of `GET /api/rooms/{room}/files`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct RoomFilesPage {
    /// Those of the newest messages first.
    pub files: Vec<RoomFile>,
    /// Hand it in as `before` for the next page, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub next: Option<i64>,
}

/// A file of a room, with the message that it came with.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomFile {
    /// The place of the message.
    #[ts(type = "number")]
    pub seq: i64,
    /// When that was sent, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// Who sent it.
    #[ts(type = "number")]
    pub user_id: i64,
    /// How that person is called now.
    pub name: String,
    pub file: Attachment,
}

impl From<domain::RoomFilesPage> for RoomFilesPage {
    fn from(page: domain::RoomFilesPage) -> Self {
        let one = |domain::RoomFile { file, seq, at, author: (user, name) }: domain::RoomFile| RoomFile {
            seq: seq.0,
            at: at.0,
            user_id: user.0,
            name,
            file: Attachment::from(&file),
        };
        Self { files: page.files.into_iter().map(one).collect(), next: page.next.map(|seq| seq.0) }
    }
}
