use crate::engine::{Engine, SqlStore};
use crate::found_room::{FoundRoom, read_kind, read_role, stored_role};
use crate::room_settings::read_history;
use crate::sql::{Failure, Lock, Transaction, place, values};
use crate::standing::{read_user, user_columns};
use crate::write::Write;
use crate::{
    activity, conversations, drafts, events, history, others, own_settings, rooms, sanctions, threads,
};
use chinwag_core::domain::permissions::{Action, RoomRole, SMALL_ROOM};
use chinwag_core::domain::{
    Actor, Bans, EventBody, MemberChange, MembersPage, Moderation, Reader, Refusal, RoomId, RoomKind,
    RoomOverview, RoomReference, RoomSnapshot, Seq, UserId,
};
use chinwag_core::ports::{Members, RoomLimits, Settling, StoreFuture, UserEvent};

impl<E: Engine> Members for SqlStore<E> {
    fn join(
        &self,
        actor: Actor,
        room: RoomReference,
        rooms_per_person: u32,
        limit: u32,
        members: u32,
    ) -> StoreFuture<RoomSnapshot> {
        self.0.write("join", move |write| {
            let Joined { room, is_new } = join(write, actor, &room, rooms_per_person)?;
            // Not by the address: another room may have taken it meanwhile.
            let snapshot = history::snapshot(write.sql, actor.user, &room.into(), limit, members)?;
            if is_new {
                tell_of_membership(write, actor, snapshot.room.clone());
            }
            Ok(snapshot)
        })
    }

    fn add_member(&self, actor: Actor, room: RoomId, user: UserId, limits: RoomLimits) -> StoreFuture<()> {
        self.0.write("add_member", move |write| others::add(write, actor, room, user, limits))
    }

    fn moderate(
        &self,
        actor: Actor,
        room: RoomId,
        user: UserId,
        what: Moderation,
    ) -> StoreFuture<Vec<Settling>> {
        self.0.write("moderate", move |write| sanctions::moderate(write, actor, room, user, &what))
    }

    fn bans(&self, user: UserId, room: RoomId) -> StoreFuture<Bans> {
        self.0.read("bans", move |sql| sanctions::bans(sql, user, room))
    }

    fn set_role(&self, actor: Actor, room: RoomId, user: UserId, role: RoomRole) -> StoreFuture<()> {
        self.0.write("set_role", move |write| others::set_role(write, actor, room, user, role))
    }

    fn leave(&self, actor: Actor, room: RoomId) -> StoreFuture<Vec<Settling>> {
        self.0.write("leave", move |write| leave(write, actor, room))
    }

    fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()> {
        self.0.mark_read(actor, room, seq)
    }

    fn mark_unread(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()> {
        self.0.write("mark_unread", move |write| mark_unread(write, actor, room, seq))
    }

    fn reads(&self, user: UserId, room: RoomId) -> StoreFuture<Vec<Reader>> {
        self.0.read("reads", move |sql| reads(sql, user, room))
    }

    fn members(
        &self,
        user: UserId,
        room: RoomId,
        after: Option<String>,
        limit: u32,
    ) -> StoreFuture<MembersPage> {
        self.0.read("members", move |sql| {
            let room = rooms::find(sql, user, &room.into())?;
            room.check(Action::ListMembers)?;
            page(sql, &room, after.as_deref(), limit)
        })
    }
}

/// Refuses one who is in as many rooms as one may be. The caller holds the person.
pub(crate) fn check_limit(sql: &dyn Transaction, user: UserId, limit: u32) -> Result<(), Failure> {
    const COUNT: &str = "
        SELECT count(*) FROM members JOIN rooms ON rooms.id = members.room_id
        WHERE members.user_id = ?1 AND rooms.kind IN ('public', 'private')";
    let rooms: u32 = sql.one(COUNT, values![user], |row| row.get(0))?;
    if rooms < limit { Ok(()) } else { Err(Refusal::RoomLimit { limit }.into()) }
}

/// A person as a log names one.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) id: UserId,
    pub(crate) name: &'a str,
}

/// Makes `user` a member of `room`, brought in by `by`; the caller holds both. What was said before counts as read, and the room says
/// whether it can be.
pub(crate) fn admit(
    write: &mut Write<'_>,
    room: RoomId,
    user: Named<'_>,
    by: Named<'_>,
    role: RoomRole,
) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO members (room_id, user_id, name_key, role, joined_at, read_seq, threads_floor, history_from, muted_until)
        SELECT ?1, id, name_key, ?3, ?4, ?5, ?5, ?6, ?7 FROM users WHERE id = ?2";
    const OPEN: &str = "SELECT history, open_from, sanctions FROM rooms WHERE id = ?1";
    const COUNT: &str = "UPDATE rooms SET members = members + 1 WHERE id = ?1";
    let joined = EventBody::membership_of((user.id, user.name), MemberChange::Joined);
    let seq = events::append(write, room, by.id, by.name, joined)?;
    let (history, open_from, sanctions) = write
        .sql
        .one(OPEN, values![room], |row| Ok((read_history(row.text(0)?)?, row.get(1)?, row.get::<i64>(2)?)))?;
    let first = history.first_for_newcomer(open_from, seq);
    // Leaving ends no silence.
    let muted = if sanctions > 0 { sanctions::muted_until(write.sql, room, user.id)? } else { None };
    write.sql.execute(INSERT, values![room, user.id, stored_role(role), write.now, seq, first, muted])?;
    write.sql.execute(COUNT, values![room])?;
    Ok(())
}

/// Ends a membership that there is, for `by`; the caller holds the room. Answers at which place of the log.
pub(crate) fn dismiss(
    write: &mut Write<'_>,
    room: RoomId,
    user: Named<'_>,
    by: Named<'_>,
) -> Result<Seq, Failure> {
    dismiss_with(write, room, user, by, MemberChange::Left)
}

/// The same, told as this change.
pub(crate) fn dismiss_with(
    write: &mut Write<'_>,
    room: RoomId,
    user: Named<'_>,
    by: Named<'_>,
    change: MemberChange,
) -> Result<Seq, Failure> {
    const SELECT: &str = "
        SELECT rooms.kind, rooms.members, members.role FROM members JOIN rooms ON rooms.id = members.room_id
        WHERE members.room_id = ?1 AND members.user_id = ?2";
    const DELETE: &str = "DELETE FROM members WHERE room_id = ?1 AND user_id = ?2";
    const COUNT: &str = "UPDATE rooms SET members = members - 1 WHERE id = ?1";
    let (kind, members, role) = write.sql.one(SELECT, values![room, user.id], |row| {
        Ok((read_kind(row.text(0)?)?, row.get::<i64>(1)?, read_role(row.text(2)?)?))
    })?;
    if kind == RoomKind::Private && role == RoomRole::Owner {
        // Another membership may change with this one.
        write.sql.lock(Lock::Members(room))?;
    }
    write.sql.execute(DELETE, values![room, user.id])?;
    threads::forget_member(write.sql, room, user.id)?;
    drafts::forget_member(write, room, user.id)?;
    own_settings::forget_member(write.sql, room, user.id)?;
    activity::forget_member(write.sql, room, user.id)?;
    write.sql.execute(COUNT, values![room])?;
    let left = EventBody::membership_of((user.id, user.name), change);
    let at = events::append(write, room, by.id, by.name, left)?;
    conversations::note_change(write.sql, room)?;
    match kind {
        RoomKind::Public => {}
        // Nobody finds it any more.
        _ if members <= 1 => {
            rooms::end(write, room, by.id, by.name)?;
        }
        RoomKind::Private if role == RoomRole::Owner => others::find_successor(write, room, user)?,
        RoomKind::Private | RoomKind::Direct | RoomKind::Group => {}
    }
    Ok(at)
}

/// The rooms that `user` is a member of.
pub(crate) fn rooms_of(sql: &dyn Transaction, user: UserId) -> Result<Vec<RoomId>, Failure> {
    const SELECT: &str = "SELECT room_id FROM members WHERE user_id = ?1 ORDER BY room_id";
    Ok(sql.all(SELECT, values![user], |row| row.get(0))?)
}

/// Holds people and the rooms that they are in: nobody comes to be in a room without being held.
pub(crate) fn hold_with_rooms(sql: &dyn Transaction, people: &[UserId]) -> Result<(), Failure> {
    if sql.is_alone() {
        return Ok(());
    }
    sql.lock(Lock::People(people))?;
    let mut rooms = Vec::new();
    for user in people {
        rooms.extend(rooms_of(sql, *user)?);
    }
    Ok(sql.lock(Lock::Rooms(&rooms))?)
}

/// Tells the actor's other connections of a membership that began.
pub(crate) fn tell_of_joining(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<(), Failure> {
    let overview = rooms::find(write.sql, actor.user, &room.into())?.into_overview(write.sql)?;
    tell_of_membership(write, actor, overview);
    Ok(())
}

fn tell_of_membership(write: &mut Write<'_>, actor: Actor, room: RoomOverview) {
    write.tell_other_devices(actor, UserEvent::MembershipBegan(Box::new(room)));
}

/// Moves the read marker of a member forward. Answers whether it was further back.
pub(crate) fn set_read(sql: &dyn Transaction, room: RoomId, user: UserId, seq: Seq) -> Result<bool, Failure> {
    const UPDATE: &str =
        "UPDATE members SET read_seq = ?3 WHERE room_id = ?1 AND user_id = ?2 AND read_seq < ?3";
    Ok(sql.execute(UPDATE, values![room, user, seq])? == 1)
}

/// Notes that a member wrote the last message of the log: it is read up to there, at `seq`, if the message was said in the room.
pub(crate) fn note_message(
    write: &Write<'_>,
    room: RoomId,
    user: UserId,
    seq: Option<Seq>,
) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE members SET read_seq = coalesce(?3, read_seq), wrote_at = ?4 WHERE room_id = ?1 AND user_id = ?2";
    write.sql.execute(UPDATE, values![room, user, seq, write.now])?;
    Ok(())
}

/// The room that somebody came into.
struct Joined {
    room: RoomId,
    /// Whether a membership began, of which the person's other connections are to be told.
    is_new: bool,
}

fn join(
    write: &mut Write<'_>,
    actor: Actor,
    room: &RoomReference,
    rooms_per_person: u32,
) -> Result<Joined, Failure> {
    write.sql.lock(Lock::People(&[actor.user]))?;
    let room = rooms::hold(write.sql, actor.user, room)?;
    let name = room.actor_name()?;
    if room.is_member() {
        return Ok(Joined { room: room.id, is_new: false });
    }
    if let Err(refusal) = room.check(Action::JoinRoom) {
        // Who is a member of nothing may be here all the same.
        check_coming(write, &room, actor.user)?;
        room.check(Action::ReadMessages).map_err(|_| refusal)?;
        return Ok(Joined { room: room.id, is_new: false });
    }
    check_coming(write, &room, actor.user)?;
    check_limit(write.sql, actor.user, rooms_per_person)?;
    let role = if others::is_its_own_again(write.sql, room.id, actor.user)? {
        RoomRole::Owner
    } else {
        RoomRole::Member
    };
    let own = Named { id: actor.user, name };
    admit(write, room.id, own, own, role)?;
    Ok(Joined { room: room.id, is_new: true })
}

/// Refuses one who is banned. Hardly anybody is, which the room has told already.
fn check_coming(write: &Write<'_>, room: &FoundRoom, user: UserId) -> Result<(), Failure> {
    if room.has_ban() { sanctions::check_coming(write, room.id, user) } else { Ok(()) }
}

fn leave(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<Vec<Settling>, Failure> {
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    if !room.is_member() {
        // It may have ended a moment ago, and not everywhere.
        return Ok(vec![Settling::Room(room.id, room.head)]);
    }
    room.check(Action::LeaveRoom)?;
    let own = Named { id: actor.user, name: room.actor_name()? };
    let at = dismiss(write, room.id, own, own)?;
    let is_gone = room.kind != RoomKind::Public;
    write.tell_other_devices(actor, UserEvent::MembershipEnded { room: room.id, at, is_gone });
    Ok(vec![Settling::Room(room.id, at)])
}

/// Moves a read marker. Nothing has to be held: the head only grows, and who left meanwhile has no marker to move.
pub(crate) fn mark_read(write: &mut Write<'_>, actor: Actor, room: RoomId, seq: Seq) -> Result<(), Failure> {
    let room = rooms::find(write.sql, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    let seq = seq.min(room.head);
    let moves = room.read.is_some_and(|before| seq > before);
    if moves && set_read(write.sql, room.id, actor.user, seq)? {
        write.tell_other_devices(
            actor,
            UserEvent::ReadMark { room: room.id, seq, is_shared: room.shares_reads() },
        );
    }
    Ok(())
}

fn mark_unread(write: &mut Write<'_>, actor: Actor, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const UPDATE: &str = "
        UPDATE members SET read_seq = ?3 WHERE room_id = ?1 AND user_id = ?2 AND read_seq <> ?3
            AND (history_from IS NULL OR history_from <= ?3 + 1)";
    let room = rooms::find(write.sql, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    let seq = Seq(seq.0.max(1) - 1);
    if seq >= room.head {
        return Ok(());
    }
    if write.sql.execute(UPDATE, values![room.id, actor.user, seq])? == 1 {
        write.tell_other_devices(actor, UserEvent::MarkedUnread { room: room.id, seq });
    }
    Ok(())
}

/// How far the others have read who share it; nobody in a room that is not small.
fn reads(sql: &dyn Transaction, user: UserId, room: RoomId) -> Result<Vec<Reader>, Failure> {
    const SELECT: &str = "
        SELECT members.user_id, members.read_seq, members.joined_at FROM members JOIN users ON users.id = members.user_id
        WHERE members.room_id = ?1 AND members.user_id <> ?2 AND users.share_reads = 1
        ORDER BY members.user_id";
    let room = rooms::find(sql, user, &room.into())?;
    room.check(Action::MarkRead)?;
    if room.members > SMALL_ROOM {
        return Ok(Vec::new());
    }
    Ok(sql.all(SELECT, values![room.id, user], |row| {
        Ok(Reader { user: row.get(0)?, read: row.get(1)?, since: row.get(2)? })
    })?)
}

/// The page of at most `limit` members after the key `after`.
pub(crate) fn page(
    sql: &dyn Transaction,
    room: &FoundRoom,
    after: Option<&str>,
    limit: u32,
) -> Result<MembersPage, Failure> {
    // No key is empty, so the empty text stands before the first.
    const SELECT: &str = concat!(
        "SELECT ",
        user_columns!(),
        ", members.name_key
         FROM members
         JOIN users ON users.id = members.user_id
         WHERE members.room_id = ?1 AND members.name_key > ?2
         ORDER BY members.name_key LIMIT ?3"
    );
    if limit == 0 {
        let (members, staff) = (Vec::new(), Vec::new());
        return Ok(MembersPage { room: room.id, members, next: None, count: room.members, staff });
    }
    // One more than wanted tells whether there is a next page.
    let parameters = values![room.id, place(after.unwrap_or_default()), i64::from(limit) + 1];
    let mut rows = sql.all(SELECT, parameters, |row| Ok((read_user(row, 0)?, row.get::<String>(3)?)))?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|(_, key)| key.clone());
    let members = rows.into_iter().map(|(member, _)| member).collect();
    Ok(MembersPage { room: room.id, members, next, count: room.members, staff: others::staff(sql, room.id)? })
}
