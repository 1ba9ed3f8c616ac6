use super::failure::Failure;
use super::write::Write;
use super::{SqliteStore, events, members, messages, sessions};
use chinwag_core::domain::{
    Actor, EventBody, Refusal, RoomId, RoomOverview, RoomSlug, RoomTitle, RoomTopic, Seq, UserId,
};
use chinwag_core::ports::{Answer, NewRoom, Notice, Rooms};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row};

impl Rooms for SqliteStore {
    fn create_room(&self, actor: Actor, room: NewRoom, rooms_per_person: u32) -> Answer<RoomOverview> {
        self.write("create_room", move |write| create(write, actor, &room, rooms_per_person))
    }

    fn update_room(
        &self,
        actor: Actor,
        slug: RoomSlug,
        title: Option<RoomTitle>,
        topic: Option<RoomTopic>,
    ) -> Answer<RoomOverview> {
        self.write("update_room", move |write| update(write, actor, &slug, title.as_ref(), topic.as_ref()))
    }

    fn delete_room(&self, actor: Actor, slug: RoomSlug) -> Answer<()> {
        self.write("delete_room", move |write| delete(write, actor, &slug))
    }

    fn rooms(&self, user: UserId) -> Answer<Vec<RoomOverview>> {
        self.read("rooms", move |connection| list(connection, user))
    }

    fn room(&self, user: UserId, slug: RoomSlug) -> Answer<RoomOverview> {
        self.read("room", move |connection| overview(connection, user, &slug))
    }
}

/// A room that exists, found through the person who asks.
pub(super) struct FoundRoom {
    pub(super) id: RoomId,
    pub(super) slug: RoomSlug,
    title: String,
    topic: String,
    creator: Option<UserId>,
    first: Seq,
    pub(super) head: Seq,
    /// The person's read marker; none for one who is no member.
    pub(super) read: Option<Seq>,
    name: Option<String>,
    /// Whether the person may read and write without being a member.
    pub(super) visitor: bool,
    /// How many members it has.
    pub(super) members: u64,
}

/// One selection for every way to find a room, so that all of them see the same.
macro_rules! found {
    ($which:literal) => {
        concat!(
            "SELECT rooms.id, rooms.slug, rooms.title, rooms.topic, rooms.creator_id, rooms.head_seq, members.read_seq,
                    users.name, rooms.members, users.visitor, rooms.first_seq
             FROM rooms
             LEFT JOIN members ON members.room_id = rooms.id AND members.user_id = ?1
             LEFT JOIN users ON users.id = ?1 AND users.removed_at IS NULL
             WHERE rooms.deleted_at IS NULL ",
            $which
        )
    };
}

impl FoundRoom {
    fn read_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let slug = RoomSlug::parse(row.get_ref(1)?.as_str()?)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, Type::Text, error.into()))?;
        Ok(Self {
            id: RoomId(row.get(0)?),
            slug,
            title: row.get(2)?,
            topic: row.get(3)?,
            creator: row.get::<_, Option<i64>>(4)?.map(UserId),
            first: Seq(row.get(10)?),
            head: Seq(row.get(5)?),
            read: row.get::<_, Option<i64>>(6)?.map(Seq),
            name: row.get(7)?,
            members: row.get::<_, i64>(8)?.unsigned_abs(),
            visitor: row.get::<_, Option<bool>>(9)?.unwrap_or_default(),
        })
    }

    /// The person's read marker, which only a member has.
    pub(super) fn membership(&self) -> Result<Seq, Refusal> {
        self.read.ok_or_else(|| Refusal::NotMember(self.slug.clone()))
    }

    /// Refuses one who may not read and write here.
    pub(super) fn access(&self) -> Result<(), Refusal> {
        if self.visitor { Ok(()) } else { self.membership().map(|_| ()) }
    }

    /// The person's name; a late command of an account that was removed meanwhile has none.
    pub(super) fn actor_name(&self) -> Result<&str, Refusal> {
        self.name.as_deref().ok_or(Refusal::Unauthorized)
    }

    fn owned_by(&self, user: UserId) -> Result<(), Refusal> {
        if self.creator == Some(user) { Ok(()) } else { Err(Refusal::Forbidden(self.slug.clone())) }
    }

    pub(super) fn into_overview(
        self,
        connection: &Connection,
        user: UserId,
    ) -> Result<RoomOverview, Failure> {
        let unread = match self.read {
            Some(read) => messages::unread(connection, self.id, user, read)?,
            None => 0,
        };
        Ok(RoomOverview {
            id: self.id,
            slug: self.slug,
            title: self.title,
            topic: self.topic,
            first: self.first,
            head: self.head,
            read: self.read.unwrap_or_default(),
            unread,
            member: self.read.is_some(),
            mine: self.creator == Some(user),
        })
    }
}

/// The room of `slug` through `user`, or [`Refusal::RoomNotFound`].
pub(super) fn find(connection: &Connection, user: UserId, slug: &RoomSlug) -> Result<FoundRoom, Failure> {
    let mut select = connection.prepare_cached(found!("AND rooms.slug = ?2"))?;
    let room = select.query_row((user.0, slug.as_str()), FoundRoom::read_row).optional()?;
    Ok(room.ok_or_else(|| Refusal::RoomNotFound(slug.clone()))?)
}

pub(super) fn overview(
    connection: &Connection,
    user: UserId,
    slug: &RoomSlug,
) -> Result<RoomOverview, Failure> {
    find(connection, user, slug)?.into_overview(connection, user)
}

/// All rooms, as `user` sees them.
fn list(connection: &Connection, user: UserId) -> Result<Vec<RoomOverview>, Failure> {
    // When there are too many, one's own must not be missing, and rooms that people stay in come before those that passers-by made.
    const LIST: &str = found!("ORDER BY members.room_id IS NULL, rooms.members DESC, rooms.id LIMIT 1000");
    overviews(connection, user, LIST)
}

/// The rooms that `user` is in.
pub(super) fn joined(connection: &Connection, user: UserId) -> Result<Vec<RoomOverview>, Failure> {
    overviews(connection, user, found!("AND rooms.id IN (SELECT room_id FROM members WHERE user_id = ?1)"))
}

fn overviews(connection: &Connection, user: UserId, select: &str) -> Result<Vec<RoomOverview>, Failure> {
    let mut select = connection.prepare_cached(select)?;
    let mut rooms = Vec::new();
    for room in select.query_map([user.0], FoundRoom::read_row)? {
        rooms.push(room?.into_overview(connection, user)?);
    }
    // SQLite knows upper and lower case of ASCII only.
    rooms.sort_by_cached_key(|room| (room.title.to_lowercase(), room.slug.clone()));
    Ok(rooms)
}

fn create(
    write: &mut Write<'_>,
    actor: Actor,
    room: &NewRoom,
    rooms_per_person: u32,
) -> Result<RoomOverview, Failure> {
    const INSERT: &str = "
        INSERT INTO rooms (slug, title, topic, creator_id, created_at, head_seq, first_seq)
        SELECT ?1, ?2, ?3, ?4, ?5, coalesce(max(head_seq), 0), coalesce(max(head_seq), 0) + 1
        FROM rooms WHERE slug = ?1 AND deleted_at IS NOT NULL";
    match find(write.connection, actor.user, &room.slug) {
        Ok(room) => return Err(Refusal::RoomExists(room.slug).into()),
        Err(Failure::Refused(_)) => {}
        Err(Failure::Sql(error)) => return Err(error.into()),
    }
    let user = sessions::account(write.connection, actor.user)?;
    members::check_limit(write.connection, actor.user, rooms_per_person)?;
    let (title, topic) = (room.title.as_str(), room.topic.as_str());
    let mut insert = write.connection.prepare_cached(INSERT)?;
    let id = RoomId(insert.insert((room.slug.as_str(), title, topic, actor.user.0, write.now.0))?);
    let created = EventBody::RoomCreated { title: title.into(), topic: topic.into() };
    events::append(write, id, actor.user, &user.name, created)?;
    write.notify(listed(&room.slug, title, topic));
    let found = find(write.connection, actor.user, &room.slug)?;
    if found.visitor {
        return found.into_overview(write.connection, actor.user);
    }
    members::admit(write, id, actor.user, &user.name)?;
    write.notify(members::changed(actor, &room.slug, true));
    overview(write.connection, actor.user, &room.slug)
}

fn update(
    write: &mut Write<'_>,
    actor: Actor,
    slug: &RoomSlug,
    title: Option<&RoomTitle>,
    topic: Option<&RoomTopic>,
) -> Result<RoomOverview, Failure> {
    const UPDATE: &str = "UPDATE rooms SET title = ?2, topic = ?3 WHERE id = ?1";
    let room = find(write.connection, actor.user, slug)?;
    let name = room.actor_name()?;
    room.owned_by(actor.user)?;
    let title = title.map_or(room.title.as_str(), RoomTitle::as_str);
    let topic = topic.map_or(room.topic.as_str(), RoomTopic::as_str);
    if (title, topic) != (room.title.as_str(), room.topic.as_str()) {
        write.connection.prepare_cached(UPDATE)?.execute((room.id.0, title, topic))?;
        let updated = EventBody::RoomUpdated { title: title.into(), topic: topic.into() };
        events::append(write, room.id, actor.user, name, updated)?;
        write.notify(listed(slug, title, topic));
    }
    overview(write.connection, actor.user, slug)
}

fn delete(write: &mut Write<'_>, actor: Actor, slug: &RoomSlug) -> Result<(), Failure> {
    const DELETE: &str = "UPDATE rooms SET deleted_at = ?2 WHERE id = ?1";
    const EMPTY: &str = "DELETE FROM members WHERE room_id = ?1";
    let room = find(write.connection, actor.user, slug)?;
    let name = room.actor_name()?;
    room.owned_by(actor.user)?;
    events::append(write, room.id, actor.user, name, EventBody::RoomDeleted)?;
    write.connection.prepare_cached(DELETE)?.execute((room.id.0, write.now.0))?;
    write.connection.prepare_cached(EMPTY)?.execute([room.id.0])?;
    write.notify(Notice::RoomRemoved { id: room.id, room: room.slug });
    Ok(())
}

fn listed(room: &RoomSlug, title: &str, topic: &str) -> Notice {
    Notice::RoomListed { room: room.clone(), title: title.into(), topic: topic.into() }
}
