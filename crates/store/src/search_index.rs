//! The index of what messages say, on SQLite. What is in it says how far it is: of a room everything up to its last message there is in it, or
//! was deleted. So it needs no mark of its own, and whatever was lost of it is made again.
//!
//! It keeps tokens and no text (`content=''`). What takes a message out of it has to name the very tokens with which it came in, so edits and
//! deletions of what is in it change it in their own transaction, when the old text is still there.

use crate::messages;
use crate::sql::{Failure, Transaction, values};
use chinwag_core::domain::search_tokens::{SEARCH_TOKENS_VERSION, message_tokens};
use chinwag_core::domain::{Message, Millis, RoomId, Seq};

/// A message that is to come into the index. They are in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Due {
    pub(crate) at: Millis,
    pub(crate) room: RoomId,
    pub(crate) seq: Seq,
}

const ADD: &str = "INSERT INTO search (rowid, tokens) VALUES (?1, ?2)";

/// Brings a message into the index as it is now, if there is anything of it.
pub(crate) fn take_in(sql: &dyn Transaction, due: Due) -> Result<(), Failure> {
    const DOCUMENT: &str = "INSERT INTO search_docs (room_id, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let Some(message) = messages::at(sql, due.room, due.seq)? else { return Ok(()) };
    if message.content.is_deleted() {
        return Ok(());
    }
    if let Some(id) = sql.insert(DOCUMENT, values![due.room, due.seq])? {
        sql.execute(ADD, values![id, &tokens(&message)])?;
    }
    Ok(())
}

/// Changes what is in the index of a message that is about to have another text.
pub(crate) fn change(sql: &dyn Transaction, before: &Message, text: &str) -> Result<(), Failure> {
    if let Some(id) = take_out(sql, before)? {
        let after = message_tokens(before.room, before.author, text);
        sql.execute(ADD, values![id, &after])?;
    }
    Ok(())
}

/// Takes a message that is about to be deleted out of the index.
pub(crate) fn forget(sql: &dyn Transaction, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM search_docs WHERE id = ?1";
    if !sql.is_alone() {
        return Ok(());
    }
    let Some(message) = messages::at(sql, room, seq)? else { return Ok(()) };
    if let Some(id) = take_out(sql, &message)? {
        sql.execute(DELETE, values![id])?;
    }
    Ok(())
}

/// Takes the tokens of a message out. Answers the document that it had, if it is in the index.
fn take_out(sql: &dyn Transaction, message: &Message) -> Result<Option<i64>, Failure> {
    const FIND: &str = "SELECT id FROM search_docs WHERE room_id = ?1 AND seq = ?2";
    const TAKE_OUT: &str = "INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?1, ?2)";
    if !sql.is_alone() {
        return Ok(None);
    }
    let found: Option<i64> = sql.first(FIND, values![message.room, message.seq], |row| row.get(0))?;
    if let Some(id) = found {
        sql.execute(TAKE_OUT, values![id, &tokens(message)])?;
    }
    Ok(found)
}

fn tokens(message: &Message) -> String {
    message_tokens(message.room, message.author, &message.content.text)
}

/// Empties the index.
pub(crate) fn clear(sql: &dyn Transaction) -> Result<(), Failure> {
    const EMPTY: &str = "INSERT INTO search (search) VALUES ('delete-all')";
    const DELETE: &str = "DELETE FROM search_docs";
    const NOTE: &str = "UPDATE about SET search_tokens = ?1";
    sql.execute(EMPTY, &[])?;
    sql.execute(DELETE, &[])?;
    sql.execute(NOTE, values![SEARCH_TOKENS_VERSION])?;
    Ok(())
}

/// Whether the index was made of the tokens of this version.
pub(crate) fn is_current(sql: &dyn Transaction) -> Result<bool, Failure> {
    const SELECT: &str = "SELECT search_tokens FROM about";
    Ok(sql.one(SELECT, &[], |row| row.get::<i64>(0))? == SEARCH_TOKENS_VERSION)
}

/// Of each room the first message that is to come into the index.
pub(crate) fn behind(sql: &dyn Transaction) -> Result<Vec<Due>, Failure> {
    const ROOMS: &str = "
        SELECT rooms.id, coalesce((SELECT max(seq) FROM search_docs WHERE room_id = rooms.id), 0)
        FROM rooms WHERE deleted_at IS NULL";
    let rooms = sql.all(ROOMS, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut due = Vec::new();
    for (room, last) in rooms {
        due.extend(next(sql, room, last)?);
    }
    Ok(due)
}

/// The first message of a room behind a place.
pub(crate) fn next(sql: &dyn Transaction, room: RoomId, after: Seq) -> Result<Option<Due>, Failure> {
    const SELECT: &str = "
        SELECT at, seq FROM messages WHERE room_id = ?1 AND seq > ?2 ORDER BY seq LIMIT 1";
    Ok(sql.first(SELECT, values![room, after], |row| Ok(Due { at: row.get(0)?, room, seq: row.get(1)? }))?)
}

/// How many messages are in the index; on PostgreSQL all are.
pub(crate) fn count(sql: &dyn Transaction) -> Result<u64, Failure> {
    const IN_IT: &str = "SELECT count(*) FROM search_docs";
    const ALL: &str = "SELECT count(*) FROM messages WHERE deleted_at IS NULL";
    let select = if sql.is_alone() { IN_IT } else { ALL };
    Ok(sql.one(select, &[], |row| row.get::<i64>(0))?.unsigned_abs())
}
