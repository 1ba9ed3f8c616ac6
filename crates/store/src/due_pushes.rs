//! Pushes that are due: taken for a while, looked at again, and let go of when somebody says what became of them.

use crate::own_settings::read_level;
use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use crate::write::Write;
use crate::{mentions, pushes};
use chinwag_core::domain::{
    DuePush, Millis, PUSHES_ON_THEIR_WAY, PUSHES_WAITING, PushEnd, RoomId, RoomNotifications, Seq, SessionId,
    UserId, with_names,
};
use std::collections::HashMap;

/// Rooms of devices that are found to be due at once, and those of one person among them: whoever has many leaves room for others.
const FOUND_AT_ONCE: u32 = 1000;
const FOUND_OF_ONE: u32 = 10;
/// Of these, how many are looked at within one transaction.
const LOOKED_AT_ONCE: usize = 200;

/// See [`Pushing::take_pushes`](chinwag_core::ports::Pushing::take_pushes).
pub(crate) fn take(
    write: &Write<'_>,
    limit: u32,
    until: Millis,
    on_their_way: &[UserId],
) -> Result<Vec<DuePush>, Failure> {
    // Two that take at once would hand on what the other one has put off.
    if !write.sql.claim("take_pushes")? {
        return Ok(Vec::new());
    }
    let mut of_person = HashMap::<UserId, usize>::new();
    for user in on_their_way {
        *of_person.entry(*user).or_default() += 1;
    }
    let mut pushes = Vec::new();
    let mut looked = 0;
    for (place, user) in due(write)? {
        if pushes.len() >= limit as usize || looked >= LOOKED_AT_ONCE {
            break;
        }
        let Some(user) = user else {
            forget(write.sql, place.0)?;
            continue;
        };
        let own = of_person.entry(user).or_default();
        if *own >= PUSHES_ON_THEIR_WAY {
            continue;
        }
        looked += 1;
        if let Some(push) = take_one(write, place, until)? {
            *own += 1;
            pushes.push(push);
        }
    }
    Ok(pushes)
}

/// What is due, the oldest first, each with its person unless the device is gone. Of what is on its way, or was put off, nothing newer is due either.
fn due(write: &Write<'_>) -> Result<Vec<(Place, Option<UserId>)>, Failure> {
    const DUE: &str = "
        SELECT session_id, room_id, user_id FROM (
            SELECT queue.session_id, queue.room_id, devices.user_id, min(queue.due_at) AS first_due_at,
                row_number() OVER (
                    PARTITION BY devices.user_id ORDER BY min(queue.due_at), queue.session_id, queue.room_id
                ) AS place
            FROM push_queue AS queue LEFT JOIN push_devices AS devices ON devices.session_id = queue.session_id
            WHERE queue.due_at <= ?1
            GROUP BY queue.session_id, queue.room_id, devices.user_id
            HAVING NOT EXISTS (
                SELECT 1 FROM push_queue AS tried WHERE tried.session_id = queue.session_id
                    AND tried.room_id = queue.room_id AND tried.due_at > ?1 AND tried.tries > 0)
        ) AS due
        WHERE place <= ?2 ORDER BY first_due_at, session_id, room_id LIMIT ?3";
    Ok(write.sql.all(DUE, values![write.now, FOUND_OF_ONE, FOUND_AT_ONCE], |row| {
        Ok(((row.get(0)?, row.get(1)?), row.find(2)?))
    })?)
}

/// A room of a device.
type Place = (SessionId, RoomId);

/// What waits for a device that is gone.
fn forget(sql: &dyn Transaction, session: SessionId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM push_queue WHERE session_id = ?1";
    sql.execute(DELETE, values![session])?;
    Ok(())
}

/// What waits of one room for one device becomes one push: that of the newest message. It was tried as often as any of it.
fn take_one(write: &Write<'_>, (session, room): Place, until: Millis) -> Result<Option<DuePush>, Failure> {
    const TRIED: &str = "
        SELECT max(tries) FROM push_queue WHERE session_id = ?1 AND room_id = ?2 AND due_at <= ?3";
    const DROP_OLDER: &str = "
        DELETE FROM push_queue WHERE session_id = ?1 AND room_id = ?2 AND due_at <= ?3 AND seq < (
            SELECT min(seq) FROM (
                SELECT seq FROM push_queue WHERE session_id = ?1 AND room_id = ?2 AND due_at <= ?3
                ORDER BY seq DESC LIMIT ?4) AS newest)";
    const TAKE: &str = "
        UPDATE push_queue SET due_at = ?4, tries = ?5 WHERE session_id = ?1 AND room_id = ?2 AND due_at <= ?3
        RETURNING seq";
    const DROP: &str = "DELETE FROM push_queue WHERE session_id = ?1 AND room_id = ?2 AND seq = ?3";
    let now = write.now;
    let Some(tried) = write.sql.one(TRIED, values![session, room, now], |row| row.find::<u32>(0))? else {
        return Ok(None);
    };
    let tries = tried.saturating_add(1);
    write.sql.execute(DROP_OLDER, values![session, room, now, PUSHES_WAITING])?;
    let parameters = values![session, room, now, until, tries];
    let mut taken: Vec<Seq> = write.sql.all(TAKE, parameters, |row| row.get(0))?;
    taken.sort_unstable();
    let mut found: Option<DuePush> = None;
    for seq in taken.into_iter().rev() {
        match (needed(write.sql, session, room, seq)?, &mut found) {
            (None, _) => _ = write.sql.execute(DROP, values![session, room, seq])?,
            (Some(push), None) => found = Some(DuePush { tries, ..push }),
            (Some(_), Some(newest)) => newest.count += 1,
        }
    }
    Ok(found)
}

/// The push of a message, if the person is in the room still and has not read the message, which is there still.
fn needed(
    sql: &dyn Transaction,
    session: SessionId,
    room: RoomId,
    seq: Seq,
) -> Result<Option<DuePush>, Failure> {
    const SELECT: &str = "
        SELECT devices.endpoint, devices.device_key, devices.secret, devices.page, devices.language, devices.user_id,
            rooms.slug, rooms.title, authors.name, messages.text, settings.document, wishes.level, wishes.muted_until,
            messages.author_id
        FROM push_devices AS devices
        JOIN members ON members.user_id = devices.user_id AND members.room_id = ?2
        JOIN rooms ON rooms.id = members.room_id
        JOIN messages ON messages.room_id = rooms.id AND messages.seq = ?3
        JOIN users AS authors ON authors.id = messages.author_id
        LEFT JOIN thread_members AS follows ON follows.user_id = devices.user_id AND follows.room_id = rooms.id
            AND follows.root_seq = messages.thread_seq
        LEFT JOIN settings ON settings.user_id = devices.user_id
        LEFT JOIN room_notifications AS wishes ON wishes.user_id = devices.user_id AND wishes.room_id = rooms.id
        WHERE devices.session_id = ?1 AND messages.deleted_at IS NULL AND messages.seq >= members.history_from
            AND messages.seq > CASE WHEN messages.thread_seq IS NULL OR messages.also <> 0 THEN members.read_seq
                ELSE coalesce(follows.read_seq, CAST(0 AS BIGINT)) END
            AND (messages.thread_seq IS NULL OR messages.also <> 0 OR messages.seq > members.threads_floor)
            AND NOT EXISTS (
                SELECT 1 FROM blocks WHERE blocks.user_id = devices.user_id AND blocks.blocked_id = messages.author_id)";
    let read = |row: Row<'_>| read_push(row, session, room, seq);
    let Some((mut push, author)) = sql.first(SELECT, values![session, room, seq], read)? else {
        return Ok(None);
    };
    let named = mentions::in_text(sql, room, author, &push.text)?;
    push.text = with_names(&push.text, &named).into_owned();
    Ok(Some(push))
}

fn read_push(
    row: Row<'_>,
    session: SessionId,
    room: RoomId,
    seq: Seq,
) -> Result<(DuePush, UserId), DatabaseError> {
    let level = row.find_text(11)?.map(read_level).transpose()?;
    let push = DuePush {
        session,
        user: row.get(5)?,
        target: pushes::read_target(row, 0)?,
        room,
        slug: row.find(6)?,
        title: row.get(7)?,
        seq,
        author: row.get(8)?,
        text: row.get(9)?,
        count: 1,
        tries: 0,
        document: row.find(10)?.unwrap_or_default(),
        wish: RoomNotifications { level, muted_until: row.find(12)? },
    };
    Ok((push, row.get(13)?))
}

/// See [`Pushing::end_push`](chinwag_core::ports::Pushing::end_push).
pub(crate) fn end(write: &Write<'_>, push: &DuePush, end: PushEnd) -> Result<(), Failure> {
    const DONE: &str = "DELETE FROM push_queue WHERE session_id = ?1 AND room_id = ?2 AND seq <= ?3";
    const TAKEN: &str = "UPDATE push_devices SET pushed_at = ?2, refused = NULL WHERE session_id = ?1";
    const REFUSED: &str = "UPDATE push_devices SET refused = ?2 WHERE session_id = ?1";
    const AGAIN: &str = "
        UPDATE push_queue SET due_at = ?4 WHERE session_id = ?1 AND room_id = ?2 AND seq <= ?3";
    let DuePush { session, room, seq, .. } = push;
    let done = || write.sql.execute(DONE, values![*session, *room, *seq]);
    match end {
        PushEnd::Taken => {
            done()?;
            write.sql.execute(TAKEN, values![*session, write.now])?;
        }
        PushEnd::Dropped => _ = done()?,
        PushEnd::Refused(status) => {
            done()?;
            write.sql.execute(REFUSED, values![*session, status])?;
        }
        PushEnd::Again(at) => _ = write.sql.execute(AGAIN, values![*session, *room, *seq, at])?,
        PushEnd::Gone => {
            done()?;
            // The same browser may have come with another address since.
            if endpoint_is(write.sql, push)? {
                pushes::forget(write.sql, *session)?;
            }
        }
    }
    Ok(())
}

fn endpoint_is(sql: &dyn Transaction, push: &DuePush) -> Result<bool, Failure> {
    const SELECT: &str = "SELECT 1 FROM push_devices WHERE session_id = ?1 AND endpoint = ?2";
    Ok(sql.exists(SELECT, values![push.session, &push.target.endpoint])?)
}
