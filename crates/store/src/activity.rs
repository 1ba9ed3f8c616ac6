//! What concerned people. Its rows say which message it was; what that says stands in the message alone.

use crate::engine::{Engine, SqlStore};
use crate::saved;
use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use crate::write::Write;
use chinwag_core::domain::{Activity, ActivityKind, ActivityPage, Millis, RoomId, Seq, UserId};
use chinwag_core::ports::{Activities, StoreFuture};
use std::collections::HashMap;

const MENTION: &str = "mention";
const REPLY: &str = "reply";
const THREAD: &str = "thread";
const REACTION: &str = "reaction";

impl<E: Engine> Activities for SqlStore<E> {
    fn activity(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<ActivityPage> {
        self.0.read("activity", move |sql| page(sql, user, before, limit))
    }

    fn with_much_activity(&self, kept: u32, limit: u32) -> StoreFuture<Vec<UserId>> {
        self.0.read("with_much_activity", move |sql| {
            const SELECT: &str = "
                SELECT user_id FROM activity GROUP BY user_id HAVING count(*) > ?1 ORDER BY user_id LIMIT ?2";
            Ok(sql.all(SELECT, values![kept, limit], |row| row.get(0))?)
        })
    }

    fn trim_activity(&self, user: UserId, kept: u32) -> StoreFuture<()> {
        self.0.write("trim_activity", move |write| {
            const DELETE: &str = "
                DELETE FROM activity WHERE user_id = ?1 AND id <= (
                    SELECT kept.id FROM activity AS kept WHERE kept.user_id = ?1 ORDER BY kept.id DESC LIMIT 1 OFFSET ?2)";
            write.sql.execute(DELETE, values![user, kept])?;
            Ok(())
        })
    }
}

/// One statement for each way in which the message of `?2` at `?3` by `?4` concerns people, who are told of one message once.
macro_rules! concern {
    ($kind:literal, $user:literal, $from:literal) => {
        concat!(
            "INSERT INTO activity (user_id, kind, room_id, seq, by_id, at) SELECT ",
            $user,
            ", '",
            $kind,
            "', ?1, ?2, ?3, ?4 FROM ",
            $from,
            " AND ",
            $user,
            " <> ?3 AND EXISTS (SELECT 1 FROM users WHERE users.id = ",
            $user,
            " AND users.removed_at IS NULL) AND NOT EXISTS (
                SELECT 1 FROM activity WHERE activity.room_id = ?1 AND activity.seq = ?2 AND activity.user_id = ",
            $user,
            ")"
        )
    };
}

const MENTIONED: &str =
    concern!("mention", "mentions.user_id", "mentions WHERE mentions.room_id = ?1 AND mentions.seq = ?2");

/// Notes that a message mentions all members of a small room. In a larger one it only counts.
pub(crate) fn note_all(write: &Write<'_>, (room, seq): (RoomId, Seq), author: UserId) -> Result<(), Failure> {
    const ALL: &str = concern!("mention", "members.user_id", "members WHERE members.room_id = ?1");
    write.sql.execute(ALL, values![room, seq, author, write.now])?;
    Ok(())
}

/// Notes whom a message concerns that was just written, after its mentions and its thread. PostgreSQL does the same for many at once in `append_messages_1`.
pub(crate) fn note_message(
    write: &Write<'_>,
    (room, seq): (RoomId, Seq),
    author: UserId,
    (is_mentioning, reply_to, root): (bool, Option<Seq>, Option<Seq>),
) -> Result<(), Failure> {
    const ANSWERED: &str =
        concern!("reply", "messages.author_id", "messages WHERE messages.room_id = ?1 AND messages.seq = ?5");
    const FOLLOWED: &str = concern!(
        "thread",
        "thread_members.user_id",
        "thread_members WHERE thread_members.room_id = ?1 AND thread_members.root_seq = ?5 AND thread_members.follows <> 0"
    );
    if is_mentioning {
        write.sql.execute(MENTIONED, values![room, seq, author, write.now])?;
    }
    for (statement, about) in [(ANSWERED, reply_to), (FOLLOWED, root)] {
        if let Some(about) = about {
            write.sql.execute(statement, values![room, seq, author, write.now, about])?;
        }
    }
    Ok(())
}

/// The same after an edit, of which other people may be mentioned.
pub(crate) fn renew(write: &Write<'_>, (room, seq): (RoomId, Seq), author: UserId) -> Result<(), Failure> {
    const DELETE: &str = "
        DELETE FROM activity WHERE room_id = ?1 AND seq = ?2 AND kind = 'mention' AND NOT EXISTS (
            SELECT 1 FROM mentions WHERE mentions.room_id = ?1 AND mentions.seq = ?2 AND mentions.user_id = activity.user_id)
            AND NOT EXISTS (SELECT 1 FROM room_mentions WHERE room_mentions.room_id = ?1 AND room_mentions.seq = ?2)";
    write.sql.execute(DELETE, values![room, seq])?;
    write.sql.execute(MENTIONED, values![room, seq, author, write.now])?;
    Ok(())
}

/// Notes that somebody reacted to what somebody else wrote.
pub(crate) fn note_reaction(
    write: &Write<'_>,
    (room, seq, author): (RoomId, Seq, UserId),
    by: UserId,
    emoji: &str,
) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO activity (user_id, kind, room_id, seq, by_id, emoji, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    if author != by {
        write.sql.execute(INSERT, values![author, REACTION, room, seq, by, emoji, write.now])?;
    }
    Ok(())
}

/// Notes that it was taken back.
pub(crate) fn forget_reaction(
    write: &Write<'_>,
    (room, seq): (RoomId, Seq),
    by: UserId,
    emoji: &str,
) -> Result<(), Failure> {
    const DELETE: &str = "
        DELETE FROM activity WHERE room_id = ?1 AND seq = ?2 AND kind = 'reaction' AND by_id = ?3 AND emoji = ?4";
    write.sql.execute(DELETE, values![room, seq, by, emoji])?;
    Ok(())
}

/// Forgets whom a message concerned that is deleted.
pub(crate) fn erase(sql: &dyn Transaction, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM activity WHERE room_id = ?1 AND seq = ?2";
    sql.execute(DELETE, values![room, seq])?;
    Ok(())
}

/// Forgets what concerned somebody whose account ends.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM activity WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}

/// Forgets what concerned somebody in a room of whom that is no member any more.
pub(crate) fn forget_member(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM activity WHERE user_id = ?1 AND room_id = ?2";
    sql.execute(DELETE, values![user, room])?;
    Ok(())
}

/// Forgets what concerned people in a room that is deleted.
pub(crate) fn forget_room(sql: &dyn Transaction, room: RoomId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM activity WHERE room_id = ?1";
    sql.execute(DELETE, values![room])?;
    Ok(())
}

/// An entry without its message.
struct Entry {
    id: i64,
    kind: ActivityKind,
    place: (RoomId, Seq),
    by: (UserId, String),
    at: Millis,
}

fn page(
    sql: &dyn Transaction,
    user: UserId,
    before: Option<i64>,
    limit: u32,
) -> Result<ActivityPage, Failure> {
    const SELECT: &str = "
        SELECT activity.id, activity.kind, activity.room_id, activity.seq, activity.by_id, users.name, activity.emoji, activity.at
        FROM activity JOIN users ON users.id = activity.by_id
        WHERE activity.user_id = ?1 AND activity.id < ?2
          AND activity.by_id NOT IN (SELECT blocked_id FROM blocks WHERE blocks.user_id = ?1)
        ORDER BY activity.id DESC LIMIT ?3";
    let entries = sql.all(SELECT, values![user, before.unwrap_or(i64::MAX), limit], read)?;
    let next = entries.last().filter(|_| entries.len() == limit as usize).map(|entry| entry.id);
    let (mut rooms, mut activity) = (HashMap::new(), Vec::with_capacity(entries.len()));
    for Entry { id, kind, place, by, at } in entries {
        if let Some(message) = saved::readable(sql, &mut rooms, user, place)? {
            activity.push(Activity { id, kind, by, at, message });
        }
    }
    Ok(ActivityPage { activity, next })
}

fn read(row: Row<'_>) -> Result<Entry, DatabaseError> {
    let kind = match row.text(1)? {
        MENTION => ActivityKind::Mention,
        REPLY => ActivityKind::Reply,
        THREAD => ActivityKind::Thread,
        REACTION => ActivityKind::Reaction(row.get(6)?),
        kind => return Err(DatabaseError::defect(format!("unknown kind of activity {kind}"))),
    };
    let (place, by) = ((row.get(2)?, row.get(3)?), (row.get(4)?, row.get(5)?));
    Ok(Entry { id: row.get(0)?, kind, place, by, at: row.get(7)? })
}
