//! How people like their clients to be, and what they want to hear of their rooms.

use crate::engine::{Engine, SqlStore};
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{rooms, sessions};
use chinwag_core::domain::permissions::{Action, ServerRole};
use chinwag_core::domain::{
    Actor, NewSettings, NotifyLevel, OwnSettings, Refusal, RoomId, RoomNotifications, UserId,
};
use chinwag_core::ports::{PersonalSettings, StoreFuture, UserEvent};

impl<E: Engine> PersonalSettings for SqlStore<E> {
    fn settings(&self, user: UserId) -> StoreFuture<OwnSettings> {
        self.0.read("settings", move |sql| read(sql, user))
    }

    fn put_settings(&self, actor: Actor, revision: i64, settings: NewSettings) -> StoreFuture<i64> {
        self.0.write("put_settings", move |write| put(write, actor, revision, &settings))
    }

    fn set_notifications(&self, actor: Actor, room: RoomId, wanted: RoomNotifications) -> StoreFuture<i64> {
        self.0.write("set_notifications", move |write| set_notifications(write, actor, room, wanted))
    }
}

fn read(sql: &dyn Transaction, user: UserId) -> Result<OwnSettings, Failure> {
    const SELECT: &str = "SELECT revision, document FROM settings WHERE user_id = ?1";
    const ROOMS: &str = "
        SELECT room_id, level, muted_until FROM room_notifications WHERE user_id = ?1 ORDER BY room_id";
    let own = sql.first(SELECT, values![user], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (revision, document) = own.unwrap_or_default();
    let rooms = sql.all(ROOMS, values![user], |row| {
        let level = row.find_text(1)?.map(read_level).transpose()?;
        Ok((row.get(0)?, RoomNotifications { level, muted_until: row.find(2)? }))
    })?;
    Ok(OwnSettings { revision, document, rooms })
}

fn put(write: &mut Write<'_>, actor: Actor, revision: i64, settings: &NewSettings) -> Result<i64, Failure> {
    const UPDATE: &str = "UPDATE settings SET document = ?2 WHERE user_id = ?1";
    const SHARE: &str = "UPDATE users SET share_reads = ?2 WHERE id = ?1 AND share_reads <> ?2";
    write.sql.lock(Lock::People(&[actor.user]))?;
    if sessions::account(write.sql, actor.user)?.role == ServerRole::Visitor {
        return Err(Refusal::Forbidden.into());
    }
    if revision_of(write.sql, actor.user)? != revision {
        return Err(Refusal::SettingsChanged.into());
    }
    let revision = note_change(write, actor)?;
    write.sql.execute(UPDATE, values![actor.user, settings.document.as_str()])?;
    write.sql.execute(SHARE, values![actor.user, i64::from(settings.shares_reads)])?;
    Ok(revision)
}

fn set_notifications(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    wanted: RoomNotifications,
) -> Result<i64, Failure> {
    const INSERT: &str = "
        INSERT INTO room_notifications (user_id, room_id, level, muted_until) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (user_id, room_id) DO UPDATE SET level = excluded.level, muted_until = excluded.muted_until";
    write.sql.lock(Lock::People(&[actor.user]))?;
    // Held, so that whoever is taken out of it meanwhile leaves nothing behind.
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    if wanted == RoomNotifications::default() {
        forget_member(write.sql, room.id, actor.user)?;
    } else {
        let level = wanted.level.map(stored_level);
        write.sql.execute(INSERT, values![actor.user, room.id, level, wanted.muted_until])?;
    }
    note_change(write, actor)
}

fn revision_of(sql: &dyn Transaction, user: UserId) -> Result<i64, Failure> {
    const SELECT: &str = "SELECT revision FROM settings WHERE user_id = ?1";
    Ok(sql.first(SELECT, values![user], |row| row.get(0))?.unwrap_or_default())
}

/// Gives the settings of the actor, whom the caller holds, their next revision, and tells the other devices of it.
fn note_change(write: &mut Write<'_>, actor: Actor) -> Result<i64, Failure> {
    const INSERT: &str = "
        INSERT INTO settings (user_id, revision, document) VALUES (?1, ?2, '')
        ON CONFLICT (user_id) DO UPDATE SET revision = excluded.revision";
    let revision = revision_of(write.sql, actor.user)? + 1;
    write.sql.execute(INSERT, values![actor.user, revision])?;
    write.tell_other_devices(actor, UserEvent::SettingsChanged { revision });
    Ok(revision)
}

/// Forgets what a room was to somebody who is no member any more.
pub(crate) fn forget_member(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM room_notifications WHERE user_id = ?2 AND room_id = ?1";
    sql.execute(DELETE, values![room, user])?;
    Ok(())
}

/// Forgets the settings of somebody whose account ends, and who is in no room any more.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM settings WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}

fn stored_level(level: NotifyLevel) -> &'static str {
    match level {
        NotifyLevel::All => "all",
        NotifyLevel::Mentions => "mentions",
        NotifyLevel::Nothing => "nothing",
    }
}

pub(crate) fn read_level(text: &str) -> Result<NotifyLevel, DatabaseError> {
    NotifyLevel::ALL
        .into_iter()
        .find(|level| stored_level(*level) == text)
        .ok_or_else(|| DatabaseError::defect(format!("{text:?} is no level of notifications")))
}
