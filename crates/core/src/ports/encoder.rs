use super::{ListedRoom, ShownAvatar, ShownEmoji};
use crate::chat::{RoomListing, RoomView};
use crate::domain::{KeptDraft, Presence, RoomAddress, RoomEvent, RoomId, Seq, ThreadMark, User, UserId};
use std::sync::Arc;

/// What the live side of the server tells clients beside log events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The replay of a room is done.
    Resumed {
        /// The room.
        room: RoomId,
        /// The last event that was replayed.
        head: Seq,
    },
    /// Changes of a room's log that are not told in a replay, since what came of them is told with a later one, or was told already. Whoever
    /// hears it has seen all up to there.
    Skipped {
        /// The room.
        room: RoomId,
        /// The first of them.
        from: Seq,
        /// The last of them.
        to: Seq,
    },
    /// The gap was too long: begin anew with this.
    Reset(Box<RoomView>),
    /// The room cannot be resumed.
    RoomGone {
        /// The room.
        room: RoomId,
    },
    /// Who came, left or changed since the last one.
    Presence {
        /// The room.
        room: RoomAddress,
        /// People present now.
        online: u32,
        /// The changes in the order in which they came about, bounded.
        changes: Vec<PresenceChange>,
        /// Whether changes were left out.
        truncated: bool,
        /// Those present now, by name, at most [`PEOPLE_LISTED`](crate::chat::PEOPLE_LISTED); empty unless somebody in the
        /// room listens whose protocol tells them.
        people: Arc<[User]>,
    },
    /// Who is typing now.
    Typing {
        /// The room.
        room: RoomAddress,
        /// The first few of them.
        users: Vec<Typist>,
        /// How many more.
        more: u32,
        /// Who began since the signal before; bounded. Everybody named here is named in `stopped` later, by the same name.
        started: Vec<Typist>,
        /// Who does not type any more since the signal before.
        stopped: Vec<Typist>,
    },
    /// How far others have read in a room where that is told.
    Seen {
        /// The room.
        room: RoomId,
        /// Each with the place up to which everything was read.
        reads: Vec<(UserId, Seq)>,
    },
    /// Another connection of the same person has read this far.
    ReadMark {
        /// The room.
        room: RoomId,
        /// Everything up to here.
        seq: Seq,
    },
    /// Another connection of the same person has marked what is behind this place as unread.
    MarkedUnread {
        /// The room.
        room: RoomId,
        /// Everything up to here is read still.
        seq: Seq,
    },
    /// What waits for the same person changed.
    ScheduleChanged {
        /// Whether the person is to be reminded of something now.
        is_due: bool,
    },
    /// What the same person has begun to write, on another connection.
    Draft(Box<KeptDraft>),
    /// The same person has changed the settings elsewhere.
    SettingsChanged {
        /// Their number since then.
        revision: i64,
    },
    /// The same person follows a thread or not, or has read it this far, by another connection.
    ThreadMark {
        /// The room.
        room: RoomId,
        /// The message under which it hangs.
        root: Seq,
        /// What it is to the person.
        mark: ThreadMark,
    },
    /// The same person became a member of a room on another connection, or was made one by somebody else.
    MembershipBegan(Box<RoomListing>),
    /// The same person is no member of a room any more.
    MembershipEnded {
        /// The room.
        room: RoomId,
    },
    /// The same person has a new name, given on another connection.
    Renamed(User),
    /// The directory of public rooms changed; each room is named once.
    Directory {
        /// Rooms that were created or changed.
        listed: Vec<ListedRoom>,
        /// Rooms that were deleted.
        removed: Vec<RoomId>,
        /// Other pictures of people and of the server.
        avatars: Vec<ShownAvatar>,
        /// Other emoji of the server.
        emoji: Vec<ShownEmoji>,
    },
    /// Ephemeral signals were dropped for this connection.
    Stale,
}

/// One person's change of presence: came (offline before), left (offline now), or is there in another state or under another
/// name. One who came and left since the signal before is offline before and now: whoever got a view of the room in between
/// must hear of the leaving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceChange {
    /// The person.
    pub user: User,
    /// The state that was told before.
    pub before: Presence,
    /// The state from now on.
    pub presence: Presence,
    /// By which protocol the person is connected, or was; none for the native one.
    pub via: Option<&'static str>,
}

impl PresenceChange {
    /// Those of a signal's changes that a viewer is to be told, in a protocol that tells them to the others only: none of its
    /// own, and nothing from before its own coming, which stood in the view that it was given then. Those who left
    /// [come first](Self::ends_first).
    pub fn told_to(changes: &[Self], viewer: Option<UserId>) -> Vec<&Self> {
        let comes = |change: &Self| {
            Some(change.user.id) == viewer
                && change.before == Presence::Offline
                && change.presence != Presence::Offline
        };
        let since = changes.iter().position(comes).unwrap_or_default();
        Self::ends_first(changes[since..].iter().filter(|change| Some(change.user.id) != viewer))
    }

    /// Changes in the order in which they are told: who left first, so that somebody who reloads a page, and is another visitor
    /// of the same name from then on, ends as present for those who go by names.
    pub fn ends_first<'a>(changes: impl Iterator<Item = &'a Self>) -> Vec<&'a Self> {
        let (mut told, others): (Vec<_>, Vec<_>) =
            changes.partition(|change| change.presence == Presence::Offline);
        told.extend(others);
        told
    }
}

/// Somebody who is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typist {
    /// The person.
    pub user: UserId,
    /// The person's name.
    pub name: String,
}

/// Names a protocol within one process: its place in the composition root's table of [encoders](Encoder). The native protocol is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProtocolId(pub u8);

/// Turns events into the bytes of one protocol. One encoding serves every connection of that protocol.
pub trait Encoder: Send + Sync {
    /// What others are told of how people of this protocol are connected; none for the native one.
    fn via(&self) -> Option<&'static str> {
        None
    }

    /// Whether its clients are told everybody present by name whenever that changes ([`Signal::Presence`]'s `people`).
    fn lists_people(&self) -> bool {
        false
    }

    /// Whether people's own presence and typing are told to the others only: then signals are encoded with a `viewer` for those
    /// whom they name.
    fn hides_self(&self) -> bool {
        false
    }

    /// Whether its gateway hears of the end of a subscription
    /// ([`ConnectionEvent::SubscriptionEnded`](super::ConnectionEvent::SubscriptionEnded)): its clients have one room from their
    /// beginning to their end.
    fn hears_ends(&self) -> bool {
        false
    }

    /// Appends the finished frame or frames of a log event to `out`; nothing when the protocol does not show it.
    fn event(&self, room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>);

    /// Appends the finished frame or frames of a signal to `out`; nothing when the protocol does not show it.
    ///
    /// `viewer` is set for a connection of somebody whom the signal names, in a protocol that tells such things to the others
    /// only: it leaves out that person's own change.
    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_to(viewer: Option<i64>) -> Vec<i64> {
        let change = |id, before, presence| {
            let user = User::guest(UserId(id), format!("user {id}"));
            PresenceChange { user, before, presence, via: None }
        };
        let changes = [
            change(1, Presence::Offline, Presence::Online),
            change(2, Presence::Online, Presence::Offline),
            change(3, Presence::Offline, Presence::Online),
            change(4, Presence::Online, Presence::Away),
            change(5, Presence::Offline, Presence::Offline),
        ];
        let told = PresenceChange::told_to(&changes, viewer.map(UserId));
        told.into_iter().map(|change| change.user.id.0).collect()
    }

    #[test]
    fn who_comes_is_told_what_follows() {
        assert_eq!(told_to(Some(1)), [2, 5, 3, 4]);
        assert_eq!(told_to(Some(3)), [5, 4]);
    }

    #[test]
    fn all_others_are_told_everything_but_their_own() {
        assert_eq!(told_to(None), [2, 5, 1, 3, 4]);
        assert_eq!(told_to(Some(9)), [2, 5, 1, 3, 4]);
        assert_eq!(told_to(Some(4)), [2, 5, 1, 3]);
        assert_eq!(told_to(Some(5)), [2, 1, 3, 4]);
    }
}
