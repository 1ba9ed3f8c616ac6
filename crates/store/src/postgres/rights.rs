use super::error::database_error;
use crate::found_room::room_role;
use crate::sql::DatabaseError;
use crate::standing;
use chinwag_core::domain::permissions::{Action, RoomRole, ServerRole, check, may};
use chinwag_core::domain::{Refusal, Seq, UserId};
use tokio_postgres::Row;

/// The table of rights for one action, in the order in which `may_1` in the database looks it up: it has no rule of its own.
pub(super) fn rights(action: Action) -> Vec<bool> {
    const ROOM: [Option<RoomRole>; 3] = [None, Some(RoomRole::Member), Some(RoomRole::Owner)];
    ServerRole::ALL.into_iter().flat_map(|server| ROOM.map(|room| may(server, room, action))).collect()
}

/// Who somebody is who asked for something in a room, as a batch found it.
pub(super) struct Standing {
    server: ServerRole,
    pub(super) creator: Option<UserId>,
    pub(super) read: Option<Seq>,
}

impl Standing {
    /// Reads the columns from `first` on.
    pub(super) fn read(row: &Row, first: usize) -> Result<Self, DatabaseError> {
        let number = |column| row.try_get::<_, Option<i64>>(column).map_err(database_error);
        let server = match row.try_get::<_, Option<&str>>(first).map_err(database_error)? {
            Some(word) => standing::parse(word)?.1,
            // An account that was removed counts as a guest's.
            None => ServerRole::Guest,
        };
        Ok(Self { server, creator: number(first + 1)?.map(UserId), read: number(first + 2)?.map(Seq) })
    }

    /// Refuses what `user` may not do there, as [`FoundRoom::check`](crate::found_room::FoundRoom::check) does.
    pub(super) fn check(&self, user: UserId, action: Action) -> Result<(), Refusal> {
        check(self.server, room_role(user, self.creator, self.read), action)
    }
}
