//! What one does with the memberships of others: bringing them in, removing them, giving them roles.

use crate::found_room::{FoundRoom, read_role, stored_role};
use crate::members::{self, Named};
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, values};
use crate::write::Write;
use crate::{audit, conversations, events, rooms, sanctions, sessions, standing};
use chinwag_core::domain::permissions::{Action, RoomRole, ServerRole, may_belong};
use chinwag_core::domain::{
    Actor, AuditAction, EventBody, GROUP_SIZE, MemberChange, Refusal, RoomId, RoomKind, Seq, User, UserId,
};
use chinwag_core::ports::{RoomLimits, UserEvent};

/// Makes `user` a member.
pub(crate) fn add(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    user: UserId,
    limits: RoomLimits,
) -> Result<(), Failure> {
    write.sql.lock(Lock::People(&[actor.user, user]))?;
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    let by = Named { id: actor.user, name: room.actor_name()? };
    room.check(Action::AddMember)?;
    let subject = somebody(write.sql, user, room.kind, limits)?;
    if find(write.sql, room.id, user)?.is_some() {
        return Ok(());
    }
    if room.kind == RoomKind::Group && room.members >= GROUP_SIZE as u64 {
        return Err(Refusal::RoomFull { limit: GROUP_SIZE }.into());
    }
    sanctions::check_bringing(write, room.id, user, &subject.name)?;
    check_limit(write.sql, &subject, room.kind, limits)?;
    bring_in(write, room.id, &subject, by)?;
    Ok(conversations::note_change(write.sql, room.id)?)
}

/// Makes `subject` a member, whom the caller holds with the room, and tells all of the person's connections.
pub(crate) fn bring_in(
    write: &mut Write<'_>,
    room: RoomId,
    subject: &User,
    by: Named<'_>,
) -> Result<(), Failure> {
    members::admit(write, room, Named { id: subject.id, name: &subject.name }, by, RoomRole::Member)?;
    let overview = rooms::find(write.sql, subject.id, &room.into())?.into_overview(write.sql)?;
    write.tell_person(subject.id, UserEvent::MembershipBegan(Box::new(overview)));
    Ok(())
}

/// Somebody whom the caller holds and who may be in a room of this kind.
pub(crate) fn somebody(
    sql: &dyn Transaction,
    user: UserId,
    kind: RoomKind,
    limits: RoomLimits,
) -> Result<User, Failure> {
    let found = sessions::find_account(sql, user)?;
    let may_come = found.filter(|found| may_belong(found.role, kind, limits.guests));
    Ok(may_come.ok_or(Refusal::UserNotFound(user))?)
}

/// Refuses when `subject` is in as many rooms, or conversations, as one may be.
pub(crate) fn check_limit(
    sql: &dyn Transaction,
    subject: &User,
    kind: RoomKind,
    limits: RoomLimits,
) -> Result<(), Failure> {
    let checked = if kind.is_conversation() {
        conversations::check_limit(sql, subject.id, limits.conversations)
    } else {
        members::check_limit(sql, subject.id, limits.per_person)
    };
    checked.map_err(|failure| match failure {
        Failure::Refused(Refusal::RoomLimit { limit }) => {
            Refusal::TheirRoomLimit { name: subject.name.clone(), limit }.into()
        }
        Failure::Refused(_) | Failure::Database(_) => failure,
    })
}

/// Gives `user` a role.
pub(crate) fn set_role(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    user: UserId,
    role: RoomRole,
) -> Result<(), Failure> {
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    let by = Named { id: actor.user, name: room.actor_name()? };
    room.check(Action::SetRole)?;
    let subject = find(write.sql, room.id, user)?.ok_or(Refusal::UserNotFound(user))?;
    if subject.role == Some(role) {
        return Ok(());
    }
    if subject.role == Some(RoomRole::Owner) && !has_other_owner(write.sql, &room, user)? {
        return Err(Refusal::LastOwner.into());
    }
    let at = change_role(write, room.id, Named { id: user, name: &subject.name }, by, role)?;
    audit::note_about(write, (AuditAction::RoleChanged, room.id, at), user, by, None)
}

fn change_role(
    write: &mut Write<'_>,
    room: RoomId,
    subject: Named<'_>,
    by: Named<'_>,
    role: RoomRole,
) -> Result<Seq, Failure> {
    const UPDATE: &str = "UPDATE members SET role = ?3 WHERE room_id = ?1 AND user_id = ?2";
    write.sql.execute(UPDATE, values![room, subject.id, stored_role(role)])?;
    let changed = EventBody::membership_of((subject.id, subject.name), MemberChange::RoleChanged { role });
    events::append(write, room, by.id, by.name, changed)
}

/// Gives a room whose owner is gone to the one who has been there longest, a moderator first, unless it has another owner.
pub(crate) fn find_successor(write: &mut Write<'_>, room: RoomId, gone: Named<'_>) -> Result<(), Failure> {
    const FIRST: &str = "
        SELECT members.role, users.name, coalesce(users.role, users.kind), members.user_id FROM members JOIN users ON users.id = members.user_id
        WHERE members.room_id = ?1
        ORDER BY CASE members.role WHEN 'owner' THEN 0 WHEN 'moderator' THEN 1 ELSE 2 END, members.joined_at,
                 members.user_id
        LIMIT 1";
    let first =
        write.sql.first(FIRST, values![room], |row| Ok((Subject::read(row)?, row.get::<UserId>(3)?)))?;
    match first {
        Some((subject, id)) if subject.role != Some(RoomRole::Owner) => {
            change_role(write, room, Named { id, name: &subject.name }, gone, RoomRole::Owner)?;
            Ok(())
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether a room that `user` made has nobody whose it is.
pub(crate) fn is_its_own_again(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<bool, Failure> {
    const IS_CREATOR: &str = "SELECT 1 FROM rooms WHERE id = ?1 AND creator_id = ?2";
    Ok(sql.exists(IS_CREATOR, values![room, user])? && !has_owner(sql, room)?)
}

/// Whether a room is somebody's.
pub(crate) fn has_owner(sql: &dyn Transaction, room: RoomId) -> Result<bool, Failure> {
    const HAS_OWNER: &str =
        "SELECT 1 FROM members WHERE room_id = ?1 AND role = 'owner' AND role <> 'member'";
    Ok(sql.exists(HAS_OWNER, values![room])?)
}

fn has_other_owner(sql: &dyn Transaction, room: &FoundRoom, user: UserId) -> Result<bool, Failure> {
    const EXISTS: &str =
        "SELECT 1 FROM members WHERE room_id = ?1 AND role = 'owner' AND role <> 'member' AND user_id <> ?2";
    Ok(sql.exists(EXISTS, values![room.id, user])?)
}

/// Moderators and owners that are told of a room at most.
const STAFF: u32 = 200;

/// The moderators and owners of a room.
pub(crate) fn staff(sql: &dyn Transaction, room: RoomId) -> Result<Vec<(UserId, RoomRole)>, Failure> {
    const SELECT: &str =
        "SELECT role, user_id FROM members WHERE room_id = ?1 AND role <> 'member' ORDER BY user_id LIMIT ?2";
    Ok(sql.all(SELECT, values![room, STAFF], |row| Ok((row.get(1)?, read_role(row.text(0)?)?)))?)
}

/// Somebody about whom something is done.
pub(crate) struct Subject {
    /// None for one who is no member.
    pub(crate) role: Option<RoomRole>,
    pub(crate) server: ServerRole,
    pub(crate) name: String,
}

impl Subject {
    fn read(row: Row<'_>) -> Result<Self, DatabaseError> {
        let server = standing::parse(row.text(2)?)?.1;
        Ok(Self { role: Some(read_role(row.text(0)?)?), server, name: row.get(1)? })
    }
}

/// A member.
pub(crate) fn find(sql: &dyn Transaction, room: RoomId, user: UserId) -> Result<Option<Subject>, Failure> {
    const SELECT: &str = "
        SELECT members.role, users.name, coalesce(users.role, users.kind)
        FROM members JOIN users ON users.id = members.user_id
        WHERE members.room_id = ?1 AND members.user_id = ?2";
    Ok(sql.first(SELECT, values![room, user], Subject::read)?)
}

/// A member, or anybody else who has an account.
pub(crate) fn or_nobody(
    sql: &dyn Transaction,
    member: Option<Subject>,
    user: UserId,
) -> Result<Subject, Failure> {
    match member {
        Some(member) => Ok(member),
        None => nobody_there(sql, user),
    }
}

/// Somebody who is no member.
fn nobody_there(sql: &dyn Transaction, user: UserId) -> Result<Subject, Failure> {
    let found = sessions::find_account(sql, user)?.ok_or(Refusal::UserNotFound(user))?;
    Ok(Subject { role: None, server: found.role, name: found.name })
}
