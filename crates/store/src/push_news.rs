//! What came in rooms since they were looked at for devices.

use crate::found_room::read_kind;
use crate::own_settings::read_level;
use crate::sql::{Failure, Transaction, values};
use chinwag_core::domain::{
    PUSH_MESSAGES, PushListener, PushMessage, PushNews, RoomId, RoomNotifications, Seq, UserId,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// See [`Pushing::push_news`](chinwag_core::ports::Pushing::push_news).
pub(crate) fn all(sql: &dyn Transaction, after: RoomId, limit: u32) -> Result<Vec<PushNews>, Failure> {
    const ANY: &str = "SELECT 1 FROM push_devices LIMIT 1";
    const SELECT: &str = "
        SELECT rooms.id, rooms.kind, rooms.head_seq, cursors.seq
        FROM rooms LEFT JOIN push_cursors AS cursors ON cursors.room_id = rooms.id
        WHERE rooms.id > ?1 AND rooms.deleted_at IS NULL AND rooms.head_seq > coalesce(cursors.seq, CAST(0 AS BIGINT))
        ORDER BY rooms.id LIMIT ?2";
    if !sql.exists(ANY, &[])? {
        return Ok(Vec::new());
    }
    let mut news = sql.all(SELECT, values![after, limit], |row| {
        let head: Seq = row.get(2)?;
        // A room that was never looked at: what is far back came before the first device.
        let since = row.find(3)?.unwrap_or(Seq(head.0.saturating_sub(i64::from(PUSH_MESSAGES)).max(0)));
        Ok(PushNews {
            room: row.get(0)?,
            is_conversation: read_kind(row.text(1)?)?.is_conversation(),
            since,
            head,
            messages: Vec::new(),
            listeners: Vec::new(),
        })
    })?;
    for of in &mut news {
        of.listeners = listeners(sql, of.room)?;
        if !of.listeners.is_empty() {
            complete(sql, of)?;
        }
    }
    Ok(news)
}

fn listeners(sql: &dyn Transaction, room: RoomId) -> Result<Vec<PushListener>, Failure> {
    const SELECT: &str = "
        SELECT devices.session_id, devices.user_id, devices.created_at, settings.document, wishes.level, wishes.muted_until
        FROM push_devices AS devices
        JOIN members ON members.user_id = devices.user_id AND members.room_id = ?1
        LEFT JOIN settings ON settings.user_id = devices.user_id
        LEFT JOIN room_notifications AS wishes ON wishes.user_id = devices.user_id AND wishes.room_id = members.room_id";
    Ok(sql.all(SELECT, values![room], |row| {
        let level = row.find_text(4)?.map(read_level).transpose()?;
        Ok(PushListener {
            session: row.get(0)?,
            user: row.get(1)?,
            since: row.get(2)?,
            document: row.find(3)?.unwrap_or_default(),
            wish: RoomNotifications { level, muted_until: row.find(5)? },
        })
    })?)
}

/// Reads the messages, and whom they call.
fn complete(sql: &dyn Transaction, news: &mut PushNews) -> Result<(), Failure> {
    const MESSAGES: &str = "
        SELECT seq, author_id, at, text, thread_seq, also FROM messages
        WHERE room_id = ?1 AND seq > ?2 AND seq <= ?3 AND deleted_at IS NULL ORDER BY seq LIMIT ?4";
    const MENTIONED: &str = "SELECT seq, user_id FROM mentions WHERE room_id = ?1 AND seq > ?2 AND seq <= ?3";
    const ALL: &str = "SELECT seq FROM room_mentions WHERE room_id = ?1 AND seq > ?2 AND seq <= ?3";
    let (room, since) = (news.room, news.since);
    let rows = sql.all(MESSAGES, values![room, since, news.head, PUSH_MESSAGES], |row| {
        let thread = row.find::<Seq>(4)?;
        let message = PushMessage {
            seq: row.get(0)?,
            author: row.get(1)?,
            at: row.get(2)?,
            text: row.get(3)?,
            in_thread: thread.is_some() && row.get::<i64>(5)? == 0,
            calls_all: false,
            calls: Vec::new(),
        };
        Ok((message, thread))
    })?;
    if let Some((last, _)) = rows.last().filter(|_| rows.len() == PUSH_MESSAGES as usize) {
        news.head = last.seq;
    }
    let span = values![room, since, news.head];
    let listening: HashSet<_> = news.listeners.iter().map(|listener| listener.user).collect();
    let mut calls = HashMap::<Seq, Vec<UserId>>::new();
    for (seq, user) in sql.all(MENTIONED, span, |row| Ok((row.get(0)?, row.get::<UserId>(1)?)))? {
        if listening.contains(&user) {
            calls.entry(seq).or_default().push(user);
        }
    }
    let all: HashSet<Seq> = sql.all(ALL, span, |row| row.get(0))?.into_iter().collect();
    let mut followers = BTreeMap::new();
    for (mut message, thread) in rows {
        message.calls_all = all.contains(&message.seq);
        message.calls = calls.remove(&message.seq).unwrap_or_default();
        if let Some(root) = thread {
            let known = match followers.get(&root) {
                Some(known) => known,
                None => followers.entry(root).or_insert(followers_of(sql, (room, root), &listening)?),
            };
            message.calls.extend(known);
        }
        news.messages.push(message);
    }
    Ok(())
}

fn followers_of(
    sql: &dyn Transaction,
    (room, root): (RoomId, Seq),
    listening: &HashSet<UserId>,
) -> Result<Vec<UserId>, Failure> {
    const SELECT: &str = "
        SELECT user_id FROM thread_members WHERE room_id = ?1 AND root_seq = ?2 AND follows <> 0";
    let followers = sql.all(SELECT, values![room, root], |row| row.get(0))?;
    Ok(followers.into_iter().filter(|user| listening.contains(user)).collect())
}
