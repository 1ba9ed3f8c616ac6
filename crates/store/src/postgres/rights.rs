use crate::found_room::{room_role, server_role};
use chinwag_core::domain::permissions::{Action, RoomRole, ServerRole, check, may};
use chinwag_core::domain::{Refusal, Seq, UserId};
use tokio_postgres::Row;

/// The table of rights for one action, in the order in which `may_1` in the database looks it up: it has no rule of its own.
pub(super) fn rights(action: Action) -> Vec<bool> {
    const SERVER: [ServerRole; 3] = [ServerRole::Visitor, ServerRole::Guest, ServerRole::Member];
    const ROOM: [Option<RoomRole>; 3] = [None, Some(RoomRole::Member), Some(RoomRole::Owner)];
    SERVER.into_iter().flat_map(|server| ROOM.map(|room| may(server, room, action))).collect()
}

/// Who somebody is who asked for something in a room, as a batch found it.
pub(super) struct Standing {
    pub(super) visitor: Option<bool>,
    pub(super) guest: Option<bool>,
    pub(super) creator: Option<UserId>,
    pub(super) read: Option<Seq>,
}

impl Standing {
    /// Reads the columns from `first` on.
    pub(super) fn read(row: &Row, first: usize) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            visitor: row.try_get(first)?,
            guest: row.try_get(first + 1)?,
            creator: row.try_get::<_, Option<i64>>(first + 2)?.map(UserId),
            read: row.try_get::<_, Option<i64>>(first + 3)?.map(Seq),
        })
    }

    /// Refuses what `user` may not do there, as [`FoundRoom::check`](crate::found_room::FoundRoom::check) does.
    pub(super) fn check(&self, user: UserId, action: Action) -> Result<(), Refusal> {
        let server = server_role(self.visitor.unwrap_or_default(), self.guest.unwrap_or(true));
        check(server, room_role(user, self.creator, self.read), action)
    }
}
