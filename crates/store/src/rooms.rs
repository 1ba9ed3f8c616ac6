use crate::engine::{Engine, SqlStore};
use crate::found_room::stored_kind;
use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{events, members, room_list, sessions};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, EventBody, Refusal, RoomChange, RoomId, RoomLabels, RoomListPage, RoomListQuery, RoomLookup,
    RoomOverview, RoomReference, RoomSlug, RoomTitle, RoomTopic, Seq, UserId, room_search_key, room_sort_key,
};
use chinwag_core::ports::{
    DirectoryEvent, ListedRoom, NewRoom, RoomLimits, RoomUpdate, Rooms, Settling, StoreFuture,
};

pub(crate) use crate::found_room::{find, hold};

impl<E: Engine> Rooms for SqlStore<E> {
    fn create_room(&self, actor: Actor, room: NewRoom, limits: RoomLimits) -> StoreFuture<RoomOverview> {
        self.0.write("create_room", move |write| create(write, actor, &room, limits))
    }

    fn update_room(&self, actor: Actor, room: RoomId, update: RoomUpdate) -> StoreFuture<RoomOverview> {
        self.0.write("update_room", move |write| self::update(write, actor, room, &update))
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

fn overview(sql: &dyn Transaction, user: UserId, room: RoomId) -> Result<RoomOverview, Failure> {
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
    write.sql.lock(Lock::People(&[actor.user]))?;
    let user = sessions::account(write.sql, actor.user)?;
    refuse_taken(write.sql, &room.slug, None)?;
    members::check_limit(write.sql, actor.user, limits.per_person)?;
    if user.kind.is_passing() {
        check_limit_of_guests(write.sql, limits.of_guests)?;
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
    labels.tell(write, id, at);
    let found = find(write.sql, actor.user, &id.into())?;
    if found.check(Action::JoinRoom).is_ok() {
        members::admit(write, id, actor.user, &user.name)?;
        members::tell_of_joining(write, actor, id)?;
    }
    overview(write.sql, actor.user, id)
}

fn update(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    update: &RoomUpdate,
) -> Result<RoomOverview, Failure> {
    const UPDATE: &str = "
        UPDATE rooms SET title = ?2, topic = ?3, slug = ?4, sort_key = ?5, search_key = ?6 WHERE id = ?1";
    let room = hold(write.sql, actor.user, &room.into())?;
    let name = room.actor_name()?;
    room.check(Action::UpdateRoom)?;
    let before = Labels { slug: room.slug.as_ref(), title: &room.title, topic: &room.topic };
    let after = Labels {
        slug: update.slug.as_ref().or(before.slug),
        title: update.title.as_ref().map_or(before.title, RoomTitle::as_str),
        topic: update.topic.as_ref().map_or(before.topic, RoomTopic::as_str),
    };
    if after == before {
        return overview(write.sql, actor.user, room.id);
    }
    if let Some(slug) = after.slug.filter(|_| after.slug != before.slug) {
        refuse_taken(write.sql, slug, Some(room.id))?;
        take_over(write.sql, slug)?;
        if let Some(former) = before.slug {
            keep_former(write.sql, former, room.id)?;
        }
    }
    let slug = after.slug.map(RoomSlug::as_str);
    let (sort, search) = after.keys();
    write.sql.execute(UPDATE, values![room.id, after.title, after.topic, slug, &sort, &search])?;
    let updated = EventBody::Room(RoomChange::Updated(after.to_event()));
    let at = events::append(write, room.id, actor.user, name, updated)?;
    after.tell(write, room.id, at);
    overview(write.sql, actor.user, room.id)
}

fn delete(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<Vec<Settling>, Failure> {
    let room = hold(write.sql, actor.user, &room.into())?;
    let name = room.actor_name()?;
    room.check(Action::DeleteRoom)?;
    end(write, room.id, actor.user, name)
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
    const FREE: &str = "DELETE FROM former_slugs WHERE room_id = ?1";
    let at = events::append(write, room, actor, name, EventBody::Room(RoomChange::Deleted))?;
    write.sql.execute(DELETE, values![room, write.now])?;
    write.sql.lock(Lock::Members(room))?;
    write.sql.execute(EMPTY, values![room])?;
    write.sql.execute(FREE, values![room])?;
    write.tell_directory(DirectoryEvent::Removed { room, at });
    Ok(vec![Settling::Room(room, at)])
}

/// What a room is called and where it is found.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Labels<'a> {
    slug: Option<&'a RoomSlug>,
    title: &'a str,
    topic: &'a str,
}

impl Labels<'_> {
    fn to_event(self) -> RoomLabels {
        let slug = self.slug.map(|slug| slug.as_str().to_owned());
        RoomLabels { slug, title: self.title.to_owned(), topic: self.topic.to_owned() }
    }

    /// By what the room is sorted, and in what it is looked for.
    fn keys(self) -> (String, String) {
        let slug = self.slug.map(RoomSlug::as_str);
        (room_sort_key(self.title), room_search_key(slug, self.title, self.topic))
    }

    /// Tells everyone who sees the directory that the room is called so from the place `at` on. What has no address does not stand there.
    fn tell(self, write: &mut Write<'_>, id: RoomId, at: Seq) {
        if let Some(slug) = self.slug.cloned() {
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
            WHERE rooms.creator_id IS NOT NULL AND rooms.deleted_at IS NULL AND users.kind IN ('visitor', 'guest') LIMIT ?1) AS counted";
    let rooms: u32 = sql.one(COUNT, values![limit], |row| row.get(0))?;
    if rooms < limit { Ok(()) } else { Err(Refusal::GuestRoomLimit { limit }.into()) }
}

/// Refuses an address at which another room than `own` is now.
fn refuse_taken(sql: &dyn Transaction, slug: &RoomSlug, own: Option<RoomId>) -> Result<(), Failure> {
    const SELECT: &str = "SELECT id FROM rooms WHERE slug = ?1 AND deleted_at IS NULL";
    let holder = sql.first(SELECT, values![slug.as_str()], |row| row.get(0))?;
    match holder.filter(|holder| Some(*holder) != own) {
        Some(_) => Err(Refusal::RoomExists(slug.clone()).into()),
        None => Ok(()),
    }
}

/// Takes an address from the room that had it before.
fn take_over(sql: &dyn Transaction, slug: &RoomSlug) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM former_slugs WHERE slug = ?1";
    sql.execute(DELETE, values![slug.as_str()])?;
    Ok(())
}

/// Lets an address that a room gives up lead to it still.
fn keep_former(sql: &dyn Transaction, slug: &RoomSlug, room: RoomId) -> Result<(), Failure> {
    const INSERT: &str = "INSERT INTO former_slugs (slug, room_id) VALUES (?1, ?2)";
    sql.execute(INSERT, values![slug.as_str(), room])?;
    Ok(())
}
