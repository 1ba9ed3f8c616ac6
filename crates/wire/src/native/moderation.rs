//! What is done to people in a room by those who keep order there.

use super::decode::refused;
use super::frame::frame;
use super::{Person, ProtocolError};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, Millis, Moderation, Reason, ReportReason, RoomId, Seq, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

frame!(
    /// End somebody else's membership.
    RemoveMember {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
        /// Why, for everybody in the room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    }
);
frame!(
    /// End somebody else's membership, and keep the person out.
    BanMember {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
        /// Up to when, in milliseconds since 1970; for ever when it is not there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        until: Option<i64>,
        /// Why, for everybody in the room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    }
);
frame!(
    /// End a ban.
    UnbanMember {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
    }
);
frame!(
    /// Have somebody read and not write.
    MuteMember {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
        /// Up to when, in milliseconds since 1970; for ever when it is not there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        until: Option<i64>,
        /// Why, for everybody in the room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    }
);
frame!(
    /// Let somebody write again.
    UnmuteMember {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
    }
);
frame!(
    /// Report a message to those who keep order on the server.
    Report {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
        reason: String,
    }
);
frame!(
    /// See who is banned from a room.
    Bans { #[ts(type = "number")] room: i64 }
);

/// Somebody who is banned from a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ban {
    pub user: Person,
    /// Who did it.
    pub by: Person,
    #[ts(type = "number")]
    pub at: i64,
    /// Up to when; for ever when it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// What a frame or a body says of why.
pub(crate) fn reason(text: Option<&str>) -> Result<Option<Reason>, ProtocolError> {
    Ok(text.map(Reason::parse).transpose().map_err(refused)?.flatten())
}

fn moderate(room: i64, user: i64, what: Moderation) -> ClientCommand {
    ClientCommand::Moderate { room: RoomId(room), user: UserId(user), what: Box::new(what) }
}

impl RemoveMember {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let reason = reason(self.reason.as_deref())?;
        Ok(moderate(self.room, self.user_id, Moderation::Remove { reason }))
    }
}

impl BanMember {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let (until, reason) = (self.until.map(Millis), reason(self.reason.as_deref())?);
        Ok(moderate(self.room, self.user_id, Moderation::Ban { until, reason }))
    }
}

impl UnbanMember {
    pub(super) fn command(self) -> ClientCommand {
        moderate(self.room, self.user_id, Moderation::Unban)
    }
}

impl MuteMember {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let (until, reason) = (self.until.map(Millis), reason(self.reason.as_deref())?);
        Ok(moderate(self.room, self.user_id, Moderation::Mute { until, reason }))
    }
}

impl UnmuteMember {
    pub(super) fn command(self) -> ClientCommand {
        moderate(self.room, self.user_id, Moderation::Unmute)
    }
}

impl Report {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let reason = ReportReason::parse(&self.reason).map_err(refused)?;
        Ok(ClientCommand::Report { room: RoomId(self.room), target: Seq(self.target), reason })
    }
}

impl Bans {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::Bans { room: RoomId(self.room) }
    }
}

impl From<domain::Ban> for Ban {
    fn from(ban: domain::Ban) -> Self {
        let person = |(id, name): (UserId, String)| Person { user_id: id.0, name };
        Self {
            user: person(ban.user),
            by: person(ban.by),
            at: ban.at.0,
            until: ban.until.map(|until| until.0),
            reason: ban.reason,
        }
    }
}
