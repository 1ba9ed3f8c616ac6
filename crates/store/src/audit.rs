//! What was done by those who keep order. It is written with what was done, and never changed.

use crate::members::Named;
use crate::sessions;
use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use crate::write::Write;
use chinwag_core::domain::permissions::{ServerAction, may_on_server};
use chinwag_core::domain::{AuditAction, AuditEntry, Refusal, RoomId, Seq, UserId};

/// What is noted beside who did it.
#[derive(Clone, Copy)]
pub(crate) struct Noted<'a> {
    pub(crate) action: AuditAction,
    pub(crate) room: Option<RoomId>,
    pub(crate) user: Option<UserId>,
    pub(crate) seq: Option<Seq>,
    pub(crate) reason: Option<&'a str>,
}

/// Notes what `actor` did, with the transaction that does it.
pub(crate) fn note(write: &Write<'_>, actor: UserId, noted: Noted<'_>) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO audit (at, actor_id, action, room_id, user_id, seq, reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Noted { action, room, user, seq, reason } = noted;
    write.sql.execute(INSERT, values![write.now, actor, action.as_str(), room, user, seq, reason])?;
    Ok(())
}

/// Notes what was done to `user` in a room, unless it was the person's own doing.
pub(crate) fn note_about(
    write: &Write<'_>,
    (action, room, seq): (AuditAction, RoomId, Seq),
    user: UserId,
    by: Named<'_>,
    reason: Option<&str>,
) -> Result<(), Failure> {
    note(write, by.id, Noted { action, room: Some(room), user: Some(user), seq: Some(seq), reason })
}

/// Refuses one who may not do this on the server.
pub(crate) fn check(sql: &dyn Transaction, user: UserId, action: ServerAction) -> Result<(), Failure> {
    let account = sessions::account(sql, user)?;
    if may_on_server(account.role, action) { Ok(()) } else { Err(Refusal::Forbidden.into()) }
}

/// At most `limit` entries before `before`, the last first.
pub(crate) fn page(
    sql: &dyn Transaction,
    user: UserId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<AuditEntry>, Failure> {
    const SELECT: &str = "
        SELECT audit.id, audit.at, audit.actor_id, actors.name, audit.action, audit.room_id, audit.user_id,
               people.name, audit.seq, audit.reason
        FROM audit JOIN users AS actors ON actors.id = audit.actor_id
        LEFT JOIN users AS people ON people.id = audit.user_id
        WHERE audit.id < ?1 ORDER BY audit.id DESC LIMIT ?2";
    check(sql, user, ServerAction::ReadAudit)?;
    Ok(sql.all(SELECT, values![before.unwrap_or(i64::MAX), limit], read)?)
}

fn read(row: Row<'_>) -> Result<AuditEntry, DatabaseError> {
    let action = row.text(4)?;
    let known = AuditAction::ALL.into_iter().find(|known| known.as_str() == action);
    let user = match row.find(6)? {
        Some(id) => Some((id, row.get(7)?)),
        None => None,
    };
    Ok(AuditEntry {
        id: row.get(0)?,
        at: row.get(1)?,
        actor: (row.get(2)?, row.get(3)?),
        action: known.ok_or_else(|| DatabaseError::defect(format!("unknown action {action}")))?,
        room: row.find(5)?,
        user,
        seq: row.find(8)?,
        reason: row.find(9)?,
    })
}
