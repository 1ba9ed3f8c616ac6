//! Rooms as one person finds them. There is no other way to a room.

use super::failure::Failure;
use super::messages;
use chinwag_core::domain::permissions::{Action, RoomRole, ServerRole, check};
use chinwag_core::domain::{
    LogAccess, Refusal, RoomId, RoomKind, RoomOverview, RoomReference, RoomSlug, Seq, UserId,
};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension as _, Row};

const PUBLIC: &str = "public";

/// A room that exists and that a person may see.
pub(super) struct FoundRoom {
    pub(super) id: RoomId,
    kind: RoomKind,
    pub(super) slug: Option<RoomSlug>,
    pub(super) title: String,
    pub(super) topic: String,
    pub(super) head: Seq,
    /// The person's read marker; none for one who is no member.
    pub(super) read: Option<Seq>,
    /// How many members it has.
    pub(super) members: u64,
    /// The person who asks.
    user: UserId,
    name: Option<String>,
    server_role: ServerRole,
    creator: Option<UserId>,
}

/// One selection for every way to find a room, so that all of them see the same.
macro_rules! found {
    ($($which:literal),+) => {
        concat!(
            "SELECT rooms.id, rooms.kind, rooms.slug, rooms.title, rooms.topic, rooms.creator_id, rooms.head_seq,
                    rooms.members, members.read_seq, users.name, users.guest, users.visitor
             FROM rooms
             LEFT JOIN members ON members.room_id = rooms.id AND members.user_id = ?1
             LEFT JOIN users ON users.id = ?1 AND users.removed_at IS NULL
             WHERE rooms.deleted_at IS NULL ",
            $($which),+
        )
    };
}
pub(super) use found;

impl FoundRoom {
    /// Reads what `found!` selects for `user`.
    pub(super) fn read_row(user: UserId, row: &Row<'_>) -> rusqlite::Result<Self> {
        let visitor = row.get::<_, Option<bool>>(11)?.unwrap_or_default();
        let guest = row.get::<_, Option<bool>>(10)?.unwrap_or(true);
        Ok(Self {
            id: RoomId(row.get(0)?),
            kind: read_kind(row)?,
            slug: read_slug(row)?,
            title: row.get(3)?,
            topic: row.get(4)?,
            creator: row.get::<_, Option<i64>>(5)?.map(UserId),
            head: Seq(row.get(6)?),
            members: row.get::<_, i64>(7)?.unsigned_abs(),
            read: row.get::<_, Option<i64>>(8)?.map(Seq),
            user,
            name: row.get(9)?,
            server_role: server_role(visitor, guest),
        })
    }

    /// What the person is in this room.
    pub(super) fn role(&self) -> Option<RoomRole> {
        self.read?;
        Some(if self.creator == Some(self.user) { RoomRole::Owner } else { RoomRole::Member })
    }

    pub(super) fn is_member(&self) -> bool {
        self.read.is_some()
    }

    /// Refuses what the person may not do here.
    pub(super) fn check(&self, action: Action) -> Result<(), Refusal> {
        check(self.server_role, self.role(), action)
    }

    /// The person's right to read the log.
    pub(super) fn log_access(&self) -> Result<LogAccess, Refusal> {
        LogAccess::grant(self.user, self.server_role, self.role(), self.id, self.head)
    }

    /// The person's name; a late command of an account that was removed meanwhile has none.
    pub(super) fn actor_name(&self) -> Result<&str, Refusal> {
        self.name.as_deref().ok_or(Refusal::Unauthorized)
    }

    pub(super) fn into_overview(self, connection: &Connection) -> Result<RoomOverview, Failure> {
        let unread = match self.read {
            Some(read) => messages::unread(connection, self.id, self.user, read)?,
            None => 0,
        };
        Ok(RoomOverview {
            id: self.id,
            kind: self.kind,
            role: self.role(),
            slug: self.slug,
            title: self.title,
            topic: self.topic,
            head: self.head,
            read: self.read.unwrap_or_default(),
            unread,
        })
    }
}

/// The room through `user`, or [`Refusal::RoomNotFound`].
pub(super) fn find(
    connection: &Connection,
    user: UserId,
    room: &RoomReference,
) -> Result<FoundRoom, Failure> {
    const BY_ID: &str = found!("AND rooms.id = ?2");
    const BY_SLUG: &str = found!(
        "AND rooms.id = coalesce(
             (SELECT id FROM rooms WHERE slug = ?2 AND deleted_at IS NULL),
             (SELECT room_id FROM former_slugs WHERE slug = ?2))"
    );
    let read = |row: &Row<'_>| FoundRoom::read_row(user, row);
    let found = match room {
        RoomReference::Id(id) => connection.prepare_cached(BY_ID)?.query_row((user.0, id.0), read),
        RoomReference::Slug(slug) => {
            connection.prepare_cached(BY_SLUG)?.query_row((user.0, slug.as_str()), read)
        }
    };
    Ok(found.optional()?.ok_or_else(|| Refusal::RoomNotFound(room.clone()))?)
}

/// What an account is on the server, by its columns.
pub(super) fn server_role(visitor: bool, guest: bool) -> ServerRole {
    match (visitor, guest) {
        (true, _) => ServerRole::Visitor,
        (false, true) => ServerRole::Guest,
        (false, false) => ServerRole::Member,
    }
}

/// How a kind of room stands in the table.
pub(super) fn stored_kind(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Public => PUBLIC,
    }
}

fn read_kind(row: &Row<'_>) -> rusqlite::Result<RoomKind> {
    match row.get_ref(1)?.as_str()? {
        PUBLIC => Ok(RoomKind::Public),
        kind => {
            let cause = FromSqlError::Other(format!("unknown kind of room {kind}").into());
            Err(rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(cause)))
        }
    }
}

pub(super) fn read_slug(row: &Row<'_>) -> rusqlite::Result<Option<RoomSlug>> {
    let Some(slug) = row.get_ref(2)?.as_str_or_null()? else { return Ok(None) };
    let slug = RoomSlug::parse(slug)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, error.into()))?;
    Ok(Some(slug))
}
