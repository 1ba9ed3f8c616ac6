use super::error::database_error;
use crate::found_room::{read_kind, read_role};
use crate::sql::DatabaseError;
use crate::standing;
use chinwag_core::domain::permissions::{Action, RoomRole, ServerRole, Writing, check, check_writing, may};
use chinwag_core::domain::{Refusal, RoomKind};
use tokio_postgres::Row;

/// The table of rights for one action, in the order in which `may_1` in the database looks it up: it has no rule of its own.
pub(super) fn rights(action: Action) -> Vec<bool> {
    const ROOM: [Option<RoomRole>; 4] =
        [None, Some(RoomRole::Member), Some(RoomRole::Moderator), Some(RoomRole::Owner)];
    let kinds = |server| {
        RoomKind::ALL.into_iter().flat_map(move |kind| ROOM.map(|room| may(server, kind, room, action)))
    };
    ServerRole::ALL.into_iter().flat_map(kinds).collect()
}

/// Who somebody is who asked for something in a room, as a batch found it.
pub(super) struct Standing {
    server: ServerRole,
    /// None when there is no room.
    kind: Option<RoomKind>,
    role: Option<RoomRole>,
}

impl Standing {
    /// Reads the columns from `first` on.
    pub(super) fn read(row: &Row, first: usize) -> Result<Self, DatabaseError> {
        let text = |column| row.try_get::<_, Option<&str>>(column).map_err(database_error);
        // An account that was removed counts as a guest's.
        let server = text(first)?.map(standing::parse).transpose()?.map_or(ServerRole::Guest, |it| it.1);
        let kind = text(first + 1)?.map(read_kind).transpose()?;
        let role = text(first + 2)?.map(read_role).transpose()?;
        Ok(Self { server, kind, role })
    }

    /// Refuses what may not be done there, as [`FoundRoom::check`](crate::found_room::FoundRoom::check) does.
    pub(super) fn check(&self, action: Action) -> Result<(), Refusal> {
        check(self.server, self.kind.ok_or(Refusal::Forbidden)?, self.role, action)
    }

    /// Refuses what may not be written there, as [`FoundRoom::check_writing`](crate::found_room::FoundRoom::check_writing) does.
    pub(super) fn check_writing(&self, writing: Writing) -> Result<(), Refusal> {
        check_writing(self.server, self.kind.ok_or(Refusal::Forbidden)?, self.role, writing)
    }
}
