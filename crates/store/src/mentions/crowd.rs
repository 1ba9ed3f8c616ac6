//! Messages that mention many people at once: all members of the room, those who are present, or groups.

use super::{CalledBy, among};
use crate::found_room::FoundRoom;
use crate::sql::{Dialect, Failure, Transaction, values};
use crate::user_groups;
use crate::write::Write;
use chinwag_core::domain::permissions::{Action, SMALL_ROOM};
use chinwag_core::domain::{Crowd, GroupName, Refusal, RoomId, Seq, UserId, crowd_in, groups_in};

/// Refuses a text that mentions many where the person may not.
pub(crate) fn check(room: &FoundRoom, text: &str) -> Result<(), Refusal> {
    if crowd_in(text).is_some() {
        let action = if room.members <= SMALL_ROOM { Action::MentionRoom } else { Action::MentionLargeRoom };
        room.check(action).map_err(|_| Refusal::MayNotMentionAll)?;
    }
    if !groups_in(text).is_empty() {
        room.check(Action::MentionGroup).map_err(|_| Refusal::MayNotMentionGroups)?;
    }
    Ok(())
}

/// Whether one text mentions no other many than another one did.
pub(crate) fn adds_none(before: &str, after: &str) -> bool {
    let had = groups_in(before);
    crowd_in(before) == crowd_in(after) && groups_in(after).iter().all(|group| had.contains(group))
}

/// The members of the room who are in one of these groups, as far as there are such groups.
pub(super) fn grouped(
    sql: &dyn Transaction,
    room: RoomId,
    names: &[GroupName],
) -> Result<Vec<UserId>, Failure> {
    let mut groups = Vec::new();
    for name in names {
        groups.extend(user_groups::find(sql, name)?);
    }
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let select = among!(
        sql,
        "SELECT DISTINCT members.user_id FROM user_group_members AS held
         JOIN members ON members.room_id = ?1 AND members.user_id = held.user_id
         WHERE held.group_id"
    );
    Ok(sql.all(select, values![room, &groups[..]], |row| row.get(0))?)
}

/// Notes that the message of `author` at `seq` mentions many since `at`, if its text does. `here` are those who are present.
pub(crate) fn note(
    write: &Write<'_>,
    room: RoomId,
    (seq, at): (Seq, Seq),
    author: UserId,
    (text, here): (&str, &[UserId]),
) -> Result<(), Failure> {
    let place = (room, seq, at);
    note_all(write, place, author, (&grouped(write.sql, room, &groups_in(text))?, CalledBy::Group))?;
    note_crowd(write, place, author, (text, here))
}

/// The same of those who are called without a group.
pub(super) fn note_crowd(
    write: &Write<'_>,
    place: (RoomId, Seq, Seq),
    author: UserId,
    (text, here): (&str, &[UserId]),
) -> Result<(), Failure> {
    const ALL: &str = "
        INSERT INTO room_mentions (room_id, at_seq, seq)
        SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM room_mentions WHERE room_id = ?1 AND seq = ?3)";
    let (room, seq, at) = place;
    match crowd_in(text) {
        None => Ok(()),
        Some(Crowd::Room) => Ok(write.sql.execute(ALL, values![room, at, seq]).map(|_| ())?),
        Some(Crowd::Here) => note_all(write, place, author, (here, CalledBy::Presence)),
    }
}

/// Notes those of these people who are members, but the author, and are not mentioned by the message already.
pub(super) fn note_all(
    write: &Write<'_>,
    (room, seq, at): (RoomId, Seq, Seq),
    author: UserId,
    (people, called_by): (&[UserId], CalledBy),
) -> Result<(), Failure> {
    if people.is_empty() {
        return Ok(());
    }
    let insert = among!(
        write.sql,
        "INSERT INTO mentions (user_id, room_id, at_seq, seq, called_by)
         SELECT members.user_id, members.room_id, ?3, ?4, ?6 FROM members
         WHERE members.room_id = ?1 AND members.user_id <> ?5
             AND NOT EXISTS (SELECT 1 FROM mentions
                 WHERE mentions.room_id = ?1 AND mentions.seq = ?4 AND mentions.user_id = members.user_id)
             AND members.user_id"
    );
    let people: Vec<_> = people.iter().map(|user| user.0).collect();
    write.sql.execute(insert, values![room, &people[..], at, seq, author, called_by.stored()])?;
    Ok(())
}

/// Has a message mention all members only if its text still does.
pub(super) fn renew_all(write: &Write<'_>, room: RoomId, seq: Seq, text: &str) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM room_mentions WHERE room_id = ?1 AND seq = ?2";
    if crowd_in(text) != Some(Crowd::Room) {
        write.sql.execute(DELETE, values![room, seq])?;
    }
    Ok(())
}
