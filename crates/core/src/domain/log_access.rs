use super::permissions::{Action, RoomRole, ServerRole, check};
use super::{Refusal, RoomId, RoomKind, Seq, UserId};

/// The right of one person to read one room's log, as it was at one moment. Made only by a lookup of the room through that person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogAccess {
    room: RoomId,
    user: UserId,
    authorized_at: Seq,
}

impl LogAccess {
    /// The right that `user` has in `room`, which is of this kind, with these roles, while the log ends at `head`.
    ///
    /// # Errors
    /// [`Refusal::NotMember`], [`Refusal::Forbidden`].
    pub fn grant(
        user: UserId,
        server: ServerRole,
        role: Option<RoomRole>,
        (room, kind): (RoomId, RoomKind),
        head: Seq,
    ) -> Result<Self, Refusal> {
        check(server, kind, role, Action::ReadMessages)?;
        Ok(Self { room, user, authorized_at: head })
    }

    /// The room whose log may be read.
    #[must_use]
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// Who may read it.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user
    }

    /// The end of the log at the moment of the lookup: a removal of this person after this place ends the right.
    #[must_use]
    pub fn authorized_at(&self) -> Seq {
        self.authorized_at
    }
}
