//! Threads: what is said under messages. Replies are messages; of a thread there stands only when it was said in last, and of each who follows
//! it how far it is read. Whatever is counted is counted when it is asked for.

use crate::engine::{Engine, SqlStore};
use crate::found_room::FoundRoom;
use crate::sql::{Failure, Transaction, values};
use crate::write::Write;
use crate::{rooms, thread_pages};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, InThread, Mentioned, RoomId, Seq, ThreadListPage, ThreadListQuery, ThreadMark, ThreadPage, UserId,
    Window,
};
use chinwag_core::ports::{StoreFuture, ThreadChange, Threads, UserEvent};
use std::collections::HashMap;

impl<E: Engine> Threads for SqlStore<E> {
    fn thread(
        &self,
        user: UserId,
        room: RoomId,
        root: Seq,
        window: Window,
        limit: u32,
    ) -> StoreFuture<ThreadPage> {
        self.0.read("thread", move |sql| thread_pages::thread(sql, user, (room, root), window, limit))
    }

    fn threads(&self, user: UserId, query: ThreadListQuery) -> StoreFuture<ThreadListPage> {
        self.0.read("threads", move |sql| thread_pages::list(sql, user, query))
    }

    fn change_thread(&self, actor: Actor, room: RoomId, root: Seq, wanted: ThreadChange) -> StoreFuture<()> {
        self.0.write("change_thread", move |write| change(write, actor, (room, root), wanted))
    }
}

/// Counts the threads of a room that a member follows and in which others have written since they were read, up to 100. Only those are looked
/// at in which anything was said since the member had no such thread: what somebody follows is more from year to year.
macro_rules! count_threads {
    ($room:literal, $user:literal, $floor:literal, $first:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT 1 FROM threads CROSS JOIN thread_members WHERE threads.room_id = ",
            $room,
            " AND threads.last_seq > ",
            $floor,
            " AND threads.root_seq >= ",
            $first,
            " AND thread_members.user_id = ",
            $user,
            " AND thread_members.room_id = threads.room_id AND thread_members.root_seq = threads.root_seq
              AND thread_members.follows <> 0 AND thread_members.read_seq < threads.last_seq
              AND EXISTS (SELECT 1 FROM messages WHERE messages.room_id = threads.room_id
                          AND messages.thread_seq = threads.root_seq AND messages.seq > thread_members.read_seq
                          AND messages.author_id <> thread_members.user_id AND messages.deleted_at IS NULL)
              LIMIT 100) AS unread"
        )
    };
}
pub(crate) use count_threads;

/// The threads of a room in which there is anything new to a member, up to 100.
pub(crate) fn unread(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<u32, Failure> {
    const COUNT: &str = concat!(
        "SELECT (",
        count_threads!("?1", "?2", "members.threads_floor", "members.history_from"),
        ") FROM members WHERE members.room_id = ?1 AND members.user_id = ?2"
    );
    Ok(sql.first(COUNT, values![room, user], |row| row.get(0))?.unwrap_or_default())
}

/// The same for all rooms of a person; those without any are left out.
pub(crate) fn unread_everywhere(
    sql: &dyn Transaction,
    user: UserId,
) -> Result<HashMap<RoomId, u32>, Failure> {
    const COUNT: &str = concat!(
        "SELECT room_id, threads FROM (SELECT members.room_id, (",
        count_threads!("members.room_id", "members.user_id", "members.threads_floor", "members.history_from"),
        ") AS threads FROM members WHERE members.user_id = ?1) AS counted WHERE threads > 0"
    );
    let counts = sql.all(COUNT, values![user], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(counts.into_iter().collect())
}

/// Whether a message may be said under this one: the person reads it, it is not deleted, and it is in no thread itself.
pub(crate) fn is_root(sql: &dyn Transaction, room: &FoundRoom, root: Seq) -> Result<bool, Failure> {
    const SELECT: &str = "
        SELECT 1 FROM messages
        WHERE room_id = ?1 AND seq = ?2 AND thread_seq IS NULL AND deleted_at IS NULL";
    Ok(!room.hides(root) && sql.exists(SELECT, values![room.id, root])?)
}

/// Notes that `author` said something in a thread at `seq`, and who follows it by that.
pub(crate) fn note_reply(
    write: &Write<'_>,
    (room, InThread { root, .. }, seq): (RoomId, InThread, Seq),
    author: UserId,
    mentions: &[Mentioned],
) -> Result<(), Failure> {
    const THREAD: &str = "
        INSERT INTO threads (room_id, root_seq, last_seq, last_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (room_id, root_seq) DO UPDATE SET last_seq = excluded.last_seq, last_at = excluded.last_at";
    const AUTHOR: &str = "
        INSERT INTO thread_members (user_id, room_id, root_seq, read_seq, follows)
        SELECT user_id, room_id, ?3, ?4, 1 FROM members WHERE room_id = ?2 AND user_id = ?1
        ON CONFLICT (user_id, room_id, root_seq) DO UPDATE SET read_seq = excluded.read_seq, follows = 1";
    const BEGAN: &str = "SELECT author_id FROM messages WHERE room_id = ?1 AND seq = ?2";
    write.sql.execute(THREAD, values![room, root, seq, write.now])?;
    write.sql.execute(AUTHOR, values![author, room, root, seq])?;
    let began: UserId = write.sql.one(BEGAN, values![room, root], |row| row.get(0))?;
    let others = mentions.iter().map(|person| person.user).chain([began]).filter(|user| *user != author);
    for user in others {
        begin_to_follow(write, (room, root), user, Seq(seq.0 - 1))?;
    }
    Ok(())
}

/// Notes who follows a thread since an edit mentions them in it. The mention tells of itself: what was said before counts as read.
pub(crate) fn note_mentions(
    write: &Write<'_>,
    (room, InThread { root, .. }, at): (RoomId, InThread, Seq),
    mentions: &[Mentioned],
) -> Result<(), Failure> {
    for person in mentions {
        begin_to_follow(write, (room, root), person.user, at)?;
    }
    Ok(())
}

/// Makes a member who reads the root a follower, who has read everything up to `read`; whoever was one stays as it is, and who ended it stays away.
fn begin_to_follow(
    write: &Write<'_>,
    (room, root): (RoomId, Seq),
    user: UserId,
    read: Seq,
) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO thread_members (user_id, room_id, root_seq, read_seq, follows)
        SELECT user_id, room_id, ?3, ?4, 1 FROM members WHERE room_id = ?2 AND user_id = ?1 AND history_from <= ?3
        ON CONFLICT (user_id, room_id, root_seq) DO NOTHING";
    write.sql.execute(INSERT, values![user, room, root, read])?;
    Ok(())
}

/// Forgets what the threads of a room were to somebody who is no member any more.
pub(crate) fn forget_member(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM thread_members WHERE user_id = ?2 AND room_id = ?1";
    sql.execute(DELETE, values![room, user])?;
    Ok(())
}

fn change(
    write: &mut Write<'_>,
    actor: Actor,
    (room, root): (RoomId, Seq),
    wanted: ThreadChange,
) -> Result<(), Failure> {
    const STORE: &str = "
        INSERT INTO thread_members (user_id, room_id, root_seq, read_seq, follows) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (user_id, room_id, root_seq) DO UPDATE SET read_seq = excluded.read_seq, follows = excluded.follows";
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    thread_pages::root(write.sql, &room, root)?;
    let before = mark(write.sql, actor.user, room.id, root)?;
    let known = before.unwrap_or_default();
    let after = match wanted {
        ThreadChange::Followed if known.follows => known,
        ThreadChange::Followed => ThreadMark { follows: true, read: room.head },
        ThreadChange::Unfollowed => ThreadMark { follows: false, ..known },
        // Who follows nothing has nothing to mark.
        ThreadChange::Read(_) if before.is_none() => return Ok(()),
        ThreadChange::Read(seq) => ThreadMark { read: known.read.max(seq.min(room.head)), ..known },
    };
    if before == Some(after) {
        return Ok(());
    }
    let follows = i64::from(after.follows);
    write.sql.execute(STORE, values![actor.user, room.id, root, after.read, follows])?;
    raise_floor(write, &room, actor.user)?;
    write.tell_other_devices(actor, UserEvent::ThreadMark { room: room.id, root, mark: after });
    Ok(())
}

/// What a thread is to somebody; none for one who never followed it.
pub(crate) fn mark(
    sql: &dyn Transaction,
    user: UserId,
    room: RoomId,
    root: Seq,
) -> Result<Option<ThreadMark>, Failure> {
    const SELECT: &str = "
        SELECT follows, read_seq FROM thread_members WHERE user_id = ?1 AND room_id = ?2 AND root_seq = ?3";
    Ok(sql.first(SELECT, values![user, room, root], |row| {
        Ok(ThreadMark { follows: row.get::<i64>(0)? != 0, read: row.get(1)? })
    })?)
}

/// Notes that a member has no thread with anything new in it, if that is so: only what comes later has to be looked at.
fn raise_floor(write: &Write<'_>, room: &FoundRoom, user: UserId) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE members SET threads_floor = ?3 WHERE room_id = ?1 AND user_id = ?2";
    if unread(write.sql, room.id, user)? == 0 {
        write.sql.execute(UPDATE, values![room.id, user, room.head])?;
    }
    Ok(())
}
