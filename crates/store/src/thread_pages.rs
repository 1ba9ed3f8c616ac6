//! What people read of threads: pages of one, the list of those that they follow, and what stands under a root in short.

use crate::found_room::FoundRoom;
use crate::messages::{self, message_columns};
use crate::sql::{Dialect, Failure, Transaction, Value, values};
use crate::{completion, rooms, threads};
use chinwag_core::domain::{
    FollowedThread, Message, MessageContent, Millis, REPLIES_COUNTED, Refusal, RoomId, Seq, THREAD_FACES,
    ThreadInfo, ThreadListPage, ThreadListPosition, ThreadListQuery, ThreadPage, UserId, Window,
};
use std::collections::HashMap;

/// Among the last so many replies stand those whose authors are named.
const FACES_AMONG: u32 = 20;

/// The message under which a thread hangs, or could, for one who reads it in `room`. A deleted one stays one.
pub(crate) fn root(sql: &dyn Transaction, room: &FoundRoom, root: Seq) -> Result<Message, Failure> {
    let found = if room.hides(root) { None } else { messages::at(sql, room.id, root)? };
    let message = found.filter(|message| message.content.thread.is_none());
    Ok(message.ok_or(Refusal::MessageNotFound(root))?)
}

pub(crate) fn thread(
    sql: &dyn Transaction,
    user: UserId,
    (room, seq): (RoomId, Seq),
    window: Window,
    limit: u32,
) -> Result<ThreadPage, Failure> {
    let room = rooms::find(sql, user, &room.into())?;
    let log = room.log_access()?;
    let mut root = root(sql, &room, seq)?;
    // The page grows from `middle` (included) to the past, and from there (not included) to the future.
    let (middle, past, future) = match window {
        Window::Latest => (log.authorized_at(), limit, 0),
        Window::Before(seq) => (Seq(seq.0.saturating_sub(1)), limit, 0),
        Window::After(seq) => (seq, 0, limit),
        Window::Around(seq) => (seq, limit.div_ceil(2), limit / 2),
    };
    let (mut messages, has_before) = of_thread(sql, (room.id, seq), Side::UpTo(middle), past)?;
    messages.reverse();
    let (newer, has_after) = of_thread(sql, (room.id, seq), Side::After(middle), future)?;
    messages.extend(newer);
    completion::complete(sql, room.id, Some(user), messages.iter_mut().chain([&mut root]))?;
    let mark = threads::mark(sql, user, room.id, seq)?.unwrap_or_default();
    Ok(ThreadPage { room: room.id, root, messages, has_before, has_after, mark })
}

/// Where replies are wanted.
enum Side {
    /// Up to this place, the newest first.
    UpTo(Seq),
    /// Behind it, the oldest first.
    After(Seq),
}

/// At most `limit` replies on one side of a place, and whether there are more of them.
fn of_thread(
    sql: &dyn Transaction,
    (room, root): (RoomId, Seq),
    side: Side,
    limit: u32,
) -> Result<(Vec<Message>, bool), Failure> {
    macro_rules! replies {
        ($which:literal) => {
            concat!(
                "SELECT ",
                message_columns!(),
                " FROM messages
                 JOIN users AS authors ON authors.id = messages.author_id
                 WHERE messages.room_id = ?1 AND messages.thread_seq = ?2 AND messages.seq ",
                $which,
                " LIMIT ?4"
            )
        };
    }
    const UP_TO: &str = replies!("<= ?3 ORDER BY messages.seq DESC");
    const AFTER: &str = replies!("> ?3 ORDER BY messages.seq");
    let (select, place) = match side {
        Side::UpTo(place) => (UP_TO, place),
        Side::After(place) => (AFTER, place),
    };
    let which: &[Value<'_>] = values![room, root, place, i64::from(limit) + 1];
    let mut messages = sql.all(select, which, |row| messages::read(room, row, 0))?;
    let more = messages.len() > limit as usize;
    messages.truncate(limit as usize);
    Ok((messages, more))
}

/// A thread of the list, before its root is read.
struct Listed {
    position: ThreadListPosition,
    read: Seq,
    unread: u32,
}

pub(crate) fn list(
    sql: &dyn Transaction,
    user: UserId,
    query: ThreadListQuery,
) -> Result<ThreadListPage, Failure> {
    // No place is this high.
    let first = ThreadListPosition {
        is_unread: true,
        at: Millis(i64::MAX),
        room: RoomId(i64::MAX),
        root: Seq(i64::MAX),
    };
    let mut listed = listed(sql, user, query.after.unwrap_or(first), query.limit)?;
    let more = listed.len() > query.limit as usize;
    listed.truncate(query.limit as usize);
    let next = listed.last().filter(|_| more).map(|last| last.position);
    let mut roots = HashMap::new();
    for (room, seqs) in by_room(&listed) {
        for root in roots_of(sql, user, room, &seqs)? {
            roots.insert((room, root.seq), root);
        }
    }
    let threads = listed.into_iter().filter_map(|thread| {
        let root = roots.remove(&(thread.position.room, thread.position.root))?;
        Some(FollowedThread { root, read: thread.read, unread: thread.unread })
    });
    Ok(ThreadListPage { threads: threads.collect(), next })
}

/// One thread more than `limit`, which tells whether there is a next page.
fn listed(
    sql: &dyn Transaction,
    user: UserId,
    after: ThreadListPosition,
    limit: u32,
) -> Result<Vec<Listed>, Failure> {
    const SELECT: &str = "
        SELECT room_id, root_seq, read_seq, last_at, unread,
            CAST(CASE WHEN unread > 0 THEN 1 ELSE 0 END AS bigint) AS is_unread
        FROM (SELECT threads.room_id, threads.root_seq, thread_members.read_seq, threads.last_at,
                  CASE WHEN threads.last_seq > thread_members.read_seq THEN (
                      SELECT count(*) FROM (
                          SELECT 1 FROM messages WHERE messages.room_id = threads.room_id AND messages.thread_seq = threads.root_seq
                          AND messages.seq > thread_members.read_seq AND messages.author_id <> ?1
                          AND messages.deleted_at IS NULL LIMIT 100) AS counted) ELSE 0 END AS unread
              FROM thread_members
              JOIN threads ON threads.room_id = thread_members.room_id AND threads.root_seq = thread_members.root_seq
              JOIN members ON members.room_id = thread_members.room_id AND members.user_id = thread_members.user_id
              WHERE thread_members.user_id = ?1 AND thread_members.follows <> 0
                AND thread_members.root_seq >= members.history_from) AS followed
        WHERE (CAST(CASE WHEN unread > 0 THEN 1 ELSE 0 END AS bigint), last_at, room_id, root_seq) < (?2, ?3, ?4, ?5)
        ORDER BY is_unread DESC, last_at DESC, room_id DESC, root_seq DESC LIMIT ?6";
    let ThreadListPosition { is_unread, at, room, root } = after;
    let is_unread = i64::from(is_unread);
    let which = values![user, is_unread, at, room, root, i64::from(limit) + 1];
    Ok(sql.all(SELECT, which, |row| {
        let (room, root, at) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let (read, unread) = (row.get(2)?, row.get(4)?);
        let position = ThreadListPosition { is_unread: unread > 0, at, room, root };
        Ok(Listed { position, read, unread })
    })?)
}

/// The rooms of these threads, each with its roots.
fn by_room(listed: &[Listed]) -> HashMap<RoomId, Vec<i64>> {
    let mut rooms = HashMap::<_, Vec<_>>::new();
    for Listed { position, .. } in listed {
        rooms.entry(position.room).or_default().push(position.root.0);
    }
    rooms
}

/// The messages at these places of a room, complete.
fn roots_of(
    sql: &dyn Transaction,
    user: UserId,
    room: RoomId,
    seqs: &[i64],
) -> Result<Vec<Message>, Failure> {
    macro_rules! roots {
        ($among:literal) => {
            concat!(
                "SELECT ",
                message_columns!(),
                " FROM messages JOIN users AS authors ON authors.id = messages.author_id
                 WHERE messages.room_id = ?1 AND messages.seq ",
                $among
            )
        };
    }
    const SQLITE: &str = roots!("IN (SELECT value FROM json_each(?2))");
    const POSTGRES: &str = roots!("= ANY(?2)");
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let mut roots = sql.all(select, values![room, seqs], |row| messages::read(room, row, 0))?;
    completion::complete(sql, room, Some(user), roots.iter_mut())?;
    Ok(roots)
}

/// Says of messages that were read what stands under them, deleted or not.
pub(crate) fn complete(
    sql: &dyn Transaction,
    room: RoomId,
    contents: &mut [(Seq, &mut MessageContent)],
) -> Result<(), Failure> {
    let mut places: Vec<_> = contents.iter().map(|(seq, _)| seq.0).collect();
    places.sort_unstable();
    places.dedup();
    if places.is_empty() {
        return Ok(());
    }
    let found = infos(sql, room, &places)?;
    for (seq, content) in contents {
        content.thread_info = found.get(seq).cloned().map(Box::new);
    }
    Ok(())
}

/// What stands under these roots. One under which nothing stands any more is left out.
fn infos(sql: &dyn Transaction, room: RoomId, roots: &[i64]) -> Result<HashMap<Seq, ThreadInfo>, Failure> {
    // The last replies of each thread, the last one first, with how many there are and the place up to which the log was then.
    macro_rules! infos {
        ($replies:literal, $among:literal) => {
            concat!(
                "SELECT threads.root_seq, replies.at, replies.author_id, users.name,
                     (SELECT count(*) FROM (
                         SELECT 1 FROM messages WHERE messages.room_id = threads.room_id
                         AND messages.thread_seq = threads.root_seq AND messages.deleted_at IS NULL LIMIT ?3) AS counted),
                     (SELECT head_seq FROM rooms WHERE rooms.id = threads.room_id)
                 FROM threads ",
                $replies,
                " JOIN users ON users.id = replies.author_id
                 WHERE threads.room_id = ?1 AND threads.root_seq ",
                $among,
                " ORDER BY threads.root_seq, replies.seq DESC"
            )
        };
    }
    // Each engine has a form of its own in which it goes by the index of threads, and not through the room.
    const SQLITE: &str = infos!(
        "CROSS JOIN messages AS replies ON replies.room_id = threads.room_id AND replies.seq IN (
             SELECT last.seq FROM messages AS last WHERE last.room_id = threads.room_id AND last.thread_seq = threads.root_seq
             AND last.deleted_at IS NULL ORDER BY last.seq DESC LIMIT ?4)",
        "IN (SELECT value FROM json_each(?2))"
    );
    const POSTGRES: &str = infos!(
        "JOIN LATERAL (
             SELECT last.seq, last.at, last.author_id FROM messages AS last WHERE last.room_id = threads.room_id
             AND last.thread_seq = threads.root_seq AND last.deleted_at IS NULL ORDER BY last.seq DESC LIMIT ?4) AS replies ON true",
        "= ANY(?2)"
    );
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let which = values![room, roots, REPLIES_COUNTED, FACES_AMONG];
    let rows = sql.all(select, which, |row| {
        let (at, person) = (row.get(1)?, (row.get(2)?, row.get::<String>(3)?));
        Ok((row.get::<Seq>(0)?, at, person, row.get(4)?, row.get(5)?))
    })?;
    let mut found = HashMap::<_, ThreadInfo>::new();
    for (root, last, person, replies, as_of) in rows {
        let info =
            found.entry(root).or_insert_with(|| ThreadInfo { replies, last, users: Vec::new(), as_of });
        let is_new = info.users.iter().all(|(user, _)| *user != person.0);
        if is_new && info.users.len() < THREAD_FACES {
            info.users.push(person);
        }
    }
    Ok(found)
}
