use super::failure::Failure;
use super::found_room::stored_kind;
use super::write::Write;
use super::{SqliteStore, events, members, room_list, sessions};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, EventBody, Refusal, RoomChange, RoomId, RoomLabels, RoomListPage, RoomListQuery, RoomLookup,
    RoomOverview, RoomReference, RoomSlug, RoomTitle, RoomTopic, UserId, room_search_key, room_sort_key,
};
use chinwag_core::ports::{DirectoryEvent, ListedRoom, NewRoom, RoomLimits, RoomUpdate, Rooms, StoreFuture};
use rusqlite::{Connection, OptionalExtension as _};

pub(super) use super::found_room::find;

impl Rooms for SqliteStore {
    fn create_room(&self, actor: Actor, room: NewRoom, limits: RoomLimits) -> StoreFuture<RoomOverview> {
        self.write("create_room", move |write| create(write, actor, &room, limits))
    }

    fn update_room(&self, actor: Actor, room: RoomId, update: RoomUpdate) -> StoreFuture<RoomOverview> {
        self.write("update_room", move |write| self::update(write, actor, room, &update))
    }

    fn delete_room(&self, actor: Actor, room: RoomId) -> StoreFuture<()> {
        self.write("delete_room", move |write| delete(write, actor, room))
    }

    fn rooms(&self, user: UserId, query: RoomListQuery) -> StoreFuture<RoomListPage> {
        self.read("rooms", move |connection| room_list::page(connection, user, &query))
    }

    fn room(&self, user: UserId, room: RoomReference) -> StoreFuture<RoomLookup> {
        self.read("room", move |connection| {
            let found = find(connection, user, &room)?;
            let log = found.log_access().ok();
            Ok(RoomLookup { room: found.into_overview(connection)?, log })
        })
    }
}

fn overview(connection: &Connection, user: UserId, room: RoomId) -> Result<RoomOverview, Failure> {
    find(connection, user, &room.into())?.into_overview(connection)
}

fn create(
    write: &mut Write<'_>,
    actor: Actor,
    room: &NewRoom,
    limits: RoomLimits,
) -> Result<RoomOverview, Failure> {
    const INSERT: &str = "
        INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, creator_id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let user = sessions::account(write.connection, actor.user)?;
    refuse_taken(write.connection, &room.slug, None)?;
    members::check_limit(write.connection, actor.user, limits.per_person)?;
    if user.guest {
        check_limit_of_guests(write.connection, limits.of_guests)?;
    }
    let labels = Labels { slug: Some(&room.slug), title: room.title.as_str(), topic: room.topic.as_str() };
    let (kind, slug) = (stored_kind(room.kind), room.slug.as_str());
    let (sort, search) = labels.keys();
    let columns = (kind, slug, labels.title, labels.topic, sort, search, actor.user.0, write.now.0);
    let id = RoomId(write.connection.prepare_cached(INSERT)?.insert(columns)?);
    take_over(write.connection, &room.slug)?;
    let created = EventBody::Room(RoomChange::Created(labels.to_event()));
    events::append(write, id, actor.user, &user.name, created)?;
    labels.tell(write, id);
    let found = find(write.connection, actor.user, &id.into())?;
    if found.check(Action::JoinRoom).is_ok() {
        members::admit(write, id, actor.user, &user.name)?;
        members::tell_of_joining(write, actor, id)?;
    }
    overview(write.connection, actor.user, id)
}

fn update(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    update: &RoomUpdate,
) -> Result<RoomOverview, Failure> {
    const UPDATE: &str = "
        UPDATE rooms SET title = ?2, topic = ?3, slug = ?4, sort_key = ?5, search_key = ?6 WHERE id = ?1";
    let room = find(write.connection, actor.user, &room.into())?;
    let name = room.actor_name()?;
    room.check(Action::UpdateRoom)?;
    let before = Labels { slug: room.slug.as_ref(), title: &room.title, topic: &room.topic };
    let after = Labels {
        slug: update.slug.as_ref().or(before.slug),
        title: update.title.as_ref().map_or(before.title, RoomTitle::as_str),
        topic: update.topic.as_ref().map_or(before.topic, RoomTopic::as_str),
    };
    if after == before {
        return overview(write.connection, actor.user, room.id);
    }
    if let Some(slug) = after.slug.filter(|_| after.slug != before.slug) {
        refuse_taken(write.connection, slug, Some(room.id))?;
        take_over(write.connection, slug)?;
        if let Some(former) = before.slug {
            keep_former(write.connection, former, room.id)?;
        }
    }
    let slug = after.slug.map(RoomSlug::as_str);
    let (sort, search) = after.keys();
    let columns = (room.id.0, after.title, after.topic, slug, sort, search);
    write.connection.prepare_cached(UPDATE)?.execute(columns)?;
    let updated = EventBody::Room(RoomChange::Updated(after.to_event()));
    events::append(write, room.id, actor.user, name, updated)?;
    after.tell(write, room.id);
    overview(write.connection, actor.user, room.id)
}

fn delete(write: &mut Write<'_>, actor: Actor, room: RoomId) -> Result<(), Failure> {
    let room = find(write.connection, actor.user, &room.into())?;
    let name = room.actor_name()?;
    room.check(Action::DeleteRoom)?;
    end(write, room.id, actor.user, name)
}

/// Ends a room that exists.
pub(super) fn end(write: &mut Write<'_>, room: RoomId, actor: UserId, name: &str) -> Result<(), Failure> {
    const DELETE: &str = "UPDATE rooms SET deleted_at = ?2 WHERE id = ?1";
    const EMPTY: &str = "DELETE FROM members WHERE room_id = ?1";
    const FREE: &str = "DELETE FROM former_slugs WHERE room_id = ?1";
    events::append(write, room, actor, name, EventBody::Room(RoomChange::Deleted))?;
    write.connection.prepare_cached(DELETE)?.execute((room.0, write.now.0))?;
    write.connection.prepare_cached(EMPTY)?.execute([room.0])?;
    write.connection.prepare_cached(FREE)?.execute([room.0])?;
    write.tell_directory(DirectoryEvent::Removed(room));
    Ok(())
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

    /// Tells everyone who sees the directory. What has no address does not stand there.
    fn tell(self, write: &mut Write<'_>, id: RoomId) {
        if let Some(slug) = self.slug.cloned() {
            let (title, topic) = (self.title.to_owned(), self.topic.to_owned());
            write.tell_directory(DirectoryEvent::Listed(ListedRoom { id, slug, title, topic }));
        }
    }
}

/// Refuses a guest's room when there are as many of them as there may be.
fn check_limit_of_guests(connection: &Connection, limit: u32) -> Result<(), Failure> {
    const COUNT: &str = "
        SELECT count(*) FROM (
            SELECT 1 FROM rooms JOIN users ON users.id = rooms.creator_id
            WHERE rooms.creator_id IS NOT NULL AND rooms.deleted_at IS NULL AND users.guest = 1 LIMIT ?1)";
    let rooms: u32 = connection.prepare_cached(COUNT)?.query_row([limit], |row| row.get(0))?;
    if rooms < limit { Ok(()) } else { Err(Refusal::GuestRoomLimit { limit }.into()) }
}

/// Refuses an address at which another room than `own` is now.
fn refuse_taken(connection: &Connection, slug: &RoomSlug, own: Option<RoomId>) -> Result<(), Failure> {
    const SELECT: &str = "SELECT id FROM rooms WHERE slug = ?1 AND deleted_at IS NULL";
    let mut select = connection.prepare_cached(SELECT)?;
    let holder = select.query_row([slug.as_str()], |row| row.get(0).map(RoomId)).optional()?;
    match holder.filter(|holder| Some(*holder) != own) {
        Some(_) => Err(Refusal::RoomExists(slug.clone()).into()),
        None => Ok(()),
    }
}

/// Takes an address from the room that had it before.
fn take_over(connection: &Connection, slug: &RoomSlug) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM former_slugs WHERE slug = ?1";
    connection.prepare_cached(DELETE)?.execute([slug.as_str()])?;
    Ok(())
}

/// Lets an address that a room gives up lead to it still.
fn keep_former(connection: &Connection, slug: &RoomSlug, room: RoomId) -> Result<(), Failure> {
    const INSERT: &str = "INSERT INTO former_slugs (slug, room_id) VALUES (?1, ?2)";
    connection.prepare_cached(INSERT)?.execute((slug.as_str(), room.0))?;
    Ok(())
}
