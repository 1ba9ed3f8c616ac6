//! Messages: how they are written, and how they stand in their table.

use crate::engine::{Engine, SqlStore};
use crate::found_room::FoundRoom;
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, Value, values};
use crate::write::Write;
use crate::{
    activity, attachments, completion, event_rows, events, history, members, mentions, message_changes,
    quotes, rooms, threads,
};
use chinwag_core::domain::permissions::SMALL_ROOM;
use chinwag_core::domain::{
    Actor, Crowd, InThread, LogAccess, Message, MessageChanges, MessageContent, MessageKind, Millis, Page,
    Quote, Refusal, RoomId, RoomReference, RoomSnapshot, Seq, UserId, Window, calls_many, crowd_in,
};
use chinwag_core::ports::{Appended, MessageDeletion, MessageEdit, Messages, NewMessage, Purge, StoreFuture};

const TEXT: &str = "text";
const ACTION: &str = "action";

/// What [`read`] reads.
macro_rules! message_columns {
    () => {
        "messages.seq, messages.at, messages.author_id, authors.name, messages.kind, messages.text,
         messages.client_id, messages.reply_seq, messages.edited_at, messages.deleted_at, messages.changed_seq,
         messages.thread_seq, messages.also, messages.files"
    };
}
pub(crate) use message_columns;

/// One selection for every way to read messages, of which [`read`] reads the rows.
macro_rules! messages {
    ($which:literal) => {
        concat!(
            "SELECT ",
            $crate::messages::message_columns!(),
            " FROM messages
             JOIN users AS authors ON authors.id = messages.author_id
             WHERE messages.room_id = ?1 AND messages.seq ",
            $which,
            " LIMIT ?3"
        )
    };
}

impl<E: Engine> Messages for SqlStore<E> {
    fn append_message(&self, actor: Actor, message: NewMessage) -> StoreFuture<Appended> {
        self.0.append_message(actor, message)
    }

    fn edit_message(&self, actor: Actor, edit: MessageEdit) -> StoreFuture<Appended> {
        self.0.write("edit_message", move |write| message_changes::edit(write, actor, &edit))
    }

    fn delete_message(&self, actor: Actor, deletion: MessageDeletion) -> StoreFuture<Appended> {
        self.0.write("delete_message", move |write| message_changes::delete(write, actor, &deletion))
    }

    fn purge_messages(&self, actor: Actor, purge: Purge, limit: u32) -> StoreFuture<u32> {
        self.0.write("purge_messages", move |write| message_changes::purge(write, actor, purge, limit))
    }

    fn history(&self, user: UserId, room: RoomId, window: Window, limit: u32) -> StoreFuture<Page> {
        self.0.read("history", move |sql| {
            let log = rooms::find(sql, user, &room.into())?.log_access()?;
            history::page(sql, &log, window, limit)
        })
    }

    fn snapshot(
        &self,
        user: UserId,
        room: RoomReference,
        limit: u32,
        members: u32,
    ) -> StoreFuture<RoomSnapshot> {
        self.0.read("snapshot", move |sql| history::snapshot(sql, user, &room, limit, members))
    }
}

/// Counts the messages of a room of others than a person after a read marker that were not deleted, up to 100. What is said in a thread alone
/// is not said in the room, and whom the person blocks does not count.
macro_rules! count_unread {
    ($room:literal, $user:literal, $read:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT 1 FROM messages WHERE room_id = ",
            $room,
            " AND seq > ",
            $read,
            " AND author_id <> ",
            $user,
            " AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE user_id = ",
            $user,
            ") AND deleted_at IS NULL AND (thread_seq IS NULL OR also <> 0) LIMIT 100) AS counted"
        )
    };
}
pub(crate) use count_unread;

/// Messages of others after `read`, counted up to 100.
pub(crate) fn unread(sql: &dyn Transaction, room: RoomId, user: UserId, read: Seq) -> Result<u32, Failure> {
    const COUNT: &str = count_unread!("?1", "?3", "?2");
    Ok(sql.one(COUNT, values![room, read, user], |row| row.get(0))?)
}

/// Appends a message. PostgreSQL's way to append many at once, `append_messages_1` in its migrations, keeps to the same rules.
pub(crate) fn append(write: &mut Write<'_>, actor: Actor, message: &NewMessage) -> Result<Appended, Failure> {
    let client_id = message.client_id.as_str();
    write.sql.lock(Lock::Named(&[actor.user]))?;
    let room = rooms::hold(write.sql, actor.user, &message.room.into())?;
    match room.check_writing(write.sql, write.now) {
        Ok(()) => {}
        // Whoever retries after leaving the room still learns that the message is there.
        Err(Failure::Refused(refusal)) => {
            return first(write.sql, &room, actor.user, client_id)?.ok_or_else(|| refusal.into());
        }
        Err(failure @ Failure::Database(_)) => return Err(failure),
    }
    let name = room.actor_name()?.into();
    let quote = match message.reply_to {
        Some(target) => match answered(write.sql, &room, target)? {
            Some(quote) => Some(Box::new(quote)),
            None => {
                let first = first(write.sql, &room, actor.user, client_id)?;
                return first.ok_or_else(|| Refusal::MessageNotFound(target).into());
            }
        },
        None => None,
    };
    if let Some(InThread { root, .. }) = message.thread
        && !threads::is_root(write.sql, &room, root)?
    {
        let first = first(write.sql, &room, actor.user, client_id)?;
        return first.ok_or_else(|| Refusal::MessageNotFound(root).into());
    }
    if let Err(refusal) = mentions::check_crowd(&room, message.text.as_str()) {
        return first(write.sql, &room, actor.user, client_id)?.ok_or_else(|| refusal.into());
    }
    let files = match attachments::to_send(write.sql, &room, (actor.user, client_id), &message.attachments) {
        Ok(files) => files,
        Err(Failure::Refused(refusal)) => {
            return first(write.sql, &room, actor.user, client_id)?.ok_or_else(|| refusal.into());
        }
        Err(failure @ Failure::Database(_)) => return Err(failure),
    };
    let seq = room.head.next();
    if !insert(write, (room.id, seq, actor.user), message)? {
        let first = first(write.sql, &room, actor.user, client_id)?;
        return first.ok_or_else(|| DatabaseError::conflict("the client id was taken and is free").into());
    }
    attachments::bind(write.sql, (room.id, seq), client_id, &message.attachments)?;
    let mentions = mentions::in_text(write.sql, room.id, actor.user, message.text.as_str())?;
    mentions::note(write, room.id, (seq, seq), &mentions)?;
    let called = (message.text.as_str(), &*message.here);
    mentions::note_crowd(write, room.id, (seq, seq), actor.user, called)?;
    events::advance(write, room.id, room.head)?;
    if room.is_member() {
        let is_in_room = message.thread.is_none_or(|thread| thread.also);
        members::note_message(write, room.id, actor.user, is_in_room.then_some(seq))?;
    }
    if let Some(thread) = message.thread {
        threads::note_reply(write, (room.id, thread, seq), actor.user, &mentions)?;
    }
    let root = message.thread.map(|thread| thread.root);
    let crowd = crowd_in(message.text.as_str());
    let calls = !mentions.is_empty() || calls_many(message.text.as_str());
    let why = (calls, message.reply_to, root);
    activity::note_message(write, (room.id, seq), actor.user, why)?;
    if crowd == Some(Crowd::Room) && room.members <= SMALL_ROOM {
        activity::note_all(write, (room.id, seq), actor.user)?;
    }
    let content = MessageContent {
        reply_to: message.reply_to,
        quote,
        thread: message.thread,
        mentions,
        attachments: files,
        ..MessageContent::new(message.kind, message.text.as_str(), client_id)
    };
    let (room, at) = (room.id, write.now);
    events::publish(write, Message { room, seq, at, author: actor.user, name, content }.into());
    Ok(Appended { room, seq, at })
}

/// Stores a message, unless its author has written something with this client id before.
fn insert(
    write: &Write<'_>,
    (room, seq, author): (RoomId, Seq, UserId),
    message: &NewMessage,
) -> Result<bool, Failure> {
    const INSERT: &str = "
        INSERT INTO messages (room_id, seq, author_id, client_id, kind, text, at, reply_seq, thread_seq, also, files)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
        WHERE NOT EXISTS (SELECT 1 FROM events WHERE actor_id = ?3 AND client_id = ?4)
        ON CONFLICT (author_id, client_id) DO NOTHING";
    let (client_id, text) = (message.client_id.as_str(), message.text.as_str());
    let kind = stored_kind(message.kind);
    let (root, also) = stored_thread(message.thread);
    let (at, reply_to) = (write.now, message.reply_to);
    let files = i64::try_from(message.attachments.len()).map_err(DatabaseError::defect)?;
    let stored = values![room, seq, author, client_id, kind, text, at, reply_to, root, also, files];
    Ok(write.sql.execute(INSERT, stored)? == 1)
}

/// How the message begins at this place, if the person may answer it: one that the person reads. One that was deleted may be answered, since
/// whoever writes may not know of it yet.
fn answered(sql: &dyn Transaction, room: &FoundRoom, target: Seq) -> Result<Option<Quote>, Failure> {
    let is_hidden = room.log_access().is_ok_and(|log| target < log.first());
    if is_hidden { Ok(None) } else { Ok(quotes::of_messages(sql, room.id, &[target])?.remove(&target)) }
}

/// When `author` wrote in `room` last.
pub(crate) fn last_written(
    sql: &dyn Transaction,
    room: RoomId,
    author: UserId,
) -> Result<Option<Millis>, Failure> {
    // By what the author wrote, not by what was written in the room: that may be much more.
    const SELECT: &str = "SELECT max(at) FROM messages WHERE author_id = ?2 AND room_id + 0 = ?1";
    Ok(sql.one(SELECT, values![room, author], |row| row.find(0))?)
}

/// The message that `author` has sent to `room` with this client id.
fn first(
    sql: &dyn Transaction,
    room: &FoundRoom,
    author: UserId,
    client_id: &str,
) -> Result<Option<Appended>, Failure> {
    match in_room(find(sql, author, client_id)?, room.id)? {
        None if event_rows::find_change(sql, author, client_id)?.is_some() => {
            Err(Refusal::ClientIdReused.into())
        }
        first => Ok(first),
    }
}

/// The message that `author` has sent with this client id to whatever room.
pub(crate) fn find(
    sql: &dyn Transaction,
    author: UserId,
    client_id: &str,
) -> Result<Option<Appended>, Failure> {
    const SELECT: &str = "SELECT room_id, seq, at FROM messages WHERE author_id = ?1 AND client_id = ?2";
    Ok(sql.first(SELECT, values![author, client_id], |row| {
        Ok(Appended { room: row.get(0)?, seq: row.get(1)?, at: row.get(2)? })
    })?)
}

/// The first message of a client id, which belongs to one room.
pub(crate) fn in_room(first: Option<Appended>, room: RoomId) -> Result<Option<Appended>, Refusal> {
    match first {
        Some(first) if first.room != room => Err(Refusal::ClientIdReused),
        first => Ok(first),
    }
}

/// The message of `author` with this client id as its room's log has it, if it is stored.
pub(crate) fn stored(
    sql: &dyn Transaction,
    author: UserId,
    client_id: &str,
) -> Result<Option<Message>, Failure> {
    match find(sql, author, client_id)? {
        Some(Appended { room, seq, .. }) => {
            let mut message = at(sql, room, seq)?;
            completion::complete(sql, room, None, message.iter_mut())?;
            Ok(message)
        }
        None => Ok(None),
    }
}

/// The message at a place of a room's log, if one stands there.
pub(crate) fn at(sql: &dyn Transaction, room: RoomId, seq: Seq) -> Result<Option<Message>, Failure> {
    Ok(query(sql, room, messages!("= ?2"), values![room, seq, 1_u32])?.pop())
}

/// The message at a place, for one who reads it in `room` and does something with it.
pub(crate) fn shown(sql: &dyn Transaction, room: &FoundRoom, seq: Seq) -> Result<Message, Failure> {
    let found = if room.hides(seq) { None } else { at(sql, room.id, seq)? };
    let message = found.filter(|message| !message.content.is_deleted());
    Ok(message.ok_or(Refusal::MessageNotFound(seq))?)
}

/// At most `limit` messages after `after`, oldest first. Whoever reads for somebody has [`LogAccess::readable_after`] say after what.
pub(crate) fn after(
    sql: &dyn Transaction,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<Message>, Failure> {
    query(sql, room, messages!("> ?2 ORDER BY messages.seq"), values![room, after, limit])
}

/// At most `limit` messages up to `last` of those that may be read by `log`, newest first.
pub(crate) fn up_to(
    sql: &dyn Transaction,
    log: &LogAccess,
    last: Seq,
    limit: u32,
) -> Result<Vec<Message>, Failure> {
    const SELECT: &str = messages!("BETWEEN ?4 AND ?2 ORDER BY messages.seq DESC");
    query(sql, log.room(), SELECT, values![log.room(), last, limit, log.first()])
}

/// How a kind of message stands in the table.
pub(crate) fn stored_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Text => TEXT,
        MessageKind::Action => ACTION,
    }
}

/// How the thread of a message stands in the table.
pub(crate) fn stored_thread(thread: Option<InThread>) -> (Option<Seq>, i64) {
    (thread.map(|thread| thread.root), i64::from(thread.is_some_and(|thread| thread.also)))
}

fn query(
    sql: &dyn Transaction,
    room: RoomId,
    select: &'static str,
    which: &[Value<'_>],
) -> Result<Vec<Message>, Failure> {
    Ok(sql.all(select, which, |row| read(room, row, 0))?)
}

/// Reads the [`message_columns!`] from the column `first` on. What stands elsewhere [comes later](completion::complete).
pub(crate) fn read(room: RoomId, row: Row<'_>, first: usize) -> Result<Message, DatabaseError> {
    Ok(Message {
        room,
        seq: row.get(first)?,
        at: row.get(first + 1)?,
        author: row.get(first + 2)?,
        name: row.get(first + 3)?,
        content: MessageContent {
            kind: read_kind(row.text(first + 4)?)?,
            text: row.get(first + 5)?,
            client_id: row.get(first + 6)?,
            reply_to: row.find(first + 7)?,
            quote: None,
            thread: read_thread(row, first + 11)?,
            mentions: Box::default(),
            attachments: attachments::expected(row.get(first + 13)?),
            changes: read_changes(row, first)?,
            thread_info: None,
        },
    })
}

/// What became of a message, of whose columns the first is `first`. One of an account that ended with its messages has no place of a change.
fn read_changes(row: Row<'_>, first: usize) -> Result<Option<Box<MessageChanges>>, DatabaseError> {
    let is_deleted = row.find::<Millis>(first + 9)?.is_some();
    let last = match row.find(first + 10)? {
        Some(last) => last,
        None if is_deleted => row.get(first)?,
        None => return Ok(None),
    };
    let (edited, is_pinned, reactions) = (row.find(first + 8)?, false, Vec::new());
    Ok(Some(Box::new(MessageChanges { last, edited, is_deleted, is_pinned, reactions })))
}

fn read_thread(row: Row<'_>, first: usize) -> Result<Option<InThread>, DatabaseError> {
    let Some(root) = row.find(first)? else { return Ok(None) };
    Ok(Some(InThread { root, also: row.get::<i64>(first + 1)? != 0 }))
}

fn read_kind(kind: &str) -> Result<MessageKind, DatabaseError> {
    match kind {
        TEXT => Ok(MessageKind::Text),
        ACTION => Ok(MessageKind::Action),
        kind => Err(DatabaseError::defect(format!("unknown kind of message {kind}"))),
    }
}
