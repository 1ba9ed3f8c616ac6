use super::room_changes::RoomChanges;
use chinwag_core::domain::{
    ConnectionId, DraftPlace, KeptDraft, RoomId, Seq, SessionId, ThreadMark, User, UserId,
};
use chinwag_core::ports::Signal;
use std::collections::HashMap;

/// For the connections of one person and about one room: the connection that caused it, which is not told, and what is.
pub(super) type ByPersonAndRoom<T> = HashMap<(UserId, RoomId), (Option<ConnectionId>, T)>;

/// How far somebody has read.
#[derive(Clone, Copy)]
pub(super) struct ReadMark {
    pub(super) seq: Seq,
    /// Whether the mark was set back before.
    pub(super) is_back: bool,
}

impl ReadMark {
    pub(super) fn signal(self, room: RoomId) -> Signal {
        let Self { seq, is_back } = self;
        if is_back { Signal::MarkedUnread { room, seq } } else { Signal::ReadMark { room, seq } }
    }
}

/// What waits for one person's connections and can be told at once.
#[derive(Default)]
pub(super) struct Personal {
    pub(super) ended: Vec<(UserId, SessionId)>,
    pub(super) read_marks: ByPersonAndRoom<ReadMark>,
    pub(super) threads: HashMap<(UserId, RoomId, Seq), (Option<ConnectionId>, ThreadMark)>,
    /// Whether people are to be reminded of something.
    pub(super) schedules: HashMap<UserId, (Option<ConnectionId>, bool)>,
    pub(super) drafts: HashMap<(UserId, DraftPlace), (Option<ConnectionId>, Box<KeptDraft>)>,
    pub(super) names: HashMap<UserId, (Option<ConnectionId>, User)>,
    pub(super) settings: HashMap<UserId, (Option<ConnectionId>, Signal)>,
}

/// What waits to be told of which rooms there are, and who is in them. A client knows a public room from its directory, so a
/// membership in a new room comes after it.
#[derive(Default)]
pub(super) struct OfRooms {
    pub(super) changes: RoomChanges,
    /// [`Signal::MembershipBegan`], [`Signal::MembershipEnded`] or [`Signal::RoomGone`].
    pub(super) memberships: ByPersonAndRoom<Signal>,
}
