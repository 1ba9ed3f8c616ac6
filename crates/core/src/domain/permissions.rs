//! Who may do what: one table, asked inside the writing transaction and for reads alike. `docs/permissions.md` is printed from it.
//!
//! What one may not even see is not a matter of this table: a room is found through the person who asks, or not at all.

use super::Refusal;

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
    /// See who is in a room.
    ListMembers,
    /// Keep a mark of what one has read in a room.
    MarkRead,
    /// Become a member of a room. Those who may not, but may read it, are there without a membership.
    JoinRoom,
    /// Make a new room.
    CreateRoom,
    /// Change a room's title, topic or address.
    UpdateRoom,
    /// Delete a room with everything in it.
    DeleteRoom,
}

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

/// Whether somebody with these roles may do this in a public room. `room` is the role in the room that it is about; for
/// [`Action::CreateRoom`] it is none.
#[must_use]
pub fn may(server: ServerRole, room: Option<RoomRole>, action: Action) -> bool {
    match action {
        // Visitors are in no room: their connection is all that there is of them.
        Action::ReadMessages | Action::SendMessage | Action::ListMembers => {
            server == ServerRole::Visitor || room.is_some()
        }
        Action::MarkRead => server != ServerRole::Visitor && room.is_some(),
        Action::JoinRoom => server != ServerRole::Visitor,
        Action::CreateRoom => true,
        Action::UpdateRoom | Action::DeleteRoom => room == Some(RoomRole::Owner),
    }
}

/// Refuses what [`may`] not be done.
///
/// # Errors
/// [`Refusal::NotMember`] when joining the room would help, [`Refusal::Forbidden`] otherwise.
pub fn check(server: ServerRole, room: Option<RoomRole>, action: Action) -> Result<(), Refusal> {
    if may(server, room, action) {
        Ok(())
    } else if room.is_none() && may(server, Some(RoomRole::Member), action) {
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
    pub const ALL: [Self; 8] = [
        Self::ReadMessages,
        Self::SendMessage,
        Self::ListMembers,
        Self::MarkRead,
        Self::JoinRoom,
        Self::CreateRoom,
        Self::UpdateRoom,
        Self::DeleteRoom,
    ];

    /// What it is called in the printed table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ReadMessages => "read a room",
            Self::SendMessage => "write in a room",
            Self::ListMembers => "see who is in a room",
            Self::MarkRead => "keep a read mark",
            Self::JoinRoom => "join a room",
            Self::CreateRoom => "create a room",
            Self::UpdateRoom => "change a room's title, topic or address",
            Self::DeleteRoom => "delete a room",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_is_not_in_a_room_is_told_to_join_it() {
        let check = |room, action| check(ServerRole::Guest, room, action);
        assert_eq!(check(None, Action::SendMessage), Err(Refusal::NotMember));
        assert_eq!(check(None, Action::DeleteRoom), Err(Refusal::Forbidden));
        assert_eq!(check(Some(RoomRole::Member), Action::DeleteRoom), Err(Refusal::Forbidden));
        assert_eq!(check(Some(RoomRole::Owner), Action::DeleteRoom), Ok(()));
    }

    #[test]
    fn a_higher_role_in_a_room_never_takes_a_right_away() {
        for server in ServerRole::ALL {
            for action in Action::ALL {
                let rights: Vec<_> =
                    RoomRole::ALL.into_iter().map(|room| may(server, Some(room), action)).collect();
                assert!(rights.is_sorted(), "{server:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_visitor_has_no_membership_and_no_mark() {
        for action in [Action::JoinRoom, Action::MarkRead] {
            assert!(!may(ServerRole::Visitor, None, action), "{action:?}");
        }
    }
}
