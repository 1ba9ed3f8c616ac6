use crate::audit::{self, Noted};
use crate::engine::{Engine, SqlStore};
use crate::found_room::{read_kind, stored_kind};
use crate::members::Named;
use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{
    activity, attachments, avatars, conversations, drafts, events, members, others, pushes, room_list,
    room_update, scheduled, sessions,
};
use chinwag_core::domain::permissions::{Action, RoomRole, check, may_belong};
use chinwag_core::domain::{
    Actor, AuditAction, EventBody, Refusal, RoomChange, RoomId, RoomKind, RoomLabels, RoomListPage,
    RoomListQuery, RoomLookup, RoomOverview, RoomReference, RoomSlug, Seq, UserId, room_search_key,
    room_sort_key,
};
use chinwag_core::ports::{
    DirectoryEvent, ListedRoom, NewRoom, RoomLimits, RoomUpdate, Rooms, Settling, StoreFuture, UserEvent,
};

pub(crate) use crate::found_room::{find, hold};

impl<E: Engine> Rooms for SqlStore<E> {
    fn create_room(&self, actor: Actor, room: NewRoom, limits: RoomLimits) -> StoreFuture<RoomOverview> {
        self.0.write("create_room", move |write| create(write, actor, &room, limits))
    }

    fn open_conversation(
        &self,
        actor: Actor,
        others: Vec<UserId>,
        limits: RoomLimits,
    ) -> StoreFuture<RoomOverview> {
        self.0.write("open_conversation", move |write| conversations::open(write, actor, &others, limits))
    }

    fn conversation(&self, user: UserId, others: Vec<UserId>) -> StoreFuture<Option<RoomOverview>> {
        self.0.read("conversation", move |sql| conversations::find(sql, user, &others))
    }

    fn update_room(
        &self,
        actor: Actor,
        room: RoomId,
        update: RoomUpdate,
        limits: RoomLimits,
    ) -> StoreFuture<(RoomOverview, Vec<Settling>)> {
        self.0.write("update_room", move |write| room_update::update(write, actor, room, &update, limits))
    }

    fn delete_room(&self, actor: Actor, room: RoomId) -> StoreFuture<Vec<Settling>> {
        self.0.write("delete_room", move |write| delete(write, actor, room))
    }

    fn rooms(&self, user: UserId, query: RoomListQuery) -> StoreFuture<RoomListPage> {
        self.0.read("rooms", move |sql| room_list::page(sql, user, &query))
    }

    fn room(&self, user: UserId, room: RoomReference) -> StoreFuture<RoomLookup> {
        self.0.read("room", move |sql| {
            let found = find(sql, user, &room)?;
            let log = found.log_access().ok();
            Ok(RoomLookup { room: found.into_overview(sql)?, log })
        })
    }
}

pub(crate) fn overview(sql: &dyn Transaction, user: UserId, room: RoomId) -> Result<RoomOverview, Failure> {
    find(sql, user, &room.into())?.into_overview(sql)
}

fn create(
    write: &mut Write<'_>,
    actor: Actor,
    room: &NewRoom,
    limits: RoomLimits,
) -> Result<RoomOverview, Failure> {
    const INSERT: &str = "
        INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, creator_id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO NOTHING";
    let everybody: Vec<_> = room.people.iter().copied().chain([actor.user]).collect();
    write.sql.lock(Lock::People(&everybody))?;
    let user = sessions::account(write.sql, actor.user)?;
    check(user.role, room.kind, None, Action::CreateRoom)?;
    let is_member = may_belong(user.role, room.kind, limits.guests);
    if !is_member && room.kind != RoomKind::Public {
        return Err(Refusal::Forbidden.into());
    }
    refuse_taken(write.sql, &room.slug, None)?;
    members::check_limit(write.sql, actor.user, limits.per_person)?;
    if user.kind.is_passing() {
        check_limit_of_guests(write.sql, limits.of_guests)?;
    }
    let mut invited = Vec::new();
    for other in room.people.iter().filter(|_| is_member) {
        let other = others::somebody(write.sql, *other, room.kind, limits)?;
        others::check_limit(write.sql, &other, room.kind, limits)?;
        invited.push(other);
    }
    let labels = Labels { slug: Some(&room.slug), title: room.title.as_str(), topic: room.topic.as_str() };
    let (kind, slug) = (stored_kind(room.kind), room.slug.as_str());
    let (sort, search) = labels.keys();
    let columns = values![kind, slug, labels.title, labels.topic, &sort, &search, actor.user, write.now];
    let id = write.sql.insert(INSERT, columns)?.ok_or_else(|| Refusal::RoomExists(room.slug.clone()))?;
    let id = RoomId(id);
    take_over(write.sql, &room.slug)?;
    let created = EventBody::Room(RoomChange::Created(labels.to_event()));
    let at = events::append(write, id, actor.user, &user.name, created)?;
    labels.tell(write, (id, room.kind), at);
    if is_member {
        let own = Named { id: actor.user, name: &user.name };
        members::admit(write, id, own, own, RoomRole::Owner)?;
        for other in &invited {
            others::bring_in(write, id, other, own)?;
        }
        members::tell_of_joining(write, actor, id)?;
    }
    overview(write.sql, actor.user, id)
}

fn delete(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<Vec<Settling>, Failure> {
    let room = hold(write.sql, actor.user, &room.into())?;
    let name = room.actor_name()?;
    room.check(Action::DeleteRoom)?;
    let endings = end(write, room.id, actor.user, name)?;
    let action = AuditAction::RoomDeleted;
    let noted = Noted { action, room: Some(room.id), user: None, seq: Some(room.head.next()), reason: None };
    audit::note(write, actor.user, noted)?;
    Ok(endings)
}

/// Ends a room that exists and that the caller holds.
pub(crate) fn end(
    write: &mut Write<'_>,
    room: RoomId,
    actor: UserId,
    name: &str,
) -> Result<Vec<Settling>, Failure> {
    const DELETE: &str = "UPDATE rooms SET deleted_at = ?2, members = 0 WHERE id = ?1";
    const EMPTY: &str = "DELETE FROM members WHERE room_id = ?1";
    const QUIET: &str = "DELETE FROM room_notifications WHERE room_id = ?1";
    const FREE: &str = "DELETE FROM former_slugs WHERE room_id = ?1";
    const KIND: &str = "SELECT kind FROM rooms WHERE id = ?1";
    const MEMBERS: &str = "SELECT user_id FROM members WHERE room_id = ?1 ORDER BY user_id";
    let kind = write.sql.one(KIND, values![room], |row| read_kind(row.text(0)?))?;
    let at = events::append(write, room, actor, name, EventBody::Room(RoomChange::Deleted))?;
    write.sql.execute(DELETE, values![room, write.now])?;
    write.sql.lock(Lock::Members(room))?;
    if kind == RoomKind::Public {
        write.tell_directory(DirectoryEvent::Removed { room, at });
    } else {
        // Nobody else knows of it, and nobody else is told.
        for user in write.sql.all(MEMBERS, values![room], |row| row.get(0))? {
            write.tell_person(user, UserEvent::MembershipEnded { room, at, is_gone: true });
        }
    }
    drafts::forget_room(write, room)?;
    scheduled::forget_room(write, room)?;
    activity::forget_room(write.sql, room)?;
    attachments::erase_of_room(write, room)?;
    avatars::erase_of_room(write, room)?;
    write.sql.execute(EMPTY, values![room])?;
    write.sql.execute(QUIET, values![room])?;
    pushes::forget_room(write.sql, room)?;
    write.sql.execute(FREE, values![room])?;
    Ok(vec![Settling::Room(room, at)])
}

/// What a room is called and where it is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labels<'a> {
    pub(crate) slug: Option<&'a RoomSlug>,
    pub(crate) title: &'a str,
    pub(crate) topic: &'a str,
}

impl Labels<'_> {
    pub(crate) fn to_event(self) -> RoomLabels {
        let slug = self.slug.map(|slug| slug.as_str().to_owned());
        RoomLabels { slug, title: self.title.to_owned(), topic: self.topic.to_owned() }
    }

    /// By what the room is sorted, and in what it is looked for.
    pub(crate) fn keys(self) -> (String, String) {
        let slug = self.slug.map(RoomSlug::as_str);
        (room_sort_key(self.title), room_search_key(slug, self.title, self.topic))
    }

    /// Tells everyone who sees the directory that the room is called so from the place `at` on. What is not public does not stand there.
    pub(crate) fn tell(self, write: &mut Write<'_>, (id, kind): (RoomId, RoomKind), at: Seq) {
        if let Some(slug) = self.slug.cloned().filter(|_| kind == RoomKind::Public) {
            let (title, topic) = (self.title.to_owned(), self.topic.to_owned());
            let room = ListedRoom { id, slug, title, topic };
            write.tell_directory(DirectoryEvent::Listed { room, at });
        }
    }
}

/// Refuses a guest's room when there are as many of them as there may be.
fn check_limit_of_guests(sql: &dyn Transaction, limit: u32) -> Result<(), Failure> {
    const COUNT: &str = "
        SELECT count(*) FROM (
            SELECT 1 FROM rooms JOIN users ON users.id = rooms.creator_id
            WHERE rooms.creator_id IS NOT NULL AND rooms.deleted_at IS NULL AND rooms.kind IN ('public', 'private')
            AND users.kind IN ('visitor', 'guest') LIMIT ?1) AS counted";
    let rooms: u32 = sql.one(COUNT, values![limit], |row| row.get(0))?;
    if rooms < limit { Ok(()) } else { Err(Refusal::GuestRoomLimit { limit }.into()) }
}

/// Refuses an address at which another room than `own` is now.
pub(crate) fn refuse_taken(
    sql: &dyn Transaction,
    slug: &RoomSlug,
    own: Option<RoomId>,
) -> Result<(), Failure> {
    const SELECT: &str = "SELECT id FROM rooms WHERE slug = ?1 AND deleted_at IS NULL";
    let holder = sql.first(SELECT, values![slug.as_str()], |row| row.get(0))?;
    match holder.filter(|holder| Some(*holder) != own) {
        Some(_) => Err(Refusal::RoomExists(slug.clone()).into()),
        None => Ok(()),
    }
}

/// Takes an address from the room that had it before.
pub(crate) fn take_over(sql: &dyn Transaction, slug: &RoomSlug) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM former_slugs WHERE slug = ?1";
    sql.execute(DELETE, values![slug.as_str()])?;
    Ok(())
}

/// Lets an address that a room gives up lead to it still.
pub(crate) fn keep_former(sql: &dyn Transaction, slug: &RoomSlug, room: RoomId) -> Result<(), Failure> {
    const INSERT: &str = "INSERT INTO former_slugs (slug, room_id) VALUES (?1, ?2)";
    sql.execute(INSERT, values![slug.as_str(), room])?;
    Ok(())
}
