use super::failure::Failure;
use super::write::Write;
use super::{SqliteStore, events, history, members, rooms};
use chinwag_core::domain::{
    Actor, EventBody, Millis, Page, Refusal, RoomEvent, RoomId, RoomSlug, RoomSnapshot, Seq, UserId, Window,
};
use chinwag_core::ports::{Answer, Appended, Messages, NewMessage};
use rusqlite::{Connection, OptionalExtension as _};

impl Messages for SqliteStore {
    fn append_message(&self, actor: Actor, message: NewMessage) -> Answer<Appended> {
        self.write("append_message", move |write| append(write, actor, &message))
    }

    fn history(&self, user: UserId, slug: RoomSlug, window: Window, limit: u32) -> Answer<Page> {
        self.read("history", move |connection| {
            let room = rooms::find(connection, user, &slug)?;
            room.access()?;
            history::page(connection, &room, window, limit)
        })
    }

    fn snapshot(&self, user: UserId, slug: RoomSlug, limit: u32, members: u32) -> Answer<RoomSnapshot> {
        self.read("snapshot", move |connection| snapshot(connection, user, &slug, limit, members))
    }

    fn events_after(&self, room: RoomId, after: Seq, limit: u32) -> Answer<Vec<RoomEvent>> {
        self.read("events_after", move |connection| events::after(connection, room, after, limit))
    }
}

/// A room as one who may read it sees it.
pub(super) fn snapshot(
    connection: &Connection,
    user: UserId,
    slug: &RoomSlug,
    limit: u32,
    members: u32,
) -> Result<RoomSnapshot, Failure> {
    let room = rooms::find(connection, user, slug)?;
    room.access()?;
    let page = history::page(connection, &room, Window::Latest, limit)?;
    let members = members::page(connection, &room, None, members)?;
    Ok(RoomSnapshot { room: room.into_overview(connection, user)?, page, members })
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
    const INSERT: &str =
        "INSERT INTO messages (room_id, seq, author_id, client_id, text, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (client_id, text) = (message.client_id.as_str(), message.text.as_str());
    let room = rooms::find(write.connection, actor.user, &message.room)?;
    // Before the membership: whoever retries after leaving the room still learns that the message is there.
    if let Some(first) = find_repeated(write.connection, actor.user, client_id)? {
        return if first.room == room.id { Ok(first) } else { Err(Refusal::ClientIdReused.into()) };
    }
    room.access()?;
    let name = room.actor_name()?;
    let body = EventBody::Message { text: text.into(), client_id: client_id.into() };
    let seq = events::append(write, room.id, actor.user, name, body)?;
    let mut insert = write.connection.prepare_cached(INSERT)?;
    insert.execute((room.id.0, seq.0, actor.user.0, client_id, text, write.now.0))?;
    if !room.visitor {
        members::set_read(write.connection, room.id, actor.user, seq)?;
    }
    Ok(Appended { room: room.id, seq, at: write.now })
}

fn find_repeated(
    connection: &Connection,
    author: UserId,
    client_id: &str,
) -> Result<Option<Appended>, Failure> {
    const SELECT: &str = "SELECT room_id, seq, at FROM messages WHERE author_id = ?1 AND client_id = ?2";
    let mut select = connection.prepare_cached(SELECT)?;
    let first = select.query_row((author.0, client_id), |row| {
        Ok(Appended { room: RoomId(row.get(0)?), seq: Seq(row.get(1)?), at: Millis(row.get(2)?) })
    });
    Ok(first.optional()?)
}
