use super::{MembersPage, RoomEvent, RoomId, RoomSlug, Seq};

/// A room as one person sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomOverview {
    /// The room.
    pub id: RoomId,
    /// Its name in addresses.
    pub slug: RoomSlug,
    /// Its title.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
    /// The first event of its log: 1, or the place after the log of the deleted room that had this slug before.
    pub first: Seq,
    /// The last event of its log.
    pub head: Seq,
    /// Up to where the person has read; 0 for one who is no member.
    pub read: Seq,
    /// Others' messages after `read`, at most 100.
    pub unread: u32,
    /// Whether the person is a member.
    pub member: bool,
    /// Whether the person created it, and so may change and delete it.
    pub mine: bool,
}

/// Which messages of a room are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The newest.
    Latest,
    /// The newest below this place.
    Before(Seq),
    /// The oldest above this place.
    After(Seq),
    /// Half of them up to this place, half above.
    Around(Seq),
}

/// A page of a room's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Messages, oldest first.
    pub messages: Vec<RoomEvent>,
    /// The other events between the first message (when there are no older ones: the room's beginning) and the end of the page
    /// (for the newest page: the head), oldest first; the last 100 of them.
    pub events: Vec<RoomEvent>,
    /// Whether there are older messages.
    pub has_before: bool,
    /// Whether there are newer messages.
    pub has_after: bool,
}

/// A room at one moment: everything a client needs to begin with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSnapshot {
    /// The room as the person sees it. `head` is the moment.
    pub room: RoomOverview,
    /// Its last messages.
    pub page: Page,
    /// Its first members, by name.
    pub members: MembersPage,
}
