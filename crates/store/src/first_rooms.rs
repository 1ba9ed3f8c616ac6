//! The rooms in which everybody is who comes, until they leave.

use crate::sql::{DatabaseError, Failure, Transaction, values};
use crate::write::Write;
use crate::{audit, rooms};
use chinwag_core::domain::permissions::ServerAction;
use chinwag_core::domain::{Actor, Refusal, RoomId, RoomKind, UserId};

/// Those that can be joined now. One that became private or is archived waits until it is public again.
pub(crate) fn open(sql: &dyn Transaction) -> Result<Vec<RoomId>, DatabaseError> {
    const SELECT: &str = "
        SELECT id FROM rooms
        WHERE first_at IS NOT NULL AND kind = 'public' AND deleted_at IS NULL AND archived_at IS NULL ORDER BY id";
    sql.all(SELECT, values![], |row| row.get(0))
}

/// Those that are public, with their titles, for one who chooses them.
pub(crate) fn list(sql: &dyn Transaction, user: UserId) -> Result<Vec<(RoomId, String)>, Failure> {
    const SELECT: &str = "
        SELECT id, title FROM rooms
        WHERE first_at IS NOT NULL AND kind = 'public' AND deleted_at IS NULL ORDER BY id";
    audit::check(sql, user, ServerAction::ChooseFirstRooms)?;
    Ok(sql.all(SELECT, values![], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Says whether a public room is one of them.
pub(crate) fn set(write: &Write<'_>, actor: Actor, room: RoomId, is_first: bool) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE rooms SET first_at = ?2 WHERE id = ?1";
    audit::check(write.sql, actor.user, ServerAction::ChooseFirstRooms)?;
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    if room.kind != RoomKind::Public {
        return Err(Refusal::Forbidden.into());
    }
    let since = is_first.then_some(write.now);
    write.sql.execute(UPDATE, values![room.id, since])?;
    Ok(())
}
