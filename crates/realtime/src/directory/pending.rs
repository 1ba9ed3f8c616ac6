use super::room_changes::RoomChanges;
use chinwag_core::domain::{ConnectionId, RoomId, Seq, SessionId, ThreadMark, User, UserId};
use chinwag_core::ports::Signal;
use std::collections::HashMap;

/// For the connections of one person and about one room: the connection that caused it, which is not told, and what is.
pub(super) type ByPersonAndRoom<T> = HashMap<(UserId, RoomId), (Option<ConnectionId>, T)>;

/// What waits for one person's connections and can be told at once.
#[derive(Default)]
pub(super) struct Personal {
    pub(super) ended: Vec<(UserId, SessionId)>,
    pub(super) read_marks: ByPersonAndRoom<Seq>,
    pub(super) threads: HashMap<(UserId, RoomId, Seq), (Option<ConnectionId>, ThreadMark)>,
    pub(super) names: HashMap<UserId, (Option<ConnectionId>, User)>,
}

/// What waits to be told of which rooms there are, and who is in them. A client knows a public room from its directory, so a
/// membership in a new room comes after it.
#[derive(Default)]
pub(super) struct OfRooms {
    pub(super) changes: RoomChanges,
    /// [`Signal::MembershipBegan`], [`Signal::MembershipEnded`] or [`Signal::RoomGone`].
    pub(super) memberships: ByPersonAndRoom<Signal>,
}
