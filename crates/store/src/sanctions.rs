//! What is done to people in a room by those who keep order there: they are removed, banned, or have to be silent.

use crate::found_room::{FoundRoom, hold};
use crate::members::{self, Named};
use crate::others::{self, Subject};
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, values};
use crate::write::Write;
use crate::{audit, events, rooms};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, AuditAction, Ban, Bans, EventBody, MemberChange, Millis, Moderation, Reason, Refusal, RoomId,
    RoomKind, Seq, UserId,
};
use chinwag_core::ports::{Settling, UserEvent};

const BAN: &str = "ban";
const MUTE: &str = "mute";

/// Bans that are listed at most.
const LISTED: u32 = 500;

/// Does something to `user`.
pub(crate) fn moderate(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    user: UserId,
    what: &Moderation,
) -> Result<Vec<Settling>, Failure> {
    write.sql.lock(Lock::People(&[actor.user, user]))?;
    let room = hold(write.sql, actor.user, &room.into())?;
    let by = Named { id: actor.user, name: room.actor_name()? };
    room.check(action(what))?;
    let subject = others::find(write.sql, room.id, user)?;
    match what {
        Moderation::Remove { reason } => remove(write, &room, (user, subject), by, reason.as_ref()),
        Moderation::Ban { until, reason } => {
            let subject = others::or_nobody(write.sql, subject, user)?;
            room.check_above(&subject)?;
            ban(write, &room, (user, &subject), by, (*until, reason.as_ref()))
        }
        Moderation::Mute { until, reason } => {
            let subject = others::or_nobody(write.sql, subject, user)?;
            room.check_above(&subject)?;
            let change = MemberChange::Muted { until: *until, reason: text(reason.as_ref()) };
            impose(write, room.id, user, by.id, (MUTE, *until, reason.as_ref()))?;
            silence(write.sql, room.id, user, Some(until.unwrap_or(Millis::FOR_EVER)))?;
            let at = tell(write, room.id, Named { id: user, name: &subject.name }, by, change)?;
            let done = (AuditAction::MemberMuted, room.id, at);
            audit::note_about(write, done, user, by, reason.as_ref().map(Reason::as_str))?;
            Ok(Vec::new())
        }
        Moderation::Unban => {
            let ended = (BAN, MemberChange::Unbanned, AuditAction::MemberUnbanned);
            lift(write, &room, user, by, ended)
        }
        Moderation::Unmute => {
            let ended = (MUTE, MemberChange::Unmuted, AuditAction::MemberUnmuted);
            let lifted = lift(write, &room, user, by, ended)?;
            silence(write.sql, room.id, user, None)?;
            Ok(lifted)
        }
    }
}

fn action(what: &Moderation) -> Action {
    match what {
        Moderation::Remove { .. } => Action::RemoveMember,
        Moderation::Ban { .. } | Moderation::Unban => Action::Ban,
        Moderation::Mute { .. } | Moderation::Unmute => Action::Mute,
    }
}

fn remove(
    write: &mut Write<'_>,
    room: &FoundRoom,
    (user, subject): (UserId, Option<Subject>),
    by: Named<'_>,
    reason: Option<&Reason>,
) -> Result<Vec<Settling>, Failure> {
    let Some(subject) = subject else {
        // It may have ended a moment ago, and not everywhere.
        return Ok(vec![Settling::Room(room.id, room.head)]);
    };
    room.check_above(&subject)?;
    let change = match text(reason) {
        Some(reason) => MemberChange::Removed { reason },
        None => MemberChange::Left,
    };
    let at = members::dismiss_with(write, room.id, Named { id: user, name: &subject.name }, by, change)?;
    let is_gone = room.kind != RoomKind::Public;
    write.tell_person(user, UserEvent::MembershipEnded { room: room.id, at, is_gone });
    let done = (AuditAction::MemberRemoved, room.id, at);
    audit::note_about(write, done, user, by, reason.map(Reason::as_str))?;
    Ok(vec![Settling::Room(room.id, at)])
}

fn ban(
    write: &mut Write<'_>,
    room: &FoundRoom,
    (user, subject): (UserId, &Subject),
    by: Named<'_>,
    (until, reason): (Option<Millis>, Option<&Reason>),
) -> Result<Vec<Settling>, Failure> {
    let named = Named { id: user, name: &subject.name };
    impose(write, room.id, user, by.id, (BAN, until, reason))?;
    if subject.role.is_some() {
        let at = members::dismiss(write, room.id, named, by)?;
        let is_gone = room.kind != RoomKind::Public;
        write.tell_person(user, UserEvent::MembershipEnded { room: room.id, at, is_gone });
    }
    // A visitor's listening ends with this event, and whoever is banned for another time is told of by it.
    let banned = EventBody::membership_of(
        (named.id, named.name),
        MemberChange::Banned { until, reason: text(reason) },
    );
    let at = events::append(write, room.id, by.id, by.name, banned)?;
    let done = (AuditAction::MemberBanned, room.id, at);
    audit::note_about(write, done, user, by, reason.map(Reason::as_str))?;
    Ok(vec![Settling::Room(room.id, at)])
}

fn text(reason: Option<&Reason>) -> Option<String> {
    reason.map(|reason| reason.as_str().to_owned())
}

fn tell(
    write: &mut Write<'_>,
    room: RoomId,
    subject: Named<'_>,
    by: Named<'_>,
    change: MemberChange,
) -> Result<Seq, Failure> {
    let body = EventBody::membership_of((subject.id, subject.name), change);
    events::append(write, room, by.id, by.name, body)
}

/// Stores what is imposed on somebody, in the place of what was before.
fn impose(
    write: &Write<'_>,
    room: RoomId,
    user: UserId,
    by: UserId,
    (kind, until, reason): (&'static str, Option<Millis>, Option<&Reason>),
) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sanctions WHERE room_id = ?1 AND user_id = ?2 AND kind = ?3";
    const INSERT: &str = "
        INSERT INTO sanctions (room_id, user_id, kind, until, by_id, at, reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let until = until.unwrap_or(Millis::FOR_EVER);
    let reason = reason.map(Reason::as_str);
    write.sql.execute(DELETE, values![room, user, kind])?;
    write.sql.execute(INSERT, values![room, user, kind, until, by, write.now, reason])?;
    count(write.sql, room)
}

/// Ends what was imposed on somebody, if there is anything.
fn lift(
    write: &mut Write<'_>,
    room: &FoundRoom,
    user: UserId,
    by: Named<'_>,
    (kind, change, action): (&'static str, MemberChange, AuditAction),
) -> Result<Vec<Settling>, Failure> {
    let subject = others::or_nobody(write.sql, others::find(write.sql, room.id, user)?, user)?;
    room.check_above(&subject)?;
    if end(write.sql, room.id, user, kind)? {
        let at = tell(write, room.id, Named { id: user, name: &subject.name }, by, change)?;
        audit::note_about(write, (action, room.id, at), user, by, None)?;
    }
    Ok(Vec::new())
}

fn end(sql: &dyn Transaction, room: RoomId, user: UserId, kind: &'static str) -> Result<bool, Failure> {
    const DELETE: &str = "DELETE FROM sanctions WHERE room_id = ?1 AND user_id = ?2 AND kind = ?3";
    let ended = sql.execute(DELETE, values![room, user, kind])? > 0;
    if ended {
        count(sql, room)?;
    }
    Ok(ended)
}

/// Notes how many there are in the room, so that a room without any asks nobody.
fn count(sql: &dyn Transaction, room: RoomId) -> Result<(), Failure> {
    const COUNT: &str = "
        UPDATE rooms SET sanctions = (SELECT count(*) FROM sanctions WHERE room_id = ?1) WHERE id = ?1";
    sql.execute(COUNT, values![room])?;
    Ok(())
}

/// Has somebody be silent for ever, and nobody be told of it.
pub(crate) fn silence_quietly(
    write: &Write<'_>,
    room: RoomId,
    user: UserId,
    by: UserId,
) -> Result<(), Failure> {
    impose(write, room, user, by, (MUTE, None, None))?;
    silence(write.sql, room, user, Some(Millis::FOR_EVER))
}

/// Ends that.
pub(crate) fn end_silence_quietly(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<(), Failure> {
    end(sql, room, user, MUTE)?;
    silence(sql, room, user, None)
}

/// Has a member be silent up to a time, or not any more.
fn silence(sql: &dyn Transaction, room: RoomId, user: UserId, until: Option<Millis>) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE members SET muted_until = ?3 WHERE room_id = ?1 AND user_id = ?2";
    sql.execute(UPDATE, values![room, user, until])?;
    Ok(())
}

/// Refuses one who may not come in, and who wants to.
pub(crate) fn check_coming(write: &Write<'_>, room: RoomId, user: UserId) -> Result<(), Failure> {
    match ban_of(write, room, user)? {
        Some((until, reason)) => Err(Refusal::Banned { until, reason }.into()),
        None => Ok(()),
    }
}

/// Refuses that somebody brings in one who may not come in.
pub(crate) fn check_bringing(
    write: &Write<'_>,
    room: RoomId,
    user: UserId,
    name: &str,
) -> Result<(), Failure> {
    match ban_of(write, room, user)? {
        Some(_) => Err(Refusal::TheyAreBanned { name: name.to_owned() }.into()),
        None => Ok(()),
    }
}

/// Whether somebody may not come in.
pub(crate) fn keep_out(write: &Write<'_>, room: RoomId, user: UserId) -> Result<bool, Failure> {
    Ok(ban_of(write, room, user)?.is_some())
}

/// Up to when, and why.
type Imposed = (Option<Millis>, Option<String>);

/// The ban of somebody. One that is over is forgotten.
fn ban_of(write: &Write<'_>, room: RoomId, user: UserId) -> Result<Option<Imposed>, Failure> {
    const SELECT: &str =
        "SELECT until, reason FROM sanctions WHERE room_id = ?1 AND user_id = ?2 AND kind = 'ban'";
    let found =
        write.sql.first(SELECT, values![room, user], |row| Ok((row.get::<Millis>(0)?, row.find(1)?)))?;
    match found {
        Some((until, _)) if until <= write.now => {
            end(write.sql, room, user, BAN)?;
            Ok(None)
        }
        Some((until, reason)) => Ok(Some((until.if_finite(), reason))),
        None => Ok(None),
    }
}

/// Up to when a new member is silent.
pub(crate) fn muted_until(
    sql: &dyn Transaction,
    room: RoomId,
    user: UserId,
) -> Result<Option<Millis>, Failure> {
    const SELECT: &str = "SELECT until FROM sanctions WHERE room_id = ?1 AND user_id = ?2 AND kind = 'mute'";
    Ok(sql.first(SELECT, values![room, user], |row| row.get(0))?)
}

/// Who is banned from a room, for one who keeps order there.
pub(crate) fn bans(sql: &dyn Transaction, user: UserId, room: RoomId) -> Result<Bans, Failure> {
    const SELECT: &str = "
        SELECT sanctions.user_id, users.name, sanctions.by_id, makers.name, sanctions.at, sanctions.until,
               sanctions.reason
        FROM sanctions JOIN users ON users.id = sanctions.user_id JOIN users AS makers ON makers.id = sanctions.by_id
        WHERE sanctions.room_id = ?1 AND sanctions.kind = 'ban'
        ORDER BY sanctions.at DESC, sanctions.user_id LIMIT ?2";
    let room = rooms::find(sql, user, &room.into())?;
    room.check(Action::Ban)?;
    Ok(Bans { room: room.id, bans: sql.all(SELECT, values![room.id, LISTED], read)? })
}

pub(crate) fn read(row: Row<'_>) -> Result<Ban, DatabaseError> {
    Ok(Ban {
        user: (row.get(0)?, row.get(1)?),
        by: (row.get(2)?, row.get(3)?),
        at: row.get(4)?,
        until: row.get::<Millis>(5)?.if_finite(),
        reason: row.find(6)?,
    })
}
