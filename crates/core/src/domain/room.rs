use super::permissions::RoomRole;
use super::{
    LogAccess, MembersPage, Message, RoomAddress, RoomEvent, RoomId, RoomSettings, RoomSlug, Seq, User,
};

/// What sort of room it is: who finds it, and whether it has a title and an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomKind {
    /// Everybody finds it and may join it; it has a title and an address.
    Public,
    /// Those who are in it find it, and bring others in; it has a title, and an address that nobody guesses.
    Private,
    /// A conversation of two people, who have one only. It is called by its people, and has no address.
    Direct,
    /// The same of a few.
    Group,
}

impl RoomKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Public, Self::Private, Self::Direct, Self::Group];

    /// Whether it is called by the people in it.
    #[must_use]
    pub fn is_conversation(self) -> bool {
        matches!(self, Self::Direct | Self::Group)
    }
}

/// How many people a conversation of a few has at most.
pub const GROUP_SIZE: usize = 8;

/// A room as one person sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomOverview {
    /// The room.
    pub id: RoomId,
    /// What sort of room it is.
    pub kind: RoomKind,
    /// Its address, if it has one.
    pub slug: Option<RoomSlug>,
    /// Its title; empty for a room that is called by its people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
    /// The last event of its log; the first is 1.
    pub head: Seq,
    /// Up to where the person has read; 0 for one who is no member.
    pub read: Seq,
    /// Others' messages after `read`, at most 100.
    pub unread: u32,
    /// Mentions of the person after `read`, at most 100.
    pub mentions: u32,
    /// Threads there that the person follows and in which others have written since, at most 100.
    pub threads: u32,
    /// What the person is there; none for one who is no member.
    pub role: Option<RoomRole>,
    /// How it is kept.
    pub settings: RoomSettings,
    /// The others of a room that is called by its people; empty for a room with a title.
    pub people: Vec<User>,
}

/// A room that was looked up through a person, with the right to read it, if that person has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomLookup {
    /// The room as the person sees it.
    pub room: RoomOverview,
    /// The right to read its log.
    pub log: Option<LogAccess>,
}

impl RoomOverview {
    /// Whether the person is a member.
    #[must_use]
    pub fn is_member(&self) -> bool {
        self.role.is_some()
    }

    /// The room with its present address.
    #[must_use]
    pub fn address(&self) -> RoomAddress {
        RoomAddress { id: self.id, slug: self.slug.clone() }
    }

    /// Whether one who has heard everything up to `last` can be told the rest, in at most `limit` events. Nobody can who comes from a
    /// place that is not one of this log.
    #[must_use]
    pub fn can_replay(&self, last: Seq, limit: u32) -> bool {
        (0..=self.head.0).contains(&last.0) && self.head.0 - last.0 <= i64::from(limit)
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
    pub messages: Vec<Message>,
    /// The events beside the messages between the first message (when there are no older ones: the room's beginning) and the end of
    /// the page (for the newest page: the head), oldest first; the last of them, within a bound of their own.
    pub events: Vec<RoomEvent>,
    /// The place from which on `events` has all there are: behind those that were left out, or the beginning of the page.
    pub events_from: Seq,
    /// Whether there are older messages.
    pub has_before: bool,
    /// Whether there are newer messages.
    pub has_after: bool,
}

/// How a room changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomChange {
    /// The actor created it. The first event of a room.
    Created(RoomLabels),
    /// The actor changed what it is called, where and by whom it is found, or how it is kept.
    Updated(RoomState),
    /// The actor deleted it. The last event of a room.
    Deleted,
}

/// What a room is from an event on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomState {
    /// What it is called.
    pub labels: RoomLabels,
    /// What sort of room it is.
    pub kind: RoomKind,
    /// What sort of room it was before.
    pub was: RoomKind,
    /// How it is kept.
    pub settings: RoomSettings,
}

/// What a room is called from an event on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomLabels {
    /// Its address; none for a room that is not found by one.
    pub slug: Option<String>,
    /// Its title; empty for a room that is called by its people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
}

/// A room at one moment: everything a client needs to begin with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSnapshot {
    /// The room as the person sees it. `head` is the moment.
    pub room: RoomOverview,
    /// The right to read its log.
    pub log: LogAccess,
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
            kind: RoomKind::Public,
            slug: None,
            title: "Tea".to_owned(),
            topic: String::new(),
            head: Seq(5),
            read: Seq(0),
            unread: 0,
            mentions: 0,
            threads: 0,
            role: Some(RoomRole::Member),
            settings: RoomSettings::default(),
            people: Vec::new(),
        };
        let replayed: Vec<_> = (-2..9).filter(|last| room.can_replay(Seq(*last), 100)).collect();
        assert_eq!(replayed, [0, 1, 2, 3, 4, 5]);
        assert!(room.can_replay(Seq(3), 2) && !room.can_replay(Seq(2), 2));
        assert!(!room.can_replay(Seq(i64::MIN), 2) && !room.can_replay(Seq(i64::MAX), 2));
    }
}
