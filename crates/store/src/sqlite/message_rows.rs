//! Messages as they stand in their table.

use super::failure::Failure;
use chinwag_core::domain::{Message, MessageContent, MessageKind, Millis, RoomId, Seq, UserId};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Row};

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
pub(super) fn stored_kind(kind: MessageKind) -> &'static str {
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
