//! Who may do what: one table, asked inside the writing transaction and for reads alike. `docs/permissions.md` is printed from it.
//!
//! What one may not even see is not a matter of this table: a room is found through the person who asks, or not at all.

mod server;
mod writing;

pub use server::{
    INVITE_MS, INVITE_USES, ServerAction, may_ban_account, may_on_server, may_remove_avatar,
    may_set_server_role,
};
pub use writing::{Writing, check_reacting, check_sharing, check_writing, may_when_archived};

use super::{Refusal, RoomKind};

/// What a person is on the whole server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServerRole {
    /// Nobody who signed in: an account that lasts as long as a connection.
    Visitor,
    /// Signed in by a name only.
    Guest,
    /// Somebody with an account of their own.
    Member,
    /// Keeps order among people.
    Moderator,
    /// Runs the server day by day.
    Admin,
    /// Whose server it is.
    Owner,
}

/// What a person is in one room. Somebody who is not in it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoomRole {
    /// Takes part.
    Member,
    /// Keeps order there.
    Moderator,
    /// Created it, or was given it.
    Owner,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read a room's log and hear what happens in it.
    ReadMessages,
    /// Write a message into a room.
    SendMessage,
    /// Give an own message another text.
    EditMessage,
    /// Delete an own message.
    DeleteMessage,
    /// Delete what somebody else wrote.
    DeleteOthersMessage,
    /// React to a message with an emoji.
    React,
    /// Share a file.
    ShareFile,
    /// Pin a message, and end that.
    Pin,
    /// Mention everybody in a room of at most [`SMALL_ROOM`] people at once.
    MentionRoom,
    /// The same in a larger one.
    MentionLargeRoom,
    /// Mention a group of people at once.
    MentionGroup,
    /// Write where only those may who keep order, and where the others have to wait between two messages.
    WriteAnyTime,
    /// See who is in a room.
    ListMembers,
    /// Keep a mark of what one has read in a room.
    MarkRead,
    /// Become a member of a room by oneself. Those who may not, but may read it, are there without a membership.
    JoinRoom,
    /// End one's own membership.
    LeaveRoom,
    /// Make somebody else a member of a room.
    AddMember,
    /// End the membership of somebody who stands below oneself there: see [`outranks`].
    RemoveMember,
    /// Keep somebody out of a room who stands below oneself there, end that, and see who is kept out.
    Ban,
    /// Have somebody be silent who stands below oneself in a room, and end that.
    Mute,
    /// Say what somebody is in a room.
    SetRole,
    /// Make a new room of a kind.
    CreateRoom,
    /// Change a room's title, topic, address or picture, who finds it, and how it is kept.
    UpdateRoom,
    /// Have members wait between two messages in a room.
    SetPace,
    /// Delete a room with everything in it.
    DeleteRoom,
}

/// Members of a room in which not only those mention everybody who keep order there.
pub const SMALL_ROOM: u64 = 50;

/// Whoever has the data folder in hand: at the console of the machine, not over the network. Above the table, since to that person
/// the database is a file like any other; what is asked for in this way is carried out by the same rules as everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator(());

impl Operator {
    /// Under what name a log tells of it.
    pub const NAME: &str = "Operator";

    /// The operator. To be made only where the system has shown that one may open the data folder.
    #[must_use]
    pub fn at_the_console() -> Self {
        Self(())
    }
}

/// Whether somebody with these roles may do this in a room of this kind. `room` is the role in the room that it is about; for
/// [`Action::CreateRoom`] it is none.
#[must_use]
pub fn may(server: ServerRole, kind: RoomKind, room: Option<RoomRole>, action: Action) -> bool {
    // Visitors are in no room: their connection is all that there is of them.
    let is_there = room.is_some() || (server == ServerRole::Visitor && kind == RoomKind::Public);
    let has_roles = matches!(kind, RoomKind::Public | RoomKind::Private);
    match action {
        Action::ReadMessages
        | Action::SendMessage
        | Action::EditMessage
        | Action::DeleteMessage
        | Action::ListMembers => is_there,
        Action::React | Action::ShareFile => server != ServerRole::Visitor && room.is_some(),
        Action::MentionRoom | Action::MentionGroup => {
            let is_known = server >= ServerRole::Member && room.is_some();
            is_known || rank(server, kind, room) >= Some(Rank::Moderator)
        }
        Action::MarkRead => server != ServerRole::Visitor && room.is_some(),
        Action::JoinRoom => server != ServerRole::Visitor && kind == RoomKind::Public,
        // In a conversation nobody keeps order, and everybody stands as high.
        Action::Pin if !has_roles => server != ServerRole::Visitor && room.is_some(),
        // A conversation of two is between these two, whatever becomes of it.
        Action::LeaveRoom => room.is_some() && kind != RoomKind::Direct,
        Action::AddMember => room.is_some() && kind != RoomKind::Direct,
        Action::Pin => rank(server, kind, room) >= Some(Rank::Moderator),
        Action::DeleteOthersMessage
        | Action::MentionLargeRoom
        | Action::WriteAnyTime
        | Action::RemoveMember
        | Action::Ban
        | Action::Mute
        | Action::SetPace => has_roles && rank(server, kind, room) >= Some(Rank::Moderator),
        Action::SetRole | Action::UpdateRoom | Action::DeleteRoom => {
            has_roles && rank(server, kind, room) >= Some(Rank::Owner)
        }
        Action::CreateRoom => server != ServerRole::Visitor || kind == RoomKind::Public,
    }
}

/// Whether somebody with these roles stands above another one, who may be no member. Nobody does anything to one who stands as high.
#[must_use]
pub fn outranks(
    server: ServerRole,
    kind: RoomKind,
    room: Option<RoomRole>,
    (their_server, theirs): (ServerRole, Option<RoomRole>),
) -> bool {
    rank(server, kind, room) > rank(their_server, kind, theirs)
}

/// How high somebody stands in a room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Member,
    Moderator,
    Owner,
    /// Keeps order on the whole server, and so in what everybody may see.
    Staff(ServerRole),
}

impl From<RoomRole> for Rank {
    fn from(role: RoomRole) -> Self {
        match role {
            RoomRole::Member => Self::Member,
            RoomRole::Moderator => Self::Moderator,
            RoomRole::Owner => Self::Owner,
        }
    }
}

fn rank(server: ServerRole, kind: RoomKind, room: Option<RoomRole>) -> Option<Rank> {
    if kind == RoomKind::Public && server >= ServerRole::Moderator {
        Some(Rank::Staff(server))
    } else {
        room.map(Rank::from)
    }
}

/// Whether guests take part in what is not public: private rooms, and conversations of two or a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuestsInPrivate {
    /// As members do.
    Allowed,
    /// They see public rooms only.
    Refused,
}

/// Whether an account with this role may be in a room of this kind at all.
#[must_use]
pub fn may_belong(server: ServerRole, kind: RoomKind, guests: GuestsInPrivate) -> bool {
    match server {
        ServerRole::Visitor => false,
        ServerRole::Guest => kind == RoomKind::Public || guests == GuestsInPrivate::Allowed,
        ServerRole::Member | ServerRole::Moderator | ServerRole::Admin | ServerRole::Owner => true,
    }
}

/// Refuses what [`may`] not be done.
///
/// # Errors
/// [`Refusal::NotMember`] when joining the room would help, [`Refusal::Forbidden`] otherwise.
pub fn check(
    server: ServerRole,
    kind: RoomKind,
    room: Option<RoomRole>,
    action: Action,
) -> Result<(), Refusal> {
    if may(server, kind, room, action) {
        Ok(())
    } else if room.is_none() && may(server, kind, Some(RoomRole::Member), action) {
        Err(Refusal::NotMember)
    } else {
        Err(Refusal::Forbidden)
    }
}

impl ServerRole {
    /// All of them, the least first.
    pub const ALL: [Self; 6] =
        [Self::Visitor, Self::Guest, Self::Member, Self::Moderator, Self::Admin, Self::Owner];
}

impl RoomRole {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Member, Self::Moderator, Self::Owner];
}

impl Action {
    /// All of them, in the order of the printed table.
    pub const ALL: [Self; 25] = [
        Self::ReadMessages,
        Self::SendMessage,
        Self::WriteAnyTime,
        Self::MentionRoom,
        Self::MentionLargeRoom,
        Self::MentionGroup,
        Self::EditMessage,
        Self::DeleteMessage,
        Self::DeleteOthersMessage,
        Self::React,
        Self::ShareFile,
        Self::Pin,
        Self::ListMembers,
        Self::MarkRead,
        Self::JoinRoom,
        Self::LeaveRoom,
        Self::AddMember,
        Self::RemoveMember,
        Self::Ban,
        Self::Mute,
        Self::SetRole,
        Self::CreateRoom,
        Self::UpdateRoom,
        Self::SetPace,
        Self::DeleteRoom,
    ];

    /// What it is called in the printed table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ReadMessages => "read a room",
            Self::SendMessage => "write in a room",
            Self::EditMessage => "edit one's own message",
            Self::DeleteMessage => "delete one's own message",
            Self::DeleteOthersMessage => "delete somebody else's message",
            Self::React => "react to a message",
            Self::ShareFile => "share files",
            Self::Pin => "pin a message",
            Self::MentionRoom => "mention everybody at once in a room of at most 50 people",
            Self::MentionLargeRoom => "mention everybody at once in a larger room",
            Self::MentionGroup => "mention a group of people",
            Self::WriteAnyTime => "write where the others may not, or have to wait",
            Self::ListMembers => "see who is in a room",
            Self::MarkRead => "keep a read mark",
            Self::JoinRoom => "join a room by oneself",
            Self::LeaveRoom => "leave a room",
            Self::AddMember => "add somebody to a room",
            Self::RemoveMember => "remove somebody who stands below oneself",
            Self::Ban => "ban somebody who stands below oneself, and see who is banned",
            Self::Mute => "have somebody be silent who stands below oneself",
            Self::SetRole => "say who is moderator or owner",
            Self::CreateRoom => "create a room",
            Self::UpdateRoom => {
                "change what a room is called and its picture, who finds it, and how it is kept"
            }
            Self::SetPace => "have members wait between two messages",
            Self::DeleteRoom => "delete a room",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_is_not_in_a_room_is_told_to_join_it() {
        let check = |room, action| check(ServerRole::Guest, RoomKind::Public, room, action);
        assert_eq!(check(None, Action::SendMessage), Err(Refusal::NotMember));
        assert_eq!(check(None, Action::DeleteRoom), Err(Refusal::Forbidden));
        assert_eq!(check(Some(RoomRole::Member), Action::DeleteRoom), Err(Refusal::Forbidden));
        assert_eq!(check(Some(RoomRole::Owner), Action::DeleteRoom), Ok(()));
    }

    fn everywhere() -> impl Iterator<Item = (ServerRole, RoomKind, Action)> {
        let kinds =
            || ServerRole::ALL.into_iter().flat_map(|server| RoomKind::ALL.map(|kind| (server, kind)));
        kinds().flat_map(|(server, kind)| Action::ALL.map(|action| (server, kind, action)))
    }

    #[test]
    fn a_higher_role_never_takes_a_right_away() {
        for (server, kind, action) in everywhere() {
            let rights: Vec<_> =
                RoomRole::ALL.into_iter().map(|room| may(server, kind, Some(room), action)).collect();
            assert!(rights.is_sorted(), "{server:?} {kind:?} {action:?}");
        }
        for (_, kind, action) in everywhere() {
            for room in [None, Some(RoomRole::Member), Some(RoomRole::Owner)] {
                let signed_in = ServerRole::ALL.into_iter().skip(1);
                let rights: Vec<_> = signed_in.map(|server| may(server, kind, room, action)).collect();
                assert!(rights.is_sorted(), "{kind:?} {room:?} {action:?}");
            }
        }
    }

    /// Whatever somebody is on the server: not even the owner reads what is said in a room that is not public.
    #[test]
    fn outside_of_it_nobody_may_do_anything_in_what_is_not_public() {
        for (server, kind, action) in everywhere() {
            if kind != RoomKind::Public && action != Action::CreateRoom {
                assert!(!may(server, kind, None, action), "{server:?} {kind:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_visitor_has_no_membership_and_no_mark() {
        for kind in RoomKind::ALL {
            for action in
                [Action::JoinRoom, Action::LeaveRoom, Action::AddMember, Action::MarkRead, Action::React]
            {
                assert!(!may(ServerRole::Visitor, kind, None, action), "{kind:?} {action:?}");
            }
            assert!(!may_belong(ServerRole::Visitor, kind, GuestsInPrivate::Allowed));
        }
    }

    #[test]
    fn nobody_removes_one_who_stands_as_high() {
        let (member, moderator, owner) = (RoomRole::Member, RoomRole::Moderator, RoomRole::Owner);
        let somebody = ServerRole::Member;
        let above = |room, theirs| {
            outranks(ServerRole::Member, RoomKind::Private, Some(room), (somebody, Some(theirs)))
        };
        assert!(above(owner, moderator) && above(owner, member) && above(moderator, member));
        assert!(!above(owner, owner) && !above(moderator, moderator) && !above(member, member));
        let staff = |kind| outranks(ServerRole::Moderator, kind, None, (somebody, Some(owner)));
        assert!(staff(RoomKind::Public) && !staff(RoomKind::Private));
        // Those who keep order on the server stand where everybody is, members or not, and among themselves.
        let in_public = |server, room, theirs| outranks(server, RoomKind::Public, room, theirs);
        let (admin, keeper) = (ServerRole::Admin, ServerRole::Moderator);
        assert!(!in_public(somebody, Some(owner), (keeper, Some(member))));
        assert!(in_public(admin, None, (keeper, None)) && !in_public(keeper, None, (admin, None)));
        assert!(!in_public(keeper, None, (keeper, None)));
        assert!(in_public(somebody, Some(moderator), (somebody, None)));
    }
}
