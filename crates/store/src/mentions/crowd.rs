//! Messages that mention many people at once: all members of the room, or those who are present.

use super::among;
use crate::found_room::FoundRoom;
use crate::sql::{Dialect, Failure, values};
use crate::write::Write;
use chinwag_core::domain::permissions::{Action, SMALL_ROOM};
use chinwag_core::domain::{Crowd, Refusal, RoomId, Seq, UserId, crowd_in};

/// Refuses a text that mentions many where the person may not.
pub(crate) fn check(room: &FoundRoom, text: &str) -> Result<(), Refusal> {
    if crowd_in(text).is_none() {
        return Ok(());
    }
    let action = if room.members <= SMALL_ROOM { Action::MentionRoom } else { Action::MentionLargeRoom };
    room.check(action).map_err(|_| Refusal::MayNotMentionAll)
}

/// Notes that the message of `author` at `seq` mentions many since `at`, if its text does. `here` are those who are present.
pub(crate) fn note(
    write: &Write<'_>,
    room: RoomId,
    (seq, at): (Seq, Seq),
    author: UserId,
    (text, here): (&str, &[UserId]),
) -> Result<(), Failure> {
    const ALL: &str = "
        INSERT INTO room_mentions (room_id, at_seq, seq)
        SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM room_mentions WHERE room_id = ?1 AND seq = ?3)";
    match crowd_in(text) {
        None => {}
        Some(Crowd::Room) => _ = write.sql.execute(ALL, values![room, at, seq])?,
        Some(Crowd::Here) => {
            let present = among!(
                write.sql,
                "INSERT INTO mentions (user_id, room_id, at_seq, seq, here)
                 SELECT members.user_id, members.room_id, ?3, ?4, 1 FROM members
                 WHERE members.room_id = ?1 AND members.user_id <> ?5
                     AND NOT EXISTS (SELECT 1 FROM mentions
                         WHERE mentions.room_id = ?1 AND mentions.seq = ?4 AND mentions.user_id = members.user_id)
                     AND members.user_id"
            );
            let here: Vec<_> = here.iter().map(|user| user.0).collect();
            write.sql.execute(present, values![room, &here[..], at, seq, author])?;
        }
    }
    Ok(())
}

/// Notes the same after an edit. Who is present is asked once, when it is said: an edit calls nobody else.
pub(crate) fn renew(
    write: &Write<'_>,
    room: RoomId,
    (seq, at): (Seq, Seq),
    author: UserId,
    text: &str,
) -> Result<(), Failure> {
    const NOT_ALL: &str = "DELETE FROM room_mentions WHERE room_id = ?1 AND seq = ?2";
    const NOT_HERE: &str = "DELETE FROM mentions WHERE room_id = ?1 AND seq = ?2 AND here = 1";
    let now = crowd_in(text);
    if now != Some(Crowd::Room) {
        write.sql.execute(NOT_ALL, values![room, seq])?;
    }
    if now != Some(Crowd::Here) {
        write.sql.execute(NOT_HERE, values![room, seq])?;
    }
    note(write, room, (seq, at), author, (text, &[]))
}
