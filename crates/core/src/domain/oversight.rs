use super::room_label::one_line;
use super::{Millis, Refusal, RoomId, Seq, UserId};

/// Something that was done by one who keeps order, as it stands in the audit. It has no text that anybody wrote in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number; a later one has a higher.
    pub id: i64,
    /// When it was done.
    pub at: Millis,
    /// Who did it.
    pub actor: (UserId, String),
    /// What it was.
    pub action: AuditAction,
    /// In which room.
    pub room: Option<RoomId>,
    /// To whom.
    pub user: Option<(UserId, String)>,
    /// At which place of the room's log it stands.
    pub seq: Option<Seq>,
    /// Why.
    pub reason: Option<String>,
}

/// What somebody did who keeps order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditAction {
    /// Ended a membership.
    MemberRemoved,
    /// Banned somebody.
    MemberBanned,
    /// Ended a ban.
    MemberUnbanned,
    /// Had somebody be silent.
    MemberMuted,
    /// Ended that.
    MemberUnmuted,
    /// Deleted what somebody else wrote.
    MessageDeleted,
    /// Deleted what somebody wrote in a room, or wrote there lately.
    MessagesPurged,
    /// Said what somebody is in a room.
    RoleChanged,
    /// Deleted a room.
    RoomDeleted,
    /// Said what somebody is on the server.
    ServerRoleChanged,
    /// Handled a report.
    ReportHandled,
    /// Banned somebody from the whole server.
    AccountBanned,
    /// Ended that.
    AccountUnbanned,
    /// Took somebody's picture away.
    AvatarRemoved,
    /// Gave the server an emoji of its own, or one of them another picture.
    EmojiAdded,
    /// Took one away.
    EmojiRemoved,
}

impl AuditAction {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::MemberRemoved,
        Self::MemberBanned,
        Self::MemberUnbanned,
        Self::MemberMuted,
        Self::MemberUnmuted,
        Self::MessageDeleted,
        Self::MessagesPurged,
        Self::RoleChanged,
        Self::RoomDeleted,
        Self::ServerRoleChanged,
        Self::ReportHandled,
        Self::AccountBanned,
        Self::AccountUnbanned,
        Self::AvatarRemoved,
        Self::EmojiAdded,
        Self::EmojiRemoved,
    ];

    /// What it is called, in the storage and outside.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MemberRemoved => "memberRemoved",
            Self::MemberBanned => "memberBanned",
            Self::MemberUnbanned => "memberUnbanned",
            Self::MemberMuted => "memberMuted",
            Self::MemberUnmuted => "memberUnmuted",
            Self::MessageDeleted => "messageDeleted",
            Self::MessagesPurged => "messagesPurged",
            Self::RoleChanged => "roleChanged",
            Self::RoomDeleted => "roomDeleted",
            Self::ServerRoleChanged => "serverRoleChanged",
            Self::ReportHandled => "reportHandled",
            Self::AccountBanned => "accountBanned",
            Self::AccountUnbanned => "accountUnbanned",
            Self::AvatarRemoved => "avatarRemoved",
            Self::EmojiAdded => "emojiAdded",
            Self::EmojiRemoved => "emojiRemoved",
        }
    }
}

/// Why somebody reports a message: 1 to 500 characters on one line, without what cannot be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportReason(Box<str>);

const LONGEST: usize = 500;

impl ReportReason {
    /// Reads a reason.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        match one_line(text, LONGEST) {
            Some(line) if !line.is_empty() => Ok(Self(line.into())),
            Some(_) | None => Err(Refusal::RoomInvalid(
                "Say in 1 to 500 characters, without U+0000, why you report this message.",
            )),
        }
    }

    /// The reason as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message that somebody reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its number; a later one has a higher.
    pub id: i64,
    /// When it was reported.
    pub at: Millis,
    /// By whom.
    pub by: (UserId, String),
    /// Why.
    pub reason: String,
    /// The room of the message.
    pub room: RoomId,
    /// Its place there.
    pub seq: Seq,
    /// Who wrote it.
    pub author: Option<(UserId, String)>,
    /// Its text, for those who may read it, while there is one.
    pub text: Option<String>,
    /// Who handled the report, and when.
    pub handled: Option<(UserId, String, Millis)>,
}
