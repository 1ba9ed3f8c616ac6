//! Messages that people report to those who keep order on the server.

use crate::audit::{self, Noted};
use crate::rooms;
use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use crate::write::Write;
use chinwag_core::domain::permissions::ServerAction;
use chinwag_core::domain::{Actor, AuditAction, Millis, Refusal, Report, ReportReason, RoomId, Seq, UserId};

/// Stores a report.
pub(crate) fn report(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    target: Seq,
    reason: &ReportReason,
) -> Result<(), Failure> {
    const MESSAGE: &str = "SELECT 1 FROM messages WHERE room_id = ?1 AND seq = ?2";
    const INSERT: &str = "
        INSERT INTO reports (room_id, seq, by_id, reason, at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (room_id, seq, by_id) DO NOTHING";
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.actor_name()?;
    let log = room.log_access()?;
    let is_there = target >= log.first() && write.sql.exists(MESSAGE, values![room.id, target])?;
    if !is_there {
        return Err(Refusal::MessageNotFound(target).into());
    }
    write.sql.execute(INSERT, values![room.id, target, actor.user, reason.as_str(), write.now])?;
    Ok(())
}

pub(crate) fn page(
    sql: &dyn Transaction,
    user: UserId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Report>, Failure> {
    const SELECT: &str = "
        SELECT reports.id, reports.at, reports.by_id, reporters.name, reports.reason, reports.room_id, reports.seq,
               messages.author_id, authors.name, messages.text, reports.handled_by, handlers.name,
               reports.handled_at
        FROM reports JOIN users AS reporters ON reporters.id = reports.by_id
        LEFT JOIN messages ON messages.room_id = reports.room_id AND messages.seq = reports.seq
        LEFT JOIN users AS authors ON authors.id = messages.author_id
        LEFT JOIN users AS handlers ON handlers.id = reports.handled_by
        WHERE reports.id < ?1 ORDER BY reports.id DESC LIMIT ?2";
    audit::check(sql, user, ServerAction::HandleReports)?;
    let mut reports = sql.all(SELECT, values![before.unwrap_or(i64::MAX), limit], read)?;
    for report in &mut reports {
        if !may_read(sql, user, report)? {
            report.text = None;
        }
    }
    Ok(reports)
}

/// Whether the person reads the message where it stands, or could come to do so by joining.
fn may_read(sql: &dyn Transaction, user: UserId, report: &Report) -> Result<bool, Failure> {
    match rooms::find(sql, user, &report.room.into()) {
        Ok(room) => Ok(room.shows(report.seq)),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure @ Failure::Database(_)) => Err(failure),
    }
}

fn read(row: Row<'_>) -> Result<Report, DatabaseError> {
    let author = match row.find(7)? {
        Some(id) => Some((id, row.get(8)?)),
        None => None,
    };
    let handled = match row.find(10)? {
        Some(id) => Some((id, row.get(11)?, row.get::<Millis>(12)?)),
        None => None,
    };
    Ok(Report {
        id: row.get(0)?,
        at: row.get(1)?,
        by: (row.get(2)?, row.get(3)?),
        reason: row.get(4)?,
        room: row.get(5)?,
        seq: row.get(6)?,
        author,
        text: row.find(9)?,
        handled,
    })
}

pub(crate) fn handle(
    write: &mut Write<'_>,
    actor: Actor,
    report: i64,
    handled: bool,
) -> Result<bool, Failure> {
    const SELECT: &str = "SELECT room_id, seq FROM reports WHERE id = ?1";
    const UPDATE: &str = "UPDATE reports SET handled_by = ?2, handled_at = ?3 WHERE id = ?1";
    audit::check(write.sql, actor.user, ServerAction::HandleReports)?;
    let found = write.sql.first(SELECT, values![report], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((room, seq)) = found else { return Ok(false) };
    let by = handled.then_some(actor.user);
    let at = handled.then_some(write.now);
    write.sql.execute(UPDATE, values![report, by, at])?;
    if handled {
        let action = AuditAction::ReportHandled;
        let noted = Noted { action, room: Some(room), user: None, seq: Some(seq), reason: None };
        audit::note(write, actor.user, noted)?;
    }
    Ok(true)
}
