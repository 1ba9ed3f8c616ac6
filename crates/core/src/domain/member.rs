use super::permissions::RoomRole;
use super::{Millis, Presence, RoomId, Seq, User, UserId};

/// A person in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub user: User,
    /// Whether the person is there now.
    pub presence: Presence,
    /// By which protocol the person is connected; none for the native one, and for those who are not connected.
    pub via: Option<&'static str>,
    /// What the person is in the room, where that is known.
    pub role: Option<RoomRole>,
}

/// How far somebody has read a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The person.
    pub user: UserId,
    /// Everything up to here is read ...
    pub read: Seq,
    /// ... that was said since then: what was said before one came is not unread to anybody, and nobody has seen it by that.
    pub since: Millis,
}

/// A page of a room's members in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersPage {
    /// The room.
    pub room: RoomId,
    /// The members; their presence is not known to the storage and stands as offline.
    pub members: Vec<User>,
    /// Where the next page begins, when there is one.
    pub next: Option<String>,
    /// Members in all.
    pub count: u64,
    /// Those of all members who are more than that.
    pub staff: Vec<(UserId, RoomRole)>,
}

/// What happened to a membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberEvent {
    /// Whose membership it is: the actor's own, or another's whom the actor brought in or removed.
    pub subject: UserId,
    /// The subject's name, as [`RoomEvent::name`](super::RoomEvent::name) is the actor's.
    pub subject_name: String,
    /// What changed.
    pub change: MemberChange,
}

/// How a membership changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberChange {
    /// The subject became a member.
    Joined,
    /// The subject is no member any more.
    Left,
    /// The same, for this reason of the actor's.
    Removed {
        /// The reason.
        reason: String,
    },
    /// The subject does not come in before the end of the ban. A membership has ended before.
    Banned {
        /// When that is; none for never.
        until: Option<Millis>,
        /// Why.
        reason: Option<String>,
    },
    /// The ban has ended.
    Unbanned,
    /// The subject reads and does not write.
    Muted {
        /// Up to when; none for ever.
        until: Option<Millis>,
        /// Why.
        reason: Option<String>,
    },
    /// The subject writes again.
    Unmuted,
    /// The subject has a new name, which stands in [`MemberEvent::subject_name`].
    Renamed {
        /// The name before.
        old_name: String,
    },
    /// The subject is this in the room from now on.
    RoleChanged {
        /// The role.
        role: RoomRole,
    },
}
