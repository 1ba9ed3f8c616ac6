//! What the operator sees and does. This is the one place where rooms and accounts are found by nobody's eyes.

use crate::engine::{Engine, SqlStore};
use crate::found_room::{read_kind, read_slug};
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, values};
use crate::write::{Write, with_endings};
use crate::{accounts, device_links, members, names, rooms, sessions, standing, visits};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{Millis, Refusal, RoomId, RoomReference, UserId};
use chinwag_core::ports::{
    Administration, LinkPurpose, Makers, RoomReport, RoomReportQuery, Settling, StoreFuture, TokenHash,
    UserReference, UserReport, UserReportQuery,
};

/// The row in whose name the operator acts. It is no account that one could sign in to.
pub(crate) const OPERATOR: UserId = UserId(-1);

impl<E: Engine> Administration for SqlStore<E> {
    fn report_rooms(&self, _: Operator, query: RoomReportQuery) -> StoreFuture<Vec<RoomReport>> {
        self.0.read("report_rooms", move |sql| report_rooms(sql, &query))
    }

    fn remove_room(&self, _: Operator, room: RoomId) -> StoreFuture<Vec<Settling>> {
        self.0.write("remove_room", move |write| remove_room(write, room))
    }

    fn report_users(&self, _: Operator, query: UserReportQuery) -> StoreFuture<Vec<UserReport>> {
        self.0.read("report_users", move |sql| report_users(sql, &query))
    }

    fn set_server_role(&self, _: Operator, user: UserId, role: ServerRole) -> StoreFuture<()> {
        self.0.write("set_server_role", move |write| accounts::set_server_role(write, user, role))
    }

    fn make_reset_link(&self, _: Operator, user: UserId, link: TokenHash) -> StoreFuture<Millis> {
        self.0.write("make_reset_link", move |write| {
            write.sql.lock(Lock::People(&[user]))?;
            let user = accounts::member(write.sql, user)?;
            device_links::make(write, user.id, &link, LinkPurpose::Reset)
        })
    }

    fn remove_user(&self, _: Operator, user: UserId) -> StoreFuture<Option<Vec<Settling>>> {
        self.0.write("remove_user", move |write| {
            let (existed, endings) = with_endings(write, |write| remove_user(write, user))?;
            Ok(existed.then_some(endings))
        })
    }
}

pub(crate) fn report_rooms(
    sql: &dyn Transaction,
    query: &RoomReportQuery,
) -> Result<Vec<RoomReport>, Failure> {
    const SELECT: &str = "
        SELECT rooms.id, rooms.title, rooms.slug, rooms.members, rooms.head_seq, rooms.created_at,
               makers.id, makers.name, coalesce(makers.role, makers.kind),
               (SELECT at FROM messages WHERE room_id = rooms.id ORDER BY seq DESC LIMIT 1),
               rooms.kind, rooms.archived_at
        FROM rooms LEFT JOIN users AS makers ON makers.id = rooms.creator_id
        WHERE rooms.deleted_at IS NULL AND rooms.id > ?1
        AND (CAST(?2 AS BIGINT) IS NULL OR rooms.id = ?2) AND (CAST(?3 AS TEXT) IS NULL OR rooms.slug = ?3)
        AND (?4 = '' OR instr(rooms.search_key, ?4) > 0) AND (NOT ?5 OR makers.kind IN ('visitor', 'guest'))
        AND (CAST(?6 AS BIGINT) IS NULL OR rooms.kind = 'public' OR (rooms.kind = 'private'
            AND EXISTS (SELECT 1 FROM members WHERE room_id = rooms.id AND user_id = ?6)))
        ORDER BY rooms.id LIMIT ?7";
    let (id, slug) = match &query.which {
        Some(RoomReference::Id(id)) => (Some(*id), None),
        Some(RoomReference::Slug(slug)) => (None, Some(slug.as_str())),
        None => (None, None),
    };
    let guests = match query.makers {
        Makers::All => false,
        Makers::Guests => true,
    };
    let parameters =
        values![query.after, id, slug, query.search.as_str(), guests, query.seen_by, query.limit];
    Ok(sql.all(SELECT, parameters, read_room)?)
}

fn read_room(row: Row<'_>) -> Result<RoomReport, DatabaseError> {
    let maker = match row.find(6)? {
        Some(id) => Some((id, row.get(7)?, standing::parse(row.text(8)?)?.0)),
        None => None,
    };
    Ok(RoomReport {
        id: row.get(0)?,
        slug: read_slug(row)?,
        title: row.get(1)?,
        members: row.get::<i64>(3)?.unsigned_abs(),
        head: row.get(4)?,
        maker,
        created_at: row.get(5)?,
        last_message_at: row.find(9)?,
        kind: read_kind(row.text(10)?)?,
        is_archived: row.find::<Millis>(11)?.is_some(),
    })
}

fn remove_room(write: &mut Write<'_>, room: RoomId) -> Result<Vec<Settling>, Failure> {
    const EXISTS: &str = "SELECT 1 FROM rooms WHERE id = ?1 AND deleted_at IS NULL";
    write.sql.lock(Lock::Rooms(&[room]))?;
    if write.sql.exists(EXISTS, values![room])? {
        rooms::end(write, room, OPERATOR, Operator::NAME)
    } else {
        Err(Refusal::RoomNotFound(room.into()).into())
    }
}

pub(crate) fn report_users(
    sql: &dyn Transaction,
    query: &UserReportQuery,
) -> Result<Vec<UserReport>, Failure> {
    const SELECT: &str = "
        SELECT id, name, coalesce(role, kind), created_at, last_seen_at,
               (SELECT count(*) FROM members WHERE user_id = users.id),
               (SELECT count(*) FROM rooms WHERE creator_id = users.id AND deleted_at IS NULL)
        FROM users
        WHERE removed_at IS NULL AND id > ?1
        AND (CAST(?2 AS BIGINT) IS NULL OR id = ?2) AND (CAST(?3 AS TEXT) IS NULL OR name_key = ?3)
        AND (?4 = '' OR instr(name_key, ?4) > 0)
        ORDER BY id LIMIT ?5";
    let (id, name) = match &query.which {
        Some(UserReference::Id(id)) => (Some(*id), None),
        Some(UserReference::Name(name)) => (None, Some(name.key())),
        None => (None, None),
    };
    let parameters = values![query.after, id, name.as_ref(), query.search.as_str(), query.limit];
    let users = sql.all(SELECT, parameters, |row| {
        let (kind, role) = standing::parse(row.text(2)?)?;
        Ok(UserReport {
            id: row.get(0)?,
            name: row.get(1)?,
            kind,
            role,
            created_at: row.get(3)?,
            last_seen_at: row.get(4)?,
            rooms: row.get(5)?,
            rooms_made: row.get(6)?,
        })
    })?;
    Ok(users)
}

fn remove_user(write: &mut Write<'_>, user: UserId) -> Result<bool, Failure> {
    members::hold_with_rooms(write.sql, &[user])?;
    let Some(user) = sessions::find_account(write.sql, user)? else { return Ok(false) };
    sessions::remove(write, &user)?;
    names::give_up(write, user.id)?;
    visits::close_way_back(write.sql, user.id)?;
    visits::forget(write.sql, user.id)?;
    Ok(true)
}
