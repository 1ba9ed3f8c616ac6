//! The log of a room. Every change goes through [`append`], which is the only place that gives a `seq`.

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

/// Appends `body` to the log of `room`, to be published with the commit. The update of the head keeps the room for this
/// transaction, so no two events get one `seq` and none is left out.
pub(super) fn append(
    write: &mut Write<'_>,
    room: RoomId,
    actor: UserId,
    name: &str,
    body: EventBody,
) -> Result<Seq, Failure> {
    // Not RETURNING: SQLite makes a temporary table for its row, which costs more than all the rest of a message.
    const TAKE: &str = "UPDATE rooms SET head_seq = head_seq + 1 WHERE id = ?1";
    const TAKEN: &str = "SELECT head_seq FROM rooms WHERE id = ?1";
    const INSERT: &str =
        "INSERT INTO events (room_id, seq, kind, actor_id, at, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    write.connection.prepare_cached(TAKE)?.execute([room.0])?;
    let seq = write.connection.prepare_cached(TAKEN)?.query_row([room.0], |row| row.get(0).map(Seq))?;
    let (kind, payload) = stored(&body)?;
    let mut insert = write.connection.prepare_cached(INSERT)?;
    insert.execute((room.0, seq.0, kind, actor.0, write.now.0, payload))?;
    let event = RoomEvent { room, seq, at: write.now, actor, name: name.into(), body };
    write.changes.push(Change::Event(Arc::new(event)));
    Ok(seq)
}

/// At most `limit` events after `after`, oldest first.
pub(super) fn after(
    connection: &Connection,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<RoomEvent>, Failure> {
    const SELECT: &str = "
        SELECT events.seq, events.at, events.actor_id, users.name, events.kind, events.payload,
               messages.text, messages.client_id
        FROM events
        JOIN users ON users.id = events.actor_id
        LEFT JOIN messages ON messages.room_id = events.room_id AND messages.seq = events.seq
        WHERE events.room_id = ?1 AND events.seq > ?2
        ORDER BY events.seq LIMIT ?3";
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
    // Without being told, SQLite walks through all messages for the few events between them. It refuses the statement if the
    // condition on the kind is not that of the index.
    const SELECT: &str = "
        SELECT events.seq, events.at, events.actor_id, users.name, events.kind, events.payload, NULL, NULL
        FROM events INDEXED BY events_beside_messages
        JOIN users ON users.id = events.actor_id
        WHERE events.room_id = ?1 AND events.seq BETWEEN ?2 AND ?3 AND events.kind <> 'message'
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
        EventBody::Message { .. } => (MESSAGE, None),
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
