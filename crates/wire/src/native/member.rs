//! Who is in which room.

use super::decode::{DEFAULT_PAGE, bad, slug};
use super::frame::frame;
use super::{AccountKind, Person, PresenceState, ProtocolError};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, MemberChange, MemberEvent, RoomId, RoomReference, Seq, UserId};
use chinwag_core::ports;
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;
use utoipa::ToSchema;

/// Members of a page when the client does not say.
const DEFAULT_MEMBERS: u32 = 100;

frame!(
    /// Become a member and a subscriber of a room.
    Join {
        /// The room, or its address instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        room: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slug: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);
frame!(
    /// End a membership.
    Leave { #[ts(type = "number")] room: i64 }
);
frame!(
    /// Read a page of members.
    Members {
        #[ts(type = "number")]
        room: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);
frame!(
    /// Mark a room as read.
    Read {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        seq: i64,
    }
);

/// A person in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
    pub state: PresenceState,
    pub kind: AccountKind,
    /// The protocol by which the person is connected, when it is not this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub via: Option<String>,
}

/// A change of one person's presence: the person as of now.
pub type PresenceChange = Member;

/// What a log says of who is in its room. `subject` is whose membership it is, when it is not that of who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum MemberBody {
    MemberJoined {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        subject: Option<Person>,
    },
    MemberLeft {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        subject: Option<Person>,
    },
    #[serde(rename_all = "camelCase")]
    MemberRenamed {
        old_name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        subject: Option<Person>,
    },
}

impl Join {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let room = match (self.room, &self.slug) {
            (Some(room), None) => RoomReference::from(RoomId(room)),
            (None, Some(address)) => slug(address)?.into(),
            (None, None) => {
                return Err(bad("Say which room: its number as room, or its address as slug.".to_owned()));
            }
            (Some(_), Some(_)) => return Err(bad("Say either room or slug, not both.".to_owned())),
        };
        Ok(ClientCommand::Join { room, limit: self.limit.unwrap_or(DEFAULT_PAGE) })
    }
}

impl Leave {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::Leave { room: RoomId(self.room) }
    }
}

impl Members {
    pub(super) fn command(self) -> ClientCommand {
        let limit = self.limit.unwrap_or(DEFAULT_MEMBERS);
        ClientCommand::Members { room: RoomId(self.room), after: self.after, limit }
    }
}

impl Read {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::Read { room: RoomId(self.room), seq: Seq(self.seq) }
    }
}

impl MemberBody {
    pub(super) fn new(actor: UserId, event: &MemberEvent) -> Self {
        let MemberEvent { subject, subject_name, change } = event;
        let is_other = *subject != actor;
        let subject = is_other.then(|| Person { user_id: subject.0, name: subject_name.clone() });
        match change {
            MemberChange::Joined => Self::MemberJoined { subject },
            MemberChange::Left => Self::MemberLeft { subject },
            MemberChange::Renamed { old_name } => Self::MemberRenamed { old_name: old_name.clone(), subject },
        }
    }
}

impl From<domain::Member> for Member {
    fn from(member: domain::Member) -> Self {
        let domain::User { id, name, kind, role: _ } = member.user;
        let via = member.via.map(str::to_owned);
        Self { user_id: id.0, name, state: member.presence.into(), kind: kind.into(), via }
    }
}

impl From<&ports::PresenceChange> for Member {
    fn from(change: &ports::PresenceChange) -> Self {
        domain::Member { user: change.user.clone(), presence: change.presence, via: change.via }.into()
    }
}
