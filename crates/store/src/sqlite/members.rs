use super::failure::Failure;
use super::found_room::FoundRoom;
use super::write::Write;
use super::{SqliteStore, events, history, rooms};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, EventBody, MemberChange, MembersPage, Refusal, RoomId, RoomReference, RoomSnapshot, Seq, User,
    UserId,
};
use chinwag_core::ports::{Members, StoreFuture, UserEvent};
use rusqlite::Connection;

impl Members for SqliteStore {
    fn join(
        &self,
        actor: Actor,
        room: RoomReference,
        rooms_per_person: u32,
        limit: u32,
        members: u32,
    ) -> StoreFuture<RoomSnapshot> {
        self.write("join", move |write| {
            join(write, actor, &room, rooms_per_person)?;
            history::snapshot(write.connection, actor.user, &room, limit, members)
        })
    }

    fn leave(&self, actor: Actor, room: RoomId) -> StoreFuture<()> {
        self.write("leave", move |write| leave(write, actor, room))
    }

    fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()> {
        self.write("mark_read", move |write| mark_read(write, actor, room, seq))
    }

    fn members(
        &self,
        user: UserId,
        room: RoomId,
        after: Option<String>,
        limit: u32,
    ) -> StoreFuture<MembersPage> {
        self.read("members", move |connection| {
            let room = rooms::find(connection, user, &room.into())?;
            room.check(Action::ListMembers)?;
            page(connection, &room, after.as_deref(), limit)
        })
    }
}

/// Refuses one who is in as many rooms as one may be.
pub(super) fn check_limit(connection: &Connection, user: UserId, limit: u32) -> Result<(), Failure> {
    const COUNT: &str = "SELECT count(*) FROM members WHERE user_id = ?1";
    let rooms: u32 = connection.prepare_cached(COUNT)?.query_row([user.0], |row| row.get(0))?;
    if rooms < limit { Ok(()) } else { Err(Refusal::RoomLimit { limit }.into()) }
}

/// Makes `user` a member of `room`. What was said before counts as read.
pub(super) fn admit(write: &mut Write<'_>, room: RoomId, user: UserId, name: &str) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO members (room_id, user_id, name_key, joined_at, read_seq)
        SELECT ?1, id, name_key, ?3, ?4 FROM users WHERE id = ?2";
    let joined = EventBody::own_membership(user, name, MemberChange::Joined);
    let seq = events::append(write, room, user, name, joined)?;
    write.connection.prepare_cached(INSERT)?.execute((room.0, user.0, write.now.0, seq.0))?;
    Ok(())
}

/// Ends a membership.
pub(super) fn dismiss(write: &mut Write<'_>, room: RoomId, user: UserId, name: &str) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM members WHERE room_id = ?1 AND user_id = ?2";
    write.connection.prepare_cached(DELETE)?.execute((room.0, user.0))?;
    events::append(write, room, user, name, EventBody::own_membership(user, name, MemberChange::Left))?;
    Ok(())
}

/// The rooms that `user` is a member of.
pub(super) fn rooms_of(connection: &Connection, user: UserId) -> Result<Vec<RoomId>, Failure> {
    const SELECT: &str = "SELECT room_id FROM members WHERE user_id = ?1 ORDER BY room_id";
    let mut select = connection.prepare_cached(SELECT)?;
    let rooms = select.query_map([user.0], |row| row.get(0).map(RoomId))?;
    Ok(rooms.collect::<Result<_, _>>()?)
}

/// Tells the actor's other connections of a membership that began.
pub(super) fn tell_of_joining(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<(), Failure> {
    let overview =
        rooms::find(write.connection, actor.user, &room.into())?.into_overview(write.connection)?;
    write.tell_other_devices(actor, UserEvent::MembershipBegan(Box::new(overview)));
    Ok(())
}

/// Moves the read marker of a member; the caller knows that it moves forward.
pub(super) fn set_read(connection: &Connection, room: RoomId, user: UserId, seq: Seq) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE members SET read_seq = ?3 WHERE room_id = ?1 AND user_id = ?2";
    connection.prepare_cached(UPDATE)?.execute((room.0, user.0, seq.0))?;
    Ok(())
}

fn join(
    write: &mut Write<'_>,
    actor: Actor,
    room: &RoomReference,
    rooms_per_person: u32,
) -> Result<(), Failure> {
    let room = rooms::find(write.connection, actor.user, room)?;
    let name = room.actor_name()?;
    if room.is_member() {
        return Ok(());
    }
    if room.check(Action::JoinRoom).is_err() {
        // Who is a member of nothing may be here all the same.
        return Ok(room.check(Action::ReadMessages)?);
    }
    check_limit(write.connection, actor.user, rooms_per_person)?;
    admit(write, room.id, actor.user, name)?;
    tell_of_joining(write, actor, room.id)
}

fn leave(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<(), Failure> {
    let room = rooms::find(write.connection, actor.user, &room.into())?;
    if room.is_member() {
        dismiss(write, room.id, actor.user, room.actor_name()?)?;
        write.tell_other_devices(actor, UserEvent::MembershipEnded(room.id));
    }
    Ok(())
}

fn mark_read(write: &mut Write<'_>, actor: Actor, room: RoomId, seq: Seq) -> Result<(), Failure> {
    let room = rooms::find(write.connection, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    let seq = seq.min(room.head);
    if room.read.is_some_and(|before| seq > before) {
        set_read(write.connection, room.id, actor.user, seq)?;
        write.tell_other_devices(actor, UserEvent::ReadMark { room: room.id, seq });
    }
    Ok(())
}

/// The page of at most `limit` members after the key `after`.
pub(super) fn page(
    connection: &Connection,
    room: &FoundRoom,
    after: Option<&str>,
    limit: u32,
) -> Result<MembersPage, Failure> {
    // No key is empty, so the empty text stands before the first.
    const SELECT: &str = "
        SELECT users.id, users.name, users.guest, members.name_key
        FROM members
        JOIN users ON users.id = members.user_id
        WHERE members.room_id = ?1 AND members.name_key > ?2
        ORDER BY members.name_key LIMIT ?3";
    if limit == 0 {
        return Ok(MembersPage { room: room.id, members: Vec::new(), next: None, count: room.members });
    }
    let mut select = connection.prepare_cached(SELECT)?;
    // One more than wanted tells whether there is a next page.
    let rows = select.query_map((room.id.0, after.unwrap_or_default(), i64::from(limit) + 1), |row| {
        Ok((
            User { id: UserId(row.get(0)?), name: row.get(1)?, guest: row.get(2)? },
            row.get::<_, String>(3)?,
        ))
    })?;
    let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|(_, key)| key.clone());
    let members = rows.into_iter().map(|(member, _)| member).collect();
    Ok(MembersPage { room: room.id, members, next, count: room.members })
}
