//! What is looked up when news may have been lost, by nobody's eyes: it goes to those only who have the right to it already.

use crate::engine::{Engine, SqlStore};
use crate::sql::{Failure, Transaction, values};
use crate::{events, room_list};
use chinwag_core::domain::{RoomEvent, RoomId, Seq, SessionId, User, UserId};
use chinwag_core::ports::{Recovery, Standing, StoreFuture};

impl<E: Engine> Recovery for SqlStore<E> {
    fn missed_events(&self, room: RoomId, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>> {
        self.0.read("missed_events", move |sql| events::events_after(sql, room, after, limit))
    }

    fn heads(&self, known: Vec<(RoomId, Seq)>) -> StoreFuture<Vec<(RoomId, Seq)>> {
        self.0.read("heads", move |sql| heads(sql, &known))
    }

    fn standings(&self, sessions: Vec<(UserId, SessionId)>) -> StoreFuture<Vec<Standing>> {
        self.0.read("standings", move |sql| standings(sql, &sessions))
    }
}

fn heads(sql: &dyn Transaction, known: &[(RoomId, Seq)]) -> Result<Vec<(RoomId, Seq)>, Failure> {
    const HEAD: &str = "SELECT head_seq FROM rooms WHERE id = ?1 AND head_seq > ?2";
    let mut ahead = Vec::new();
    for (room, seq) in known {
        let head: Option<Seq> = sql.first(HEAD, values![*room, *seq], |row| row.get(0))?;
        ahead.extend(head.map(|head| (*room, head)));
    }
    Ok(ahead)
}

fn standings(sql: &dyn Transaction, sessions: &[(UserId, SessionId)]) -> Result<Vec<Standing>, Failure> {
    const STANDING: &str = "
        SELECT users.id, users.name, users.guest, users.renames
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.id = ?1 AND users.id = ?2 AND users.removed_at IS NULL";
    let mut standings = Vec::new();
    for (user, session) in sessions {
        let found = sql.first(STANDING, values![*session, *user], |row| {
            Ok((User { id: row.get(0)?, name: row.get(1)?, guest: row.get(2)? }, row.get(3)?))
        })?;
        if let Some((user, renames)) = found {
            let rooms = room_list::joined(sql, user.id)?;
            standings.push(Standing { session: *session, user, renames, rooms });
        }
    }
    Ok(standings)
}
