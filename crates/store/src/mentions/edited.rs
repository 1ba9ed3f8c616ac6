//! Whom a message mentions after an edit.

use super::{CalledBy, crowd, note};
use crate::sql::{Failure, values};
use crate::write::Write;
use chinwag_core::domain::{Crowd, Mentioned, RoomId, Seq, UserId, crowd_in, groups_in};
use std::collections::HashSet;

/// Notes whom the message of `author` at `seq` mentions after an edit at `at` from one text to another: who is mentioned no more is so no longer, and
/// whoever was stays so at the place where it began.
///
/// Whom a group or a presence means is asked once, when it is said: an edit that leaves it calls nobody else, and takes nobody back.
pub(crate) fn renew(
    write: &Write<'_>,
    room: RoomId,
    (seq, at): (Seq, Seq),
    author: UserId,
    people: &[Mentioned],
    (before, after): (&str, &str),
) -> Result<(), Failure> {
    const ROWS: &str = "SELECT user_id, called_by FROM mentions WHERE room_id = ?1 AND seq = ?2";
    const DELETE: &str = "DELETE FROM mentions WHERE room_id = ?1 AND seq = ?2 AND user_id = ?3";
    const UPDATE: &str =
        "UPDATE mentions SET called_by = ?4 WHERE room_id = ?1 AND seq = ?2 AND user_id = ?3";
    let (had, has) = (groups_in(before), groups_in(after));
    let in_group: HashSet<_> = crowd::grouped(write.sql, room, &has)?.into_iter().collect();
    let keeps_all = had.iter().all(|group| has.contains(group));
    let new: Vec<_> = has.into_iter().filter(|group| !had.contains(group)).collect();
    let rows: Vec<(UserId, i64)> =
        write.sql.all(ROWS, values![room, seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (user, stored) in rows {
        let was = CalledBy::read(stored)?;
        let is = if people.iter().any(|person| person.user == user) {
            Some(CalledBy::Name)
        } else if in_group.contains(&user) || (keeps_all && was == CalledBy::Group) {
            Some(CalledBy::Group)
        } else {
            (was == CalledBy::Presence && crowd_in(after) == Some(Crowd::Here)).then_some(was)
        };
        match is {
            None => _ = write.sql.execute(DELETE, values![room, seq, user])?,
            Some(is) if is != was => _ = write.sql.execute(UPDATE, values![room, seq, user, is.stored()])?,
            Some(_) => {}
        }
    }
    note(write, room, (seq, at), people)?;
    let called = crowd::grouped(write.sql, room, &new)?;
    crowd::note_all(write, (room, seq, at), author, (&called, CalledBy::Group))?;
    crowd::renew_all(write, room, seq, after)?;
    crowd::note_crowd(write, (room, seq, at), author, (after, &[]))
}
