//! The log of a room: its messages, which have a table of their own, and the events beside them. Every change takes its place
//! with [`advance`], which is the only thing that gives a `seq`.

use super::event_columns::{self, Columns};
use super::failure::Failure;
use super::write::Write;
use super::{SqliteStore, message_rows};
use chinwag_core::domain::{EventBody, LogAccess, Millis, RoomEvent, RoomId, Seq, UserId};
use chinwag_core::ports::{Publication, RoomLog, StoreFuture};
use rusqlite::{Connection, Params};
use std::sync::Arc;

impl RoomLog for SqliteStore {
    fn events_after(&self, access: &LogAccess, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>> {
        let room = access.room();
        self.read("events_after", move |connection| events_after(connection, room, after, limit))
    }
}

/// Appends what is no message to the log of `room`, to be published with the commit.
pub(super) fn append(
    write: &mut Write<'_>,
    room: RoomId,
    actor: UserId,
    name: &str,
    body: EventBody,
) -> Result<Seq, Failure> {
    const HEAD: &str = "SELECT head_seq FROM rooms WHERE id = ?1";
    const INSERT: &str = "
        INSERT INTO events (room_id, seq, kind, actor_id, subject_id, at, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let head = write.connection.prepare_cached(HEAD)?.query_row([room.0], |row| row.get(0).map(Seq))?;
    let seq = advance(write, room, head)?;
    let Columns { kind, subject, payload } = event_columns::of(actor, &body)?;
    let subject = subject.map(|subject| subject.0);
    let mut insert = write.connection.prepare_cached(INSERT)?;
    insert.execute((room.0, seq.0, kind, actor.0, subject, write.now.0, payload))?;
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
    write.publications.push(Publication::Room(Arc::new(event)));
}

/// One selection for every way to read events beside messages, in the order that [`query`] expects.
macro_rules! events {
    ($which:literal) => {
        concat!(
            "SELECT events.seq, events.at, events.actor_id, users.name, events.kind, events.payload,
                    events.subject_id, subjects.name
             FROM events
             JOIN users ON users.id = events.actor_id
             LEFT JOIN users AS subjects ON subjects.id = events.subject_id
             WHERE events.room_id = ?1 AND ",
            $which
        )
    };
}

/// At most `limit` events after `after`, messages among them, oldest first.
fn events_after(
    connection: &Connection,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<RoomEvent>, Failure> {
    const SELECT: &str = events!("events.seq > ?2 ORDER BY events.seq LIMIT ?3");
    let messages = message_rows::after(connection, room, after, limit)?;
    let events = query(connection, room, SELECT, (room.0, after.0, limit))?;
    Ok(merge(messages.into_iter().map(RoomEvent::from), events, limit as usize))
}

/// Both in the order of their places, at most `limit` of them.
fn merge(messages: impl Iterator<Item = RoomEvent>, events: Vec<RoomEvent>, limit: usize) -> Vec<RoomEvent> {
    let mut all: Vec<_> = messages.chain(events).collect();
    // Two sorted runs: the sort of the standard library finds and merges them.
    all.sort_by_key(|event| event.seq);
    all.truncate(limit);
    all
}

/// The last `limit` events from `first` to `last`, both included, that are no messages; oldest first. With them the place from which
/// on they are all there are.
pub(super) fn beside_messages(
    connection: &Connection,
    room: RoomId,
    first: Seq,
    last: Seq,
    limit: u32,
) -> Result<(Vec<RoomEvent>, Seq), Failure> {
    const SELECT: &str = events!("events.seq BETWEEN ?2 AND ?3 ORDER BY events.seq DESC LIMIT ?4");
    // One more than wanted tells where the last one that is left out stands.
    let parameters = (room.0, first.0, last.0, i64::from(limit) + 1);
    let mut events = query(connection, room, SELECT, parameters)?;
    let left_out = if events.len() > limit as usize { events.pop() } else { None };
    events.reverse();
    Ok((events, left_out.map_or(first, |event| event.seq.next())))
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
            body: event_columns::read(row)?,
        })
    })?;
    Ok(events.collect::<Result<_, _>>()?)
}
