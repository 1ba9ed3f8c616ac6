//! Messages that people keep for later.

use crate::engine::{Engine, SqlStore};
use crate::found_room::FoundRoom;
use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{completion, messages, rooms};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, Message, Millis, Refusal, RoomId, SAVED_PER_PERSON, SavedMessage, SavedPage, Seq, UserId,
};
use chinwag_core::ports::{SavedMessages, StoreFuture};
use std::collections::HashMap;

impl<E: Engine> SavedMessages for SqlStore<E> {
    fn save(&self, actor: Actor, room: RoomId, target: Seq) -> StoreFuture<()> {
        self.0.write("save", move |write| save(write, actor, room, target))
    }

    fn unsave(&self, actor: Actor, room: RoomId, target: Seq) -> StoreFuture<()> {
        self.0.write("unsave", move |write| {
            const DELETE: &str = "DELETE FROM saved WHERE user_id = ?1 AND room_id = ?2 AND seq = ?3";
            write.sql.execute(DELETE, values![actor.user, room, target])?;
            Ok(())
        })
    }

    fn saved(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<SavedPage> {
        self.0.read("saved", move |sql| page(sql, user, before, limit))
    }
}

fn save(write: &Write<'_>, actor: Actor, room: RoomId, target: Seq) -> Result<(), Failure> {
    const IS_SAVED: &str = "SELECT 1 FROM saved WHERE user_id = ?1 AND room_id = ?2 AND seq = ?3";
    const COUNT: &str = "SELECT count(*) FROM saved WHERE user_id = ?1";
    const OUT_OF_REACH: &str = "
        DELETE FROM saved WHERE user_id = ?1 AND NOT EXISTS (
            SELECT 1 FROM members WHERE members.room_id = saved.room_id AND members.user_id = saved.user_id)";
    const INSERT: &str = "
        INSERT INTO saved (user_id, room_id, seq, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    write.sql.lock(Lock::People(&[actor.user]))?;
    // Held, so that the message is not deleted meanwhile, which forgets who keeps it.
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    // Whoever keeps a read mark keeps this, too: a visitor is there for as long as a connection.
    room.check(Action::MarkRead)?;
    messages::shown(write.sql, &room, target)?;
    if write.sql.exists(IS_SAVED, values![actor.user, room.id, target])? {
        return Ok(());
    }
    let count = || write.sql.one(COUNT, values![actor.user], |row| row.get::<u32>(0));
    // What is kept of rooms that the person has left is on no list, so nobody could let go of it.
    let is_full = count()? >= SAVED_PER_PERSON
        && (write.sql.execute(OUT_OF_REACH, values![actor.user])? == 0 || count()? >= SAVED_PER_PERSON);
    if is_full {
        return Err(Refusal::SavedLimit { limit: SAVED_PER_PERSON }.into());
    }
    write.sql.execute(INSERT, values![actor.user, room.id, target, write.now])?;
    Ok(())
}

fn page(sql: &dyn Transaction, user: UserId, before: Option<i64>, limit: u32) -> Result<SavedPage, Failure> {
    const SELECT: &str = "
        SELECT id, room_id, seq, at FROM saved WHERE user_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
    let entries: Vec<(i64, RoomId, Seq, Millis)> =
        sql.all(SELECT, values![user, before.unwrap_or(i64::MAX), limit], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let next = entries.last().filter(|_| entries.len() == limit as usize).map(|entry| entry.0);
    let mut rooms = HashMap::new();
    let mut saved = Vec::with_capacity(entries.len());
    for (id, room, seq, at) in entries {
        if let Some(message) = readable(sql, &mut rooms, user, (room, seq))? {
            saved.push(SavedMessage { id, at, message });
        }
    }
    Ok(SavedPage { saved, next })
}

/// The message as the person may read it, if that is so. Each room is looked up once.
pub(crate) fn readable(
    sql: &dyn Transaction,
    rooms: &mut HashMap<RoomId, Option<FoundRoom>>,
    user: UserId,
    (room, seq): (RoomId, Seq),
) -> Result<Option<Message>, Failure> {
    let found = match rooms.entry(room) {
        std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
        std::collections::hash_map::Entry::Vacant(unknown) => {
            let found = or_none(rooms::find(sql, user, &room.into()))?;
            unknown.insert(found.filter(|room| room.log_access().is_ok()))
        }
    };
    let Some(found) = found else { return Ok(None) };
    let Some(mut message) = or_none(messages::shown(sql, found, seq))? else { return Ok(None) };
    completion::complete(sql, room, Some(user), std::iter::once(&mut message))?;
    Ok(Some(message))
}

/// What is refused is not there for the person.
fn or_none<T>(found: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(failure @ Failure::Database(_)) => Err(failure),
    }
}

/// Forgets who keeps a message that is deleted.
pub(crate) fn erase(sql: &dyn Transaction, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM saved WHERE room_id = ?1 AND seq = ?2";
    sql.execute(DELETE, values![room, seq])?;
    Ok(())
}

/// Forgets what somebody keeps whose account ends.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM saved WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}
