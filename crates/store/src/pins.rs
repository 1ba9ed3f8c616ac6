//! Messages that are pinned.

use crate::engine::{Engine, SqlStore};
use crate::event_rows::MessageChange;
use crate::members::Named;
use crate::messages::{self, message_columns};
use crate::sql::{Dialect, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{completion, message_changes, rooms};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, MessageEvent, PINS_PER_ROOM, Pin, PinChange, Refusal, RoomId, Seq, UserId,
};
use chinwag_core::ports::{Pinning, Pins, StoreFuture};
use std::collections::HashSet;

impl<E: Engine> Pins for SqlStore<E> {
    fn pin(&self, actor: Actor, pinning: Pinning) -> StoreFuture<()> {
        self.0.write("pin", move |write| pin(write, actor, pinning))
    }

    fn pins(&self, user: UserId, room: RoomId) -> StoreFuture<Vec<Pin>> {
        self.0.read("pins", move |sql| of_room(sql, user, room))
    }
}

fn pin(write: &mut Write<'_>, actor: Actor, pinning: Pinning) -> Result<(), Failure> {
    let Pinning { room, target, change } = pinning;
    write.sql.lock(Lock::Named(&[actor.user]))?;
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.check(Action::Pin)?;
    let by = Named { id: actor.user, name: room.actor_name()? };
    messages::shown(write.sql, &room, target)?;
    let what = match change {
        PinChange::Pinned => MessageChange::Pinned,
        PinChange::Unpinned => MessageChange::Unpinned,
    };
    let is_change = match change {
        PinChange::Pinned => add(write, actor.user, room.id, target)?,
        PinChange::Unpinned => erase(write.sql, room.id, target)?,
    };
    if is_change {
        let told = MessageEvent::Pinned { target, change };
        let done = message_changes::append(write, (room.id, room.head), by, (what, target), None, told)?;
        message_changes::note(write, room.id, target, done.seq)?;
    }
    Ok(())
}

/// Pins a message, unless it is pinned.
fn add(write: &Write<'_>, by: UserId, room: RoomId, target: Seq) -> Result<bool, Failure> {
    const IS_PINNED: &str = "SELECT 1 FROM pins WHERE room_id = ?1 AND seq = ?2";
    const COUNT: &str = "SELECT count(*) FROM pins WHERE room_id = ?1";
    const INSERT: &str = "INSERT INTO pins (room_id, seq, by_id, at) VALUES (?1, ?2, ?3, ?4)";
    if write.sql.exists(IS_PINNED, values![room, target])? {
        return Ok(false);
    }
    let others: u32 = write.sql.one(COUNT, values![room], |row| row.get(0))?;
    if others >= PINS_PER_ROOM {
        return Err(Refusal::PinLimit { limit: PINS_PER_ROOM }.into());
    }
    write.sql.execute(INSERT, values![room, target, by, write.now])?;
    Ok(true)
}

/// Ends a pin. Answers whether there was one.
pub(crate) fn erase(sql: &dyn Transaction, room: RoomId, target: Seq) -> Result<bool, Failure> {
    const DELETE: &str = "DELETE FROM pins WHERE room_id = ?1 AND seq = ?2";
    Ok(sql.execute(DELETE, values![room, target])? > 0)
}

fn of_room(sql: &dyn Transaction, user: UserId, room: RoomId) -> Result<Vec<Pin>, Failure> {
    const SELECT: &str = concat!(
        "SELECT pins.by_id, pinners.name, pins.at, ",
        message_columns!(),
        " FROM pins
         JOIN users AS pinners ON pinners.id = pins.by_id
         JOIN messages ON messages.room_id = pins.room_id AND messages.seq = pins.seq
         JOIN users AS authors ON authors.id = messages.author_id
         WHERE pins.room_id = ?1 AND pins.seq >= ?2 ORDER BY pins.at DESC, pins.seq DESC"
    );
    let log = rooms::find(sql, user, &room.into())?.log_access()?;
    let mut pins = sql.all(SELECT, values![room, log.first()], |row| {
        let by = (row.get(0)?, row.get(1)?);
        Ok(Pin { by, at: row.get(2)?, message: messages::read(room, row, 3)? })
    })?;
    completion::complete(sql, room, Some(user), pins.iter_mut().map(|pin| &mut pin.message))?;
    Ok(pins)
}

/// Which of the messages at these places are pinned.
pub(crate) fn among(sql: &dyn Transaction, room: RoomId, places: &[i64]) -> Result<HashSet<Seq>, Failure> {
    const SQLITE: &str =
        "SELECT seq FROM pins WHERE room_id = ?1 AND seq IN (SELECT value FROM json_each(?2))";
    const POSTGRES: &str = "SELECT seq FROM pins WHERE room_id = ?1 AND seq = ANY(?2)";
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    Ok(sql.all(select, values![room, places], |row| row.get(0))?.into_iter().collect())
}
