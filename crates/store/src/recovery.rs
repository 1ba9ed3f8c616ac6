//! What is looked up when news may have been lost, by nobody's eyes: it goes to those only who have the right to it already.

use crate::engine::{Engine, SqlStore};
use crate::found_room::{self, FoundRoom, Unread, columns};
use crate::mentions::count_mentions;
use crate::messages::count_unread;
use crate::sql::{Dialect, Failure, Transaction, values};
use crate::standing::read_user;
use crate::threads::count_threads;
use crate::{completion, events, people};
use chinwag_core::domain::{RoomEvent, RoomId, RoomOverview, Seq, SessionId, UserId};
use chinwag_core::ports::{Recovery, Standing, StoreFuture};
use std::collections::{HashMap, HashSet};

impl<E: Engine> Recovery for SqlStore<E> {
    fn missed_events(&self, room: RoomId, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>> {
        self.0.read("missed_events", move |sql| {
            let mut events = events::events_after(sql, room, after, limit)?;
            completion::complete_events(sql, room, None, &mut events)?;
            Ok(events)
        })
    }

    fn heads(&self, known: Vec<(RoomId, Seq)>) -> StoreFuture<Vec<(RoomId, Seq)>> {
        self.0.read("heads", move |sql| heads(sql, &known))
    }

    fn standings(&self, sessions: Vec<(UserId, SessionId)>) -> StoreFuture<Vec<Standing>> {
        self.0.read("standings", move |sql| standings(sql, &sessions))
    }
}

/// A statement that ends with a number, which is to be among those of its parameter. So many are asked for at once that one by one they would
/// be a flight to the database each.
macro_rules! among {
    ($sql:expr, $select:expr) => {
        match $sql.dialect() {
            Dialect::Sqlite => concat!($select, " IN (SELECT value FROM json_each(?1))"),
            Dialect::Postgres => concat!($select, " = ANY(?1)"),
        }
    };
}

fn heads(sql: &dyn Transaction, known: &[(RoomId, Seq)]) -> Result<Vec<(RoomId, Seq)>, Failure> {
    let select = among!(sql, "SELECT id, head_seq FROM rooms WHERE id");
    let rooms: Vec<_> = known.iter().map(|(room, _)| room.0).collect();
    let known: HashMap<_, _> = known.iter().copied().collect();
    let mut heads = sql.all(select, values![&rooms[..]], |row| Ok((row.get(0)?, row.get(1)?)))?;
    heads.retain(|(room, head)| known.get(room).is_some_and(|seq| head > seq));
    Ok(heads)
}

fn standings(sql: &dyn Transaction, sessions: &[(UserId, SessionId)]) -> Result<Vec<Standing>, Failure> {
    let select = among!(
        sql,
        "SELECT sessions.id, users.renames, users.id, users.name, coalesce(users.role, users.kind),
            coalesce((SELECT revision FROM settings WHERE settings.user_id = users.id), CAST(0 AS BIGINT))
         FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE users.removed_at IS NULL AND sessions.id"
    );
    let asked: HashSet<_> = sessions.iter().copied().collect();
    let sessions: Vec<_> = sessions.iter().map(|(_, session)| session.0).collect();
    let mut standings = sql.all(select, values![&sessions[..]], |row| {
        Ok(Standing {
            session: row.get(0)?,
            user: read_user(row, 2)?,
            renames: row.get(1)?,
            rooms: Vec::new(),
            settings: row.get(5)?,
        })
    })?;
    standings.retain(|standing| asked.contains(&(standing.user.id, standing.session)));
    let users: HashSet<_> = standings.iter().map(|standing| standing.user.id).collect();
    let rooms = rooms_of(sql, &users)?;
    for standing in &mut standings {
        standing.rooms = rooms.get(&standing.user.id).cloned().unwrap_or_default();
    }
    Ok(standings)
}

/// The rooms that each of these people is in.
fn rooms_of(
    sql: &dyn Transaction,
    users: &HashSet<UserId>,
) -> Result<HashMap<UserId, Vec<RoomOverview>>, Failure> {
    // Most have read everything: nothing is counted then.
    let select = among!(
        sql,
        concat!(
            "SELECT ",
            columns!(),
            ", members.user_id, CASE WHEN members.read_seq < rooms.head_seq THEN (",
            count_unread!("members.room_id", "members.user_id", "members.read_seq"),
            ") ELSE 0 END, CASE WHEN members.read_seq < rooms.head_seq THEN (",
            count_mentions!("members.room_id", "members.user_id", "members.read_seq"),
            ") ELSE 0 END, (",
            count_threads!(
                "members.room_id",
                "members.user_id",
                "members.threads_floor",
                "members.history_from"
            ),
            ")
             FROM members JOIN rooms ON rooms.id = members.room_id JOIN users ON users.id = members.user_id
             WHERE rooms.deleted_at IS NULL AND users.removed_at IS NULL AND members.user_id"
        )
    );
    let users: Vec<_> = users.iter().map(|user| user.0).collect();
    let found = sql.all(select, values![&users[..]], |row| {
        let user: UserId = row.get(found_room::COLUMNS)?;
        let unread = Unread {
            messages: row.get(found_room::COLUMNS + 1)?,
            mentions: row.get(found_room::COLUMNS + 2)?,
            threads: row.get(found_room::COLUMNS + 3)?,
        };
        Ok((user, FoundRoom::read_row(user, row)?, unread))
    })?;
    let conversations = found.iter().map(|(_, room, _)| room).filter(|room| room.kind.is_conversation());
    let people = people::of_all(sql, &conversations.map(|room| room.id).collect::<Vec<_>>())?;
    let mut rooms = HashMap::<_, Vec<_>>::new();
    for (user, room, unread) in found {
        let others = people.get(&room.id).into_iter().flatten().filter(|other| other.id != user);
        let room = room.completed(unread, others.cloned().collect());
        rooms.entry(user).or_default().push(room);
    }
    Ok(rooms)
}
