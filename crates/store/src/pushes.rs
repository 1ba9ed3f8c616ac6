//! What is pushed to devices. A cursor says up to where the log of a room was looked at; the queue has a row for each message and device, which stays
//! until a push service has taken it.

use crate::engine::{Engine, SqlStore};
use crate::sql::{DatabaseError, Dialect, Failure, Lock, Row, Transaction, Value, values};
use crate::write::Write;
use crate::{due_pushes, push_news, sessions};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{
    Actor, DuePush, Millis, PUSH_DEVICES, PushDevice, PushEnd, PushNews, PushTarget, QueuedPushes, Refusal,
    RoomId, Seq, SessionId, UserId,
};
use chinwag_core::ports::{Pushing, StoreFuture};

impl<E: Engine> Pushing for SqlStore<E> {
    fn push_key(&self, fresh: Vec<u8>) -> StoreFuture<Vec<u8>> {
        self.0.write("push_key", move |write| {
            const INSERT: &str = "INSERT INTO push_keys (id, secret) VALUES (1, ?1) ON CONFLICT DO NOTHING";
            const SELECT: &str = "SELECT secret FROM push_keys WHERE id = 1";
            write.sql.execute(INSERT, &[Value::Bytes(&fresh)])?;
            Ok(write.sql.one(SELECT, &[], |row| row.get(0))?)
        })
    }

    fn subscribe(&self, actor: Actor, target: PushTarget) -> StoreFuture<()> {
        self.0.write("subscribe", move |write| subscribe(write, actor, &target))
    }

    fn unsubscribe(&self, actor: Actor) -> StoreFuture<()> {
        self.0.write("unsubscribe", move |write| forget(write.sql, actor.session))
    }

    fn push_device(&self, actor: Actor) -> StoreFuture<Option<PushDevice>> {
        self.0.read("push_device", move |sql| device(sql, actor.session))
    }

    fn push_news(&self, after: RoomId, limit: u32) -> StoreFuture<Vec<PushNews>> {
        self.0.read("push_news", move |sql| push_news::all(sql, after, limit))
    }

    fn queue_pushes(&self, pushes: Vec<QueuedPushes>, due: Millis) -> StoreFuture<()> {
        self.0.write("queue_pushes", move |write| {
            pushes.iter().try_for_each(|pushes| queue(write, pushes, due))
        })
    }

    fn take_pushes(&self, limit: u32, until: Millis, on_their_way: Vec<UserId>) -> StoreFuture<Vec<DuePush>> {
        self.0.write("take_pushes", move |write| due_pushes::take(write, limit, until, &on_their_way))
    }

    fn end_push(&self, push: DuePush, end: PushEnd) -> StoreFuture<()> {
        self.0.write("end_push", move |write| due_pushes::end(write, &push, end))
    }
}

fn subscribe(write: &Write<'_>, actor: Actor, target: &PushTarget) -> Result<(), Failure> {
    const OTHERS: &str = "SELECT session_id FROM push_devices WHERE endpoint = ?1 AND session_id <> ?2";
    const OWN: &str = "
        SELECT session_id FROM push_devices WHERE user_id = ?1 AND session_id <> ?2
        ORDER BY created_at DESC, session_id DESC";
    const ANY: &str = "SELECT 1 FROM push_devices LIMIT 1";
    const BEGIN_ANEW: &str = "DELETE FROM push_cursors";
    const INSERT: &str = "
        INSERT INTO push_devices (session_id, user_id, endpoint, device_key, secret, page, language, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (session_id) DO UPDATE SET endpoint = excluded.endpoint, device_key = excluded.device_key,
            secret = excluded.secret, page = excluded.page, language = excluded.language,
            refused = NULL";
    write.sql.lock(Lock::People(&[actor.user]))?;
    if sessions::account(write.sql, actor.user)?.role == ServerRole::Visitor {
        return Err(Refusal::Forbidden.into());
    }
    // It may have ended since the request came.
    if sessions::has_ended(write.sql, actor.session)? {
        return Err(Refusal::Unauthorized.into());
    }
    if !write.sql.exists(ANY, &[])? {
        // Nobody looked while there was no device, and what came meanwhile is no news.
        write.sql.execute(BEGIN_ANEW, &[])?;
    }
    for session in write.sql.all(OTHERS, values![&target.endpoint, actor.session], |row| row.get(0))? {
        forget(write.sql, session)?;
    }
    let own = write.sql.all(OWN, values![actor.user, actor.session], |row| row.get::<SessionId>(0))?;
    for session in own.into_iter().skip(PUSH_DEVICES - 1) {
        forget(write.sql, session)?;
    }
    let PushTarget { endpoint, key, secret, page, language } = target;
    let parameters = &[
        actor.session.into(),
        actor.user.into(),
        endpoint.into(),
        Value::Bytes(key),
        Value::Bytes(secret),
        page.into(),
        language.into(),
        write.now.into(),
    ];
    write.sql.execute(INSERT, parameters)?;
    Ok(())
}

fn device(sql: &dyn Transaction, session: SessionId) -> Result<Option<PushDevice>, Failure> {
    const SELECT: &str = "
        SELECT endpoint, device_key, secret, page, language, pushed_at, refused FROM push_devices WHERE session_id = ?1";
    Ok(sql.first(SELECT, values![session], |row| {
        Ok(PushDevice { target: read_target(row, 0)?, pushed_at: row.find(5)?, refused: row.find(6)? })
    })?)
}

/// Reads how a device is reached, from this column on.
pub(crate) fn read_target(row: Row<'_>, first: usize) -> Result<PushTarget, DatabaseError> {
    Ok(PushTarget {
        endpoint: row.get(first)?,
        key: row.get(first + 1)?,
        secret: row.get(first + 2)?,
        page: row.get(first + 3)?,
        language: row.get(first + 4)?,
    })
}

/// Forgets the device of a sign-in. What waits for it goes when it is due.
pub(crate) fn forget(sql: &dyn Transaction, session: SessionId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM push_devices WHERE session_id = ?1";
    sql.execute(DELETE, values![session])?;
    Ok(())
}

/// Forgets up to where the log of a room was looked at that is deleted.
pub(crate) fn forget_room(sql: &dyn Transaction, room: RoomId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM push_cursors WHERE room_id = ?1";
    sql.execute(DELETE, values![room])?;
    Ok(())
}

fn queue(write: &Write<'_>, pushes: &QueuedPushes, due: Millis) -> Result<(), Failure> {
    const NOTE: &str = "
        INSERT INTO push_cursors (room_id, seq) VALUES (?1, ?2)
        ON CONFLICT (room_id) DO UPDATE SET seq = excluded.seq WHERE push_cursors.seq = ?3";
    let QueuedPushes { room, since, head, wanted } = pushes;
    // Another node may have been faster.
    if write.sql.execute(NOTE, values![*room, *head, *since])? == 0 {
        return Ok(());
    }
    for (seq, sessions) in wanted {
        insert(write, (*room, *seq), sessions, due)?;
    }
    Ok(())
}

fn insert(
    write: &Write<'_>,
    (room, seq): (RoomId, Seq),
    sessions: &[SessionId],
    due: Millis,
) -> Result<(), Failure> {
    const SQLITE: &str = "
        INSERT INTO push_queue (session_id, room_id, seq, due_at, tries)
        SELECT devices.session_id, ?1, ?3, ?4, 0 FROM push_devices AS devices
        WHERE devices.session_id IN (SELECT value FROM json_each(?2)) ON CONFLICT DO NOTHING";
    const POSTGRES: &str = "
        INSERT INTO push_queue (session_id, room_id, seq, due_at, tries)
        SELECT devices.session_id, ?1, ?3, ?4, 0 FROM push_devices AS devices
        WHERE devices.session_id = ANY(?2) ON CONFLICT DO NOTHING";
    let statement = match write.sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let sessions: Vec<_> = sessions.iter().map(|session| session.0).collect();
    write.sql.execute(statement, values![room, &sessions[..], seq, due])?;
    Ok(())
}
