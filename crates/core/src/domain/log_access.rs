use super::permissions::{Action, RoomRole, ServerRole, check};
use super::{Refusal, RoomId, RoomKind, Seq, UserId};

/// The right of one person to read one room's log, as it was at one moment. Made only by a lookup of the room through that person.
///
/// Whatever reads a log for somebody reads it by this, so nothing shows what was said before the person's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogAccess {
    room: RoomId,
    user: UserId,
    first: Seq,
    authorized_at: Seq,
}

impl LogAccess {
    /// The right that `user` has in `room`, which is of this kind, with these roles, from the place `first` on, while the log ends at `head`.
    ///
    /// # Errors
    /// [`Refusal::NotMember`], [`Refusal::Forbidden`].
    pub fn grant(
        user: UserId,
        server: ServerRole,
        role: Option<RoomRole>,
        (room, kind): (RoomId, RoomKind),
        (first, head): (Seq, Seq),
    ) -> Result<Self, Refusal> {
        check(server, kind, role, Action::ReadMessages)?;
        Ok(Self { room, user, first, authorized_at: head })
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

    /// The first place that may be read.
    #[must_use]
    pub fn first(&self) -> Seq {
        self.first
    }

    /// The place behind which a reader goes on who has everything up to `place`: not before the first that may be read.
    #[must_use]
    pub fn readable_after(&self, place: Seq) -> Seq {
        place.max(self.before_first())
    }

    /// Whether everything after `place` may be read, so that one who knows the log up to there can be told the rest without a hole.
    #[must_use]
    pub fn has_all_after(&self, place: Seq) -> bool {
        place >= self.before_first()
    }

    /// The end of the log at the moment of the lookup: a removal of this person after this place ends the right.
    #[must_use]
    pub fn authorized_at(&self) -> Seq {
        self.authorized_at
    }

    /// The same right, from the place on that `before` said for the same person: for one who has listened since without a pause.
    #[must_use]
    pub fn going_on_from(self, before: &Self) -> Self {
        let is_same = (self.room, self.user) == (before.room, before.user);
        Self { first: if is_same { self.first.min(before.first) } else { self.first }, ..self }
    }

    fn before_first(&self) -> Seq {
        Seq(self.first.0.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(first: i64) -> LogAccess {
        let room = (RoomId(1), RoomKind::Private);
        LogAccess::grant(UserId(7), ServerRole::Guest, Some(RoomRole::Member), room, (Seq(first), Seq(9)))
            .unwrap()
    }

    #[test]
    fn nothing_is_read_before_the_first_place() {
        let access = access(5);
        assert_eq!([0, 3, 4, 5, 9].map(|place| access.readable_after(Seq(place)).0), [4, 4, 4, 5, 9]);
        assert!(access.has_all_after(Seq(4)) && !access.has_all_after(Seq(3)));
        assert!(self::access(1).has_all_after(Seq(0)));
        assert_eq!(access.going_on_from(&self::access(3)).first(), Seq(3));
        assert_eq!(access.going_on_from(&self::access(8)).first(), Seq(5));
    }
}
