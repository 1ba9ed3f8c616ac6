//! Who is in which room.

use super::decode::{DEFAULT_PAGE, bad, slug};
use super::frame::frame;
use super::{AccountKind, Person, PresenceState, ProtocolError, RoomRole};
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
    /// Make somebody else a member.
    AddMember {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
    }
);
frame!(
    /// Say what a member is in a room.
    SetRole {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        user_id: i64,
        role: RoomRole,
    }
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
    /// Mark a message and all behind it as unread.
    MarkUnread {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        seq: i64,
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
    /// What a member is in the room who is more than that; in changes of presence it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<RoomRole>,
}

/// A change of one person's presence: the person as of now.
pub type PresenceChange = Member;

/// What a log says of who is in its room. `subject` is whom it is about, when that is not who did it; in `roleChanged` it may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum MemberBody {
    MemberJoined {},
    MemberAdded {
        subject: Person,
    },
    MemberLeft {},
    MemberRemoved {
        subject: Person,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    },
    MemberBanned {
        subject: Person,
        /// Up to when; for ever when it is not there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        until: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    },
    MemberUnbanned {
        subject: Person,
    },
    MemberMuted {
        subject: Person,
        /// Up to when; for ever when it is not there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        until: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    },
    MemberUnmuted {
        subject: Person,
    },
    RoleChanged {
        subject: Person,
        role: RoomRole,
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

impl AddMember {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::AddMember { room: RoomId(self.room), user: UserId(self.user_id) }
    }
}

impl SetRole {
    pub(super) fn command(self) -> ClientCommand {
        let (room, user) = (RoomId(self.room), UserId(self.user_id));
        ClientCommand::SetRole { room, user, role: self.role.into() }
    }
}

impl Members {
    pub(super) fn command(self) -> ClientCommand {
        let limit = self.limit.unwrap_or(DEFAULT_MEMBERS);
        ClientCommand::Members { room: RoomId(self.room), after: self.after, limit }
    }
}

impl MarkUnread {
    pub(super) fn command(self) -> ClientCommand {
        ClientCommand::MarkUnread { room: RoomId(self.room), seq: Seq(self.seq) }
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
        let subject = Person { user_id: subject.0, name: subject_name.clone() };
        match change {
            MemberChange::Joined if is_other => Self::MemberAdded { subject },
            MemberChange::Joined => Self::MemberJoined {},
            MemberChange::Left if is_other => Self::MemberRemoved { subject, reason: None },
            MemberChange::Left => Self::MemberLeft {},
            MemberChange::Removed { reason } => Self::MemberRemoved { subject, reason: Some(reason.clone()) },
            MemberChange::Banned { until, reason } => {
                Self::MemberBanned { subject, until: until.map(|until| until.0), reason: reason.clone() }
            }
            MemberChange::Unbanned => Self::MemberUnbanned { subject },
            MemberChange::Muted { until, reason } => {
                Self::MemberMuted { subject, until: until.map(|until| until.0), reason: reason.clone() }
            }
            MemberChange::Unmuted => Self::MemberUnmuted { subject },
            MemberChange::Renamed { old_name } => {
                Self::MemberRenamed { old_name: old_name.clone(), subject: is_other.then_some(subject) }
            }
            MemberChange::RoleChanged { role } => Self::RoleChanged { subject, role: (*role).into() },
        }
    }
}

impl From<domain::Member> for Member {
    fn from(member: domain::Member) -> Self {
        let domain::User { id, name, kind, role: _ } = member.user;
        Self {
            user_id: id.0,
            name,
            state: member.presence.into(),
            kind: kind.into(),
            via: member.via.map(str::to_owned),
            role: member.role.map(RoomRole::from).filter(|role| *role != RoomRole::Member),
        }
    }
}

impl From<&ports::PresenceChange> for Member {
    fn from(change: &ports::PresenceChange) -> Self {
        let (user, role) = (change.user.clone(), None);
        domain::Member { user, presence: change.presence, via: change.via, role }.into()
    }
}
