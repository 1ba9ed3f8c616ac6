//! Messages: how they are written, and how they stand in their table.

use super::failure::Failure;
use super::found_room::FoundRoom;
use super::write::Write;
use super::{SqliteStore, events, history, members, rooms};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, Message, MessageContent, MessageKind, Millis, Page, Refusal, RoomId, RoomReference, RoomSnapshot,
    Seq, UserId, Window,
};
use chinwag_core::ports::{Appended, Messages, NewMessage, StoreFuture};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension as _, Row};

const TEXT: &str = "text";
const ACTION: &str = "action";

/// One selection for every way to read messages, in the order that [`read`] expects.
macro_rules! messages {
    ($which:literal) => {
        concat!(
            "SELECT messages.seq, messages.at, messages.author_id, users.name, messages.kind, messages.text,
                    messages.client_id
             FROM messages
             JOIN users ON users.id = messages.author_id
             WHERE messages.room_id = ?1 AND messages.seq ",
            $which,
            " LIMIT ?3"
        )
    };
}

impl Messages for SqliteStore {
    fn append_message(&self, actor: Actor, message: NewMessage) -> StoreFuture<Appended> {
        self.write("append_message", move |write| append(write, actor, &message))
    }

    fn history(&self, user: UserId, room: RoomId, window: Window, limit: u32) -> StoreFuture<Page> {
        self.read("history", move |connection| {
            let room = rooms::find(connection, user, &room.into())?;
            room.check(Action::ReadMessages)?;
            history::page(connection, &room, window, limit)
        })
    }

    fn snapshot(
        &self,
        user: UserId,
        room: RoomReference,
        limit: u32,
        members: u32,
    ) -> StoreFuture<RoomSnapshot> {
        self.read("snapshot", move |connection| history::snapshot(connection, user, &room, limit, members))
    }
}

/// Messages of others after `read`, counted up to 100.
pub(super) fn unread(connection: &Connection, room: RoomId, user: UserId, read: Seq) -> Result<u32, Failure> {
    const COUNT: &str = "
        SELECT count(*) FROM
            (SELECT 1 FROM messages WHERE room_id = ?1 AND seq > ?2 AND author_id <> ?3 LIMIT 100)";
    let parameters = (room.0, read.0, user.0);
    Ok(connection.prepare_cached(COUNT)?.query_row(parameters, |row| row.get(0))?)
}

fn append(write: &mut Write<'_>, actor: Actor, message: &NewMessage) -> Result<Appended, Failure> {
    let client_id = message.client_id.as_str();
    let room = rooms::find(write.connection, actor.user, &message.room.into())?;
    if let Err(refusal) = room.check(Action::SendMessage) {
        // Whoever retries after leaving the room still learns that the message is there.
        return first(write.connection, &room, actor.user, client_id)?.ok_or_else(|| refusal.into());
    }
    let name = room.actor_name()?.into();
    let seq = room.head.next();
    if !insert(write, (room.id, seq, actor.user), message)? {
        let first = first(write.connection, &room, actor.user, client_id)?;
        return first.ok_or_else(|| rusqlite::Error::QueryReturnedNoRows.into());
    }
    events::advance(write, room.id, room.head)?;
    if room.is_member() {
        members::set_read(write.connection, room.id, actor.user, seq)?;
    }
    let content = MessageContent::new(message.kind, message.text.as_str(), client_id);
    let (room, at) = (room.id, write.now);
    events::publish(write, Message { room, seq, at, author: actor.user, name, content }.into());
    Ok(Appended { room, seq, at })
}

/// Stores a message, unless its author has sent one with this client id before.
fn insert(
    write: &Write<'_>,
    (room, seq, author): (RoomId, Seq, UserId),
    message: &NewMessage,
) -> Result<bool, Failure> {
    const INSERT: &str = "
        INSERT INTO messages (room_id, seq, author_id, client_id, kind, text, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (author_id, client_id) DO NOTHING";
    let mut insert = write.connection.prepare_cached(INSERT)?;
    let (client_id, text) = (message.client_id.as_str(), message.text.as_str());
    let kind = stored_kind(message.kind);
    Ok(insert.execute((room.0, seq.0, author.0, client_id, kind, text, write.now.0))? == 1)
}

/// The message that `author` has sent to `room` with this client id.
fn first(
    connection: &Connection,
    room: &FoundRoom,
    author: UserId,
    client_id: &str,
) -> Result<Option<Appended>, Failure> {
    const SELECT: &str = "SELECT room_id, seq, at FROM messages WHERE author_id = ?1 AND client_id = ?2";
    let mut select = connection.prepare_cached(SELECT)?;
    let first = select.query_row((author.0, client_id), |row| {
        Ok(Appended { room: RoomId(row.get(0)?), seq: Seq(row.get(1)?), at: Millis(row.get(2)?) })
    });
    match first.optional()? {
        Some(first) if first.room != room.id => Err(Refusal::ClientIdReused.into()),
        first => Ok(first),
    }
}

/// At most `limit` messages after `after`, oldest first.
pub(super) fn after(
    connection: &Connection,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<Message>, Failure> {
    query(connection, room, messages!("> ?2 ORDER BY messages.seq"), after, limit)
}

/// At most `limit` messages up to `last`, newest first.
pub(super) fn up_to(
    connection: &Connection,
    room: RoomId,
    last: Seq,
    limit: u32,
) -> Result<Vec<Message>, Failure> {
    query(connection, room, messages!("<= ?2 ORDER BY messages.seq DESC"), last, limit)
}

/// How a kind of message stands in the table.
fn stored_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Text => TEXT,
        MessageKind::Action => ACTION,
    }
}

fn query(
    connection: &Connection,
    room: RoomId,
    select: &str,
    place: Seq,
    limit: u32,
) -> Result<Vec<Message>, Failure> {
    let mut select = connection.prepare_cached(select)?;
    let rows = select.query_map((room.0, place.0, limit), |row| read(room, row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(room: RoomId, row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message {
        room,
        seq: Seq(row.get(0)?),
        at: Millis(row.get(1)?),
        author: UserId(row.get(2)?),
        name: row.get(3)?,
        content: MessageContent { kind: read_kind(row)?, text: row.get(5)?, client_id: row.get(6)? },
    })
}

fn read_kind(row: &Row<'_>) -> rusqlite::Result<MessageKind> {
    match row.get_ref(4)?.as_str()? {
        TEXT => Ok(MessageKind::Text),
        ACTION => Ok(MessageKind::Action),
        kind => {
            let cause = FromSqlError::Other(format!("unknown kind of message {kind}").into());
            Err(rusqlite::Error::FromSqlConversionFailure(4, Type::Text, Box::new(cause)))
        }
    }
}
