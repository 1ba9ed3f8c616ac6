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

impl RoomOverview {
    /// Whether one who has heard everything up to `last` can be told the rest, in at most `limit` events. Nobody can who comes from a place
    /// that is not one of this log.
    #[must_use]
    pub fn can_replay(&self, last: Seq, limit: u32) -> bool {
        let in_the_log = (self.first.0 - 1..=self.head.0).contains(&last.0);
        in_the_log && self.head.0 - last.0 <= i64::from(limit)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replayed_is_of_this_log_and_bounded() {
        let room = RoomOverview {
            id: RoomId(1),
            slug: RoomSlug::parse("tea").unwrap(),
            title: "Tea".to_owned(),
            topic: String::new(),
            // Behind the log of another room that had this slug.
            first: Seq(5),
            head: Seq(9),
            read: Seq(0),
            unread: 0,
            member: true,
            mine: false,
        };
        let replayed: Vec<_> = (0..12).filter(|last| room.can_replay(Seq(*last), 100)).collect();
        assert_eq!(replayed, [4, 5, 6, 7, 8, 9]);
        assert!(room.can_replay(Seq(7), 2) && !room.can_replay(Seq(6), 2));
        assert!(!room.can_replay(Seq(i64::MIN), 2) && !room.can_replay(Seq(i64::MAX), 2));
    }
}
