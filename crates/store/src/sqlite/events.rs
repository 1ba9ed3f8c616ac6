//! The log of a room: its messages, which have a table of their own, and the events beside them. Every change takes its place
//! with [`advance`], which is the only thing that gives a `seq`.

use super::failure::Failure;
use super::write::Write;
use chinwag_core::domain::{EventBody, Millis, RoomEvent, RoomId, Seq, UserId};
use chinwag_core::ports::Change;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Params, Row};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const MESSAGE: &str = "message";
const MEMBER_JOINED: &str = "memberJoined";
const MEMBER_LEFT: &str = "memberLeft";
const MEMBER_RENAMED: &str = "memberRenamed";
const ROOM_CREATED: &str = "roomCreated";
const ROOM_UPDATED: &str = "roomUpdated";
const ROOM_DELETED: &str = "roomDeleted";

/// Appends what is no message to the log of `room`, to be published with the commit.
pub(super) fn append(
    write: &mut Write<'_>,
    room: RoomId,
    actor: UserId,
    name: &str,
    body: EventBody,
) -> Result<Seq, Failure> {
    const HEAD: &str = "SELECT head_seq FROM rooms WHERE id = ?1";
    const INSERT: &str =
        "INSERT INTO events (room_id, seq, kind, actor_id, at, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let head = write.connection.prepare_cached(HEAD)?.query_row([room.0], |row| row.get(0).map(Seq))?;
    let seq = advance(write, room, head)?;
    let (kind, payload) = stored(&body)?;
    let mut insert = write.connection.prepare_cached(INSERT)?;
    insert.execute((room.0, seq.0, kind, actor.0, write.now.0, payload))?;
    publish(write, RoomEvent { room, seq, at: write.now, actor, name: name.into(), body });
    Ok(seq)
}

/// Takes the place after `head`, which was read in this transaction: the room is ours until the commit, so no two events get one
/// `seq` and none is left out.
pub(super) fn advance(write: &Write<'_>, room: RoomId, head: Seq) -> Result<Seq, Failure> {
    // Not RETURNING: SQLite makes a temporary table for its row, which costs more than all the rest of a message.
    const ADVANCE: &str = "UPDATE rooms SET head_seq = ?2 + 1 WHERE id = ?1 AND head_seq = ?2";
    match write.connection.prepare_cached(ADVANCE)?.execute((room.0, head.0))? {
        1 => Ok(head.next()),
        changed => Err(rusqlite::Error::StatementChangedRows(changed).into()),
    }
}

/// Tells of `event` when its transaction is committed.
pub(super) fn publish(write: &mut Write<'_>, event: RoomEvent) {
    write.changes.push(Change::Event(Arc::new(event)));
}

/// At most `limit` events after `after`, messages among them, oldest first.
pub(super) fn after(
    connection: &Connection,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<RoomEvent>, Failure> {
    const SELECT: &str = "
        SELECT events.seq AS seq, events.at, events.actor_id, users.name, events.kind, events.payload, NULL, NULL
        FROM events
        JOIN users ON users.id = events.actor_id
        WHERE events.room_id = ?1 AND events.seq > ?2
        UNION ALL
        SELECT messages.seq, messages.at, messages.author_id, users.name, 'message', NULL,
               messages.text, messages.client_id
        FROM messages
        JOIN users ON users.id = messages.author_id
        WHERE messages.room_id = ?1 AND messages.seq > ?2
        ORDER BY seq LIMIT ?3";
    query(connection, room, SELECT, (room.0, after.0, limit))
}

/// The last `limit` events from `first` to `last`, both included, that are no messages; oldest first.
pub(super) fn beside_messages(
    connection: &Connection,
    room: RoomId,
    first: Seq,
    last: Seq,
    limit: u32,
) -> Result<Vec<RoomEvent>, Failure> {
    const SELECT: &str = "
        SELECT events.seq, events.at, events.actor_id, users.name, events.kind, events.payload, NULL, NULL
        FROM events
        JOIN users ON users.id = events.actor_id
        WHERE events.room_id = ?1 AND events.seq BETWEEN ?2 AND ?3
        ORDER BY events.seq DESC LIMIT ?4";
    let mut events = query(connection, room, SELECT, (room.0, first.0, last.0, limit))?;
    events.reverse();
    Ok(events)
}

fn query(
    connection: &Connection,
    room: RoomId,
    select: &str,
    parameters: impl Params,
) -> Result<Vec<RoomEvent>, Failure> {
    let mut select = connection.prepare_cached(select)?;
    let events = select.query_map(parameters, |row| {
        Ok(RoomEvent {
            room,
            seq: Seq(row.get(0)?),
            at: Millis(row.get(1)?),
            actor: UserId(row.get(2)?),
            name: row.get(3)?,
            body: body(row)?,
        })
    })?;
    Ok(events.collect::<Result<_, _>>()?)
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renaming {
    old_name: String,
}

#[derive(Serialize, Deserialize)]
struct Labels {
    title: String,
    topic: String,
}

fn stored(body: &EventBody) -> rusqlite::Result<(&'static str, Option<String>)> {
    Ok(match body {
        EventBody::Message { .. } => {
            return Err(rusqlite::Error::ToSqlConversionFailure("a message has a table of its own".into()));
        }
        EventBody::MemberJoined => (MEMBER_JOINED, None),
        EventBody::MemberLeft => (MEMBER_LEFT, None),
        EventBody::MemberRenamed { old_name } => {
            (MEMBER_RENAMED, Some(json(&Renaming { old_name: old_name.clone() })?))
        }
        EventBody::RoomCreated { title, topic } => (ROOM_CREATED, Some(labels(title, topic)?)),
        EventBody::RoomUpdated { title, topic } => (ROOM_UPDATED, Some(labels(title, topic)?)),
        EventBody::RoomDeleted => (ROOM_DELETED, None),
    })
}

fn labels(title: &str, topic: &str) -> rusqlite::Result<String> {
    json(&Labels { title: title.into(), topic: topic.into() })
}

fn json(payload: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(payload).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn body(row: &Row<'_>) -> rusqlite::Result<EventBody> {
    let kind = row.get_ref(4)?.as_str()?;
    Ok(match kind {
        MESSAGE => EventBody::Message { text: row.get(6)?, client_id: row.get(7)? },
        MEMBER_JOINED => EventBody::MemberJoined,
        MEMBER_LEFT => EventBody::MemberLeft,
        MEMBER_RENAMED => EventBody::MemberRenamed { old_name: payload::<Renaming>(row)?.old_name },
        ROOM_CREATED => {
            let Labels { title, topic } = payload(row)?;
            EventBody::RoomCreated { title, topic }
        }
        ROOM_UPDATED => {
            let Labels { title, topic } = payload(row)?;
            EventBody::RoomUpdated { title, topic }
        }
        ROOM_DELETED => EventBody::RoomDeleted,
        _ => return Err(unreadable(format!("unknown kind of event {kind}"))),
    })
}

fn payload<T: for<'json> Deserialize<'json>>(row: &Row<'_>) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(5)?.as_str()?).map_err(unreadable)
}

fn unreadable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(5, Type::Text, Box::new(FromSqlError::Other(cause.into())))
}
