//! The bodies of the REST interface. What they have in common with frames of the native protocol is the same type.

mod accounts;
mod activity;
mod admin;
mod avatars;
mod blocks;
mod drafts;
mod emoji;
mod files;
mod groups;
mod messages;
mod moderation;
mod push;
mod rooms;
mod saved;
mod scheduled;
mod search;
mod server;
mod settings;

pub use accounts::*;
pub use activity::*;
pub use admin::*;
pub use avatars::*;
pub use blocks::*;
pub use drafts::*;
pub use emoji::*;
pub use files::*;
pub use groups::*;
pub use messages::*;
pub use moderation::*;
pub use push::*;
pub use rooms::*;
pub use saved::*;
pub use scheduled::*;
pub use search::*;
pub use server::*;
pub use settings::*;

use crate::native::{ProtocolError, User};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// The answer to `GET /api/session`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Session {
    pub user: User,
}

/// The query of `GET /api/room-address`.
#[derive(Clone, Debug, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WantedAddress {
    /// The title of a room, or what somebody typed to get to one.
    pub title: String,
}

/// The answer to `GET /api/room-address`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct RoomAddress {
    /// Where the room is, if there is one.
    pub slug: String,
}

/// The answer to `GET /` for programs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    pub status: String,
    /// The address of the simple protocol, when it is spoken and the request says by which name this server is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub websocket: Option<String>,
}

/// The body of every answer that is an error.
pub type ErrorBody = ProtocolError;
