//! What is done to people in a room.

use crate::native::{self, Ban, ProtocolError};
use chinwag_core::domain::{Millis, Moderation};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The query of `DELETE /api/rooms/{room}/members/{user}`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RemovalQuery {
    /// Why, for everybody in the room; at most 200 characters.
    pub reason: Option<String>,
}

/// The query of `DELETE /api/rooms/{room}/members/{user}/messages`.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PurgeQuery {
    /// The moment from which on everything is deleted, in milliseconds since 1970; without it, all of it.
    pub since: Option<i64>,
}

/// The answer of `DELETE /api/rooms/{room}/members/{user}/messages`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Purged {
    /// How many messages were deleted.
    pub deleted: u64,
}

/// The body of `PUT /api/rooms/{room}/bans/{user}` and `PUT /api/rooms/{room}/mutes/{user}`.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct Sanction {
    /// Up to when, in milliseconds since 1970; for ever when it is not there.
    pub until: Option<i64>,
    /// Why, for everybody in the room; at most 200 characters.
    pub reason: Option<String>,
}

/// The answer of `GET /api/rooms/{room}/bans`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RoomBans {
    /// The last first.
    pub bans: Vec<Ban>,
}

impl RemovalQuery {
    /// What is done.
    ///
    /// # Errors
    /// When the reason breaks the rules.
    pub fn removal(self) -> Result<Moderation, ProtocolError> {
        Ok(Moderation::Remove { reason: native::reason(self.reason.as_deref())? })
    }
}

impl Sanction {
    /// A ban.
    ///
    /// # Errors
    /// When the reason breaks the rules.
    pub fn ban(self) -> Result<Moderation, ProtocolError> {
        let reason = native::reason(self.reason.as_deref())?;
        Ok(Moderation::Ban { until: self.until.map(Millis), reason })
    }

    /// A silence.
    ///
    /// # Errors
    /// When the reason breaks the rules.
    pub fn mute(self) -> Result<Moderation, ProtocolError> {
        let reason = native::reason(self.reason.as_deref())?;
        Ok(Moderation::Mute { until: self.until.map(Millis), reason })
    }
}
