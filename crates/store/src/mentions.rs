//! Whom messages mention: a row for each person and message, at the place of the event that made it, be that the message or an edit of it.
//! What somebody has not seen of them is a count of rows; no number is kept beside them.

use crate::sql::{DatabaseError, Dialect, Failure, Transaction, values};
use crate::write::Write;
use chinwag_core::domain::{Mentioned, MessageContent, RoomId, Seq, UserId, mentioned};
use std::collections::HashMap;

mod crowd;
mod edited;

pub(crate) use crowd::{adds_none as calls_no_others, check as check_crowd, note as note_crowd};
pub(crate) use edited::renew;

/// By what a text mentions somebody. Where it does so in several ways, the first of these counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CalledBy {
    Name,
    Group,
    /// The person was there when all who are were called.
    Presence,
}

impl CalledBy {
    const ALL: [Self; 3] = [Self::Name, Self::Group, Self::Presence];

    /// What stands in the table.
    fn stored(self) -> i64 {
        match self {
            Self::Name => 0,
            Self::Group => 1,
            Self::Presence => 2,
        }
    }

    fn read(stored: i64) -> Result<Self, DatabaseError> {
        let known = Self::ALL.into_iter().find(|known| known.stored() == stored);
        known.ok_or_else(|| DatabaseError::defect(format!("a mention by {stored}")))
    }
}

/// One statement in the words of both engines, with a list of numbers at the end.
macro_rules! among {
    ($sql:expr, $select:expr) => {{
        const SQLITE: &str = concat!($select, " IN (SELECT value FROM json_each(?2))");
        const POSTGRES: &str = concat!($select, " = ANY(?2)");
        match $sql.dialect() {
            Dialect::Sqlite => SQLITE,
            Dialect::Postgres => POSTGRES,
        }
    }};
}
pub(crate) use among;

/// Counts the mentions of a person in a room after a read marker, up to 100: those of the person, and those of all members where the person is
/// not mentioned, too. Whom the person blocks does not count.
macro_rules! count_mentions {
    ($room:literal, $user:literal, $read:literal) => {
        concat!(
            "SELECT count(*) FROM (
                SELECT 1 FROM mentions WHERE mentions.room_id = ",
            $room,
            " AND mentions.user_id = ",
            $user,
            " AND mentions.at_seq > ",
            $read,
            " AND NOT EXISTS (
                SELECT 1 FROM messages JOIN blocks ON blocks.blocked_id = messages.author_id
                WHERE messages.room_id = mentions.room_id AND messages.seq = mentions.seq AND blocks.user_id = ",
            $user,
            ") UNION ALL
                SELECT 1 FROM room_mentions JOIN messages
                    ON messages.room_id = room_mentions.room_id AND messages.seq = room_mentions.seq
                WHERE room_mentions.room_id = ",
            $room,
            " AND room_mentions.at_seq > ",
            $read,
            " AND messages.author_id <> ",
            $user,
            " AND room_mentions.seq >= (SELECT reader.history_from FROM members AS reader
                    WHERE reader.room_id = room_mentions.room_id AND reader.user_id = ",
            $user,
            ") AND messages.author_id NOT IN (SELECT blocked_id FROM blocks WHERE user_id = ",
            $user,
            ") AND NOT EXISTS (
                    SELECT 1 FROM mentions WHERE mentions.room_id = room_mentions.room_id
                        AND mentions.seq = room_mentions.seq AND mentions.user_id = ",
            $user,
            ") LIMIT 100) AS mentioned"
        )
    };
}
pub(crate) use count_mentions;

/// The mentions of `user` after `read`, counted up to 100.
pub(crate) fn unread(sql: &dyn Transaction, room: RoomId, user: UserId, read: Seq) -> Result<u32, Failure> {
    const COUNT: &str = count_mentions!("?1", "?3", "?2");
    Ok(sql.one(COUNT, values![room, read, user], |row| row.get(0))?)
}

/// The members of the room that a text of `author` mentions. Nobody mentions oneself.
pub(crate) fn in_text(
    sql: &dyn Transaction,
    room: RoomId,
    author: UserId,
    text: &str,
) -> Result<Box<[Mentioned]>, Failure> {
    let named: Vec<_> =
        mentioned(text).into_iter().filter(|user| *user != author).map(|user| user.0).collect();
    if named.is_empty() {
        return Ok(Box::default());
    }
    let select = among!(
        sql,
        "SELECT users.id, users.name FROM members JOIN users ON users.id = members.user_id
         WHERE members.room_id = ?1 AND members.user_id"
    );
    let read = |row: crate::sql::Row<'_>| Ok(Mentioned { user: row.get(0)?, name: row.get(1)? });
    let mut members = sql.all(select, values![room, &named[..]], read)?;
    members.sort_by_key(|member| member.user);
    Ok(members.into())
}

/// Notes that the message at `seq` mentions these people since `at`; who is mentioned by it already stays so.
pub(crate) fn note(
    write: &Write<'_>,
    room: RoomId,
    (seq, at): (Seq, Seq),
    people: &[Mentioned],
) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO mentions (user_id, room_id, at_seq, seq)
        SELECT ?1, ?2, ?3, ?4
        WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE room_id = ?2 AND seq = ?4 AND user_id = ?1)";
    for Mentioned { user, .. } in people {
        write.sql.execute(INSERT, values![*user, room, at, seq])?;
    }
    Ok(())
}

/// Has the message at `seq` mention nobody.
pub(crate) fn forget(write: &Write<'_>, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: [&str; 2] = [
        "DELETE FROM mentions WHERE room_id = ?1 AND seq = ?2",
        "DELETE FROM room_mentions WHERE room_id = ?1 AND seq = ?2",
    ];
    for delete in DELETE {
        write.sql.execute(delete, values![room, seq])?;
    }
    Ok(())
}

/// Says of messages that were read whom they mention, by the present names.
pub(crate) fn complete(
    sql: &dyn Transaction,
    room: RoomId,
    contents: &mut [(Seq, &mut MessageContent)],
) -> Result<(), Failure> {
    // Most mention nobody, and cost no statement.
    let wanted = contents.iter_mut().filter(|(_, content)| content.text.contains("<@"));
    let mut wanted: Vec<_> = wanted.collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let seqs: Vec<_> = wanted.iter().map(|(seq, _)| *seq).collect();
    let found = of_messages(sql, room, &seqs)?;
    for (seq, content) in &mut wanted {
        content.mentions = found.get(seq).cloned().unwrap_or_default().into();
    }
    Ok(())
}

/// Whom the messages at these places mention by name.
pub(crate) fn of_messages(
    sql: &dyn Transaction,
    room: RoomId,
    seqs: &[Seq],
) -> Result<HashMap<Seq, Vec<Mentioned>>, Failure> {
    let select = among!(
        sql,
        "SELECT mentions.seq, users.id, users.name FROM mentions JOIN users ON users.id = mentions.user_id
         WHERE mentions.room_id = ?1 AND mentions.called_by = 0 AND mentions.seq"
    );
    let seqs: Vec<_> = seqs.iter().map(|seq| seq.0).collect();
    let rows = sql.all(select, values![room, &seqs[..]], |row| {
        Ok((row.get(0)?, Mentioned { user: row.get(1)?, name: row.get(2)? }))
    })?;
    let mut found = HashMap::<_, Vec<_>>::new();
    for (seq, person) in rows {
        found.entry(seq).or_default().push(person);
    }
    for people in found.values_mut() {
        people.sort_by_key(|person| person.user);
    }
    Ok(found)
}
