//! What the operator sees and does. This is the one place where rooms and accounts are found by nobody's eyes.

use super::failure::Failure;
use super::found_room::{read_slug, server_role};
use super::write::Write;
use super::{SqliteStore, names, rooms, sessions, visits};
use chinwag_core::domain::permissions::Operator;
use chinwag_core::domain::{Millis, Refusal, RoomId, RoomReference, Seq, UserId};
use chinwag_core::ports::{
    Administration, Makers, RoomReport, RoomReportQuery, StoreFuture, UserReference, UserReport,
    UserReportQuery,
};
use rusqlite::{Connection, Row};

/// The row in whose name the operator acts. It is no account that one could sign in to.
const OPERATOR: UserId = UserId(-1);

impl Administration for SqliteStore {
    fn report_rooms(&self, _: Operator, query: RoomReportQuery) -> StoreFuture<Vec<RoomReport>> {
        self.read("report_rooms", move |connection| report_rooms(connection, &query))
    }

    fn remove_room(&self, _: Operator, room: RoomId) -> StoreFuture<()> {
        self.write("remove_room", move |write| remove_room(write, room))
    }

    fn report_users(&self, _: Operator, query: UserReportQuery) -> StoreFuture<Vec<UserReport>> {
        self.read("report_users", move |connection| report_users(connection, &query))
    }

    fn remove_user(&self, _: Operator, user: UserId) -> StoreFuture<bool> {
        self.write("remove_user", move |write| remove_user(write, user))
    }
}

fn report_rooms(connection: &Connection, query: &RoomReportQuery) -> Result<Vec<RoomReport>, Failure> {
    const SELECT: &str = "
        SELECT rooms.id, rooms.title, rooms.slug, rooms.members, rooms.head_seq, rooms.created_at,
               makers.id, makers.name, makers.visitor, makers.guest,
               (SELECT at FROM messages WHERE room_id = rooms.id ORDER BY seq DESC LIMIT 1)
        FROM rooms LEFT JOIN users AS makers ON makers.id = rooms.creator_id
        WHERE rooms.deleted_at IS NULL AND rooms.id > ?1
        AND (?2 IS NULL OR rooms.id = ?2) AND (?3 IS NULL OR rooms.slug = ?3)
        AND (?4 = '' OR instr(rooms.search_key, ?4) > 0) AND (NOT ?5 OR makers.guest = 1)
        ORDER BY rooms.id LIMIT ?6";
    let (id, slug) = match &query.which {
        Some(RoomReference::Id(id)) => (Some(id.0), None),
        Some(RoomReference::Slug(slug)) => (None, Some(slug.as_str())),
        None => (None, None),
    };
    let guests = match query.makers {
        Makers::All => false,
        Makers::Guests => true,
    };
    let parameters = (query.after.0, id, slug, query.search.as_str(), guests, query.limit);
    let mut select = connection.prepare_cached(SELECT)?;
    let rooms = select.query_map(parameters, read_room)?;
    Ok(rooms.collect::<Result<_, _>>()?)
}

fn read_room(row: &Row<'_>) -> rusqlite::Result<RoomReport> {
    let maker = match row.get::<_, Option<i64>>(6)? {
        Some(id) => Some((UserId(id), row.get(7)?, server_role(row.get(8)?, row.get(9)?))),
        None => None,
    };
    Ok(RoomReport {
        id: RoomId(row.get(0)?),
        slug: read_slug(row)?,
        title: row.get(1)?,
        members: row.get::<_, i64>(3)?.unsigned_abs(),
        head: Seq(row.get(4)?),
        maker,
        created_at: Millis(row.get(5)?),
        last_message_at: row.get::<_, Option<i64>>(10)?.map(Millis),
    })
}

fn remove_room(write: &mut Write<'_>, room: RoomId) -> Result<(), Failure> {
    const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM rooms WHERE id = ?1 AND deleted_at IS NULL)";
    if write.connection.prepare_cached(EXISTS)?.query_row([room.0], |row| row.get(0))? {
        rooms::end(write, room, OPERATOR, Operator::NAME)
    } else {
        Err(Refusal::RoomNotFound(room.into()).into())
    }
}

fn report_users(connection: &Connection, query: &UserReportQuery) -> Result<Vec<UserReport>, Failure> {
    const SELECT: &str = "
        SELECT id, name, visitor, guest, created_at, last_seen_at,
               (SELECT count(*) FROM members WHERE user_id = users.id),
               (SELECT count(*) FROM rooms WHERE creator_id = users.id AND deleted_at IS NULL)
        FROM users
        WHERE removed_at IS NULL AND id > ?1
        AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR name_key = ?3)
        AND (?4 = '' OR instr(name_key, ?4) > 0)
        ORDER BY id LIMIT ?5";
    let (id, name) = match &query.which {
        Some(UserReference::Id(id)) => (Some(id.0), None),
        Some(UserReference::Name(name)) => (None, Some(name.key())),
        None => (None, None),
    };
    let mut select = connection.prepare_cached(SELECT)?;
    let users = select.query_map((query.after.0, id, name, query.search.as_str(), query.limit), |row| {
        Ok(UserReport {
            id: UserId(row.get(0)?),
            name: row.get(1)?,
            role: server_role(row.get(2)?, row.get(3)?),
            created_at: Millis(row.get(4)?),
            last_seen_at: Millis(row.get(5)?),
            rooms: row.get(6)?,
            rooms_made: row.get(7)?,
        })
    })?;
    Ok(users.collect::<Result<_, _>>()?)
}

fn remove_user(write: &mut Write<'_>, user: UserId) -> Result<bool, Failure> {
    let Some(user) = sessions::find_account(write.connection, user)? else { return Ok(false) };
    sessions::remove(write, &user)?;
    names::give_up(write, user.id)?;
    visits::close_way_back(write.connection, user.id)?;
    visits::forget(write.connection, user.id)?;
    Ok(true)
}
