//! Conversations: rooms that are called by their people, of whom there is one for the same people.

use crate::found_room::stored_kind;
use crate::members::{self, Named};
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{blocks, events, others, people, rooms, sessions};
use chinwag_core::domain::permissions::{Action, RoomRole, check};
use chinwag_core::domain::{
    Actor, EventBody, Refusal, RoomChange, RoomId, RoomKind, RoomLabels, RoomOverview, UserId,
};
use chinwag_core::ports::RoomLimits;
use std::collections::BTreeSet;

/// The conversation of `user` with these others, if there is one.
pub(crate) fn find(
    sql: &dyn Transaction,
    user: UserId,
    others: &[UserId],
) -> Result<Option<RoomOverview>, Failure> {
    const SELECT: &str = "SELECT id FROM rooms WHERE direct_key = ?1 AND deleted_at IS NULL";
    let key = people::key(&everybody(user, others));
    match sql.first(SELECT, values![&key], |row| row.get::<RoomId>(0))? {
        Some(room) => Ok(Some(rooms::find(sql, user, &room.into())?.into_overview(sql)?)),
        None => Ok(None),
    }
}

/// Opens the conversation of the actor with these others.
pub(crate) fn open(
    write: &mut Write<'_>,
    actor: Actor,
    others: &[UserId],
    limits: RoomLimits,
) -> Result<RoomOverview, Failure> {
    const INSERT: &str = "
        INSERT INTO rooms (kind, direct_key, title, topic, sort_key, search_key, creator_id, created_at)
        VALUES (?1, ?2, '', '', '', '', ?3, ?4)
        ON CONFLICT DO NOTHING";
    let everybody = everybody(actor.user, others);
    // Whoever opens it at the same moment waits here.
    write.sql.lock(Lock::People(&everybody.iter().copied().collect::<Vec<_>>()))?;
    if let Some(found) = find(write.sql, actor.user, others)? {
        return Ok(found);
    }
    let kind = if others.len() == 1 { RoomKind::Direct } else { RoomKind::Group };
    let user = sessions::account(write.sql, actor.user)?;
    check(user.role, kind, None, Action::CreateRoom)?;
    if others::somebody(write.sql, actor.user, kind, limits).is_err() {
        return Err(Refusal::Forbidden.into());
    }
    check_limit(write.sql, actor.user, limits.conversations)?;
    let mut invited = Vec::new();
    for other in others {
        let other = others::somebody(write.sql, *other, kind, limits)?;
        others::check_limit(write.sql, &other, kind, limits)?;
        invited.push(other);
    }
    let key = people::key(&everybody);
    let id = write.sql.insert(INSERT, values![stored_kind(kind), &key, actor.user, write.now])?;
    let id = RoomId(id.ok_or_else(|| DatabaseError::conflict("the conversation is there by now"))?);
    let labels = RoomLabels { slug: None, title: String::new(), topic: String::new() };
    let created = EventBody::Room(RoomChange::Created(labels));
    events::append(write, id, actor.user, &user.name, created)?;
    let own = Named { id: actor.user, name: &user.name };
    members::admit(write, id, own, own, RoomRole::Member)?;
    for other in &invited {
        others::bring_in(write, id, other, own)?;
    }
    if let ([other], RoomKind::Direct) = (others, kind) {
        blocks::carry_over(write, id, actor.user, *other)?;
    }
    members::tell_of_joining(write, actor, id)?;
    rooms::find(write.sql, actor.user, &id.into())?.into_overview(write.sql)
}

/// Notes that the people of a room changed: a conversation of a few is none of these people any more.
pub(crate) fn note_change(sql: &dyn Transaction, room: RoomId) -> Result<(), DatabaseError> {
    const FREE: &str =
        "UPDATE rooms SET direct_key = NULL WHERE id = ?1 AND kind = 'group' AND direct_key IS NOT NULL";
    sql.execute(FREE, values![room])?;
    Ok(())
}

/// Refuses one who is in as many conversations as one may be. The caller holds the person.
pub(crate) fn check_limit(sql: &dyn Transaction, user: UserId, limit: u32) -> Result<(), Failure> {
    const COUNT: &str = "
        SELECT count(*) FROM members JOIN rooms ON rooms.id = members.room_id
        WHERE members.user_id = ?1 AND rooms.kind IN ('direct', 'group')";
    let rooms: u32 = sql.one(COUNT, values![user], |row| row.get(0))?;
    if rooms < limit { Ok(()) } else { Err(Refusal::RoomLimit { limit }.into()) }
}

fn everybody(user: UserId, others: &[UserId]) -> BTreeSet<UserId> {
    others.iter().copied().chain([user]).collect()
}
