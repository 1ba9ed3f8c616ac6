//! Visitors: guests whose account lives as long as their connection.

use super::failure::Failure;
use super::write::Write;
use super::{names, sessions};
use chinwag_core::domain::{Actor, Refusal, SessionId, User, UserId, UserName, WantedName};
use chinwag_core::ports::{NewVisitor, ReturningVisitor, WAY_BACK_MS};
use rusqlite::{Connection, OptionalExtension as _, Params};

/// Makes the account of a visitor, under the wanted name or the next free one, with its session.
pub(super) fn begin(write: &mut Write<'_>, visitor: &NewVisitor) -> Result<(User, SessionId), Failure> {
    // Not behind the largest: rows of visitors go, and no number is given twice.
    const NEXT: &str = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'users'), 0) + 1";
    const ACCOUNT: &str = "
        INSERT INTO users (id, name, name_key, look, lower_look, guest, visitor, created_at, last_seen_at, way_back)
        VALUES (?1, ?2, ?3, ?4, ?5, 1, 1, ?6, ?6, ?7)";
    let id = write.connection.prepare_cached(NEXT)?.query_row([], |row| row.get(0).map(UserId))?;
    let wanted = match &visitor.name {
        WantedName::Named(name) => name.clone(),
        WantedName::Numbered(word) => UserName::parse(&format!("{word} {id}"))?,
    };
    let name = free_variant(write, wanted, id)?;
    let mut account = write.connection.prepare_cached(ACCOUNT)?;
    let (way_back, looks) = (visitor.way_back.map(|hash| hash.0), name.looks());
    let (look, lower_look) = (looks.as_written, looks.in_lower_case);
    account.execute((id.0, name.as_str(), name.key(), look, lower_look, write.now.0, way_back))?;
    let session = sessions::begin(write, id, visitor.token)?;
    Ok((User { id, name: name.as_str().into(), guest: true }, session))
}

/// Goes on with a visit, under its name or the next free one.
pub(super) fn resume(
    write: &mut Write<'_>,
    visitor: &ReturningVisitor,
) -> Result<(User, SessionId), Failure> {
    const SELECT: &str = "
        SELECT name FROM users
        WHERE id = ?1 AND visitor = 1 AND way_back = ?2 AND (removed_at IS NULL OR removed_at >= ?3)";
    const RETURN: &str = "
        UPDATE users SET name = ?2, name_key = ?3, look = ?4, lower_look = ?5, removed_at = NULL, last_seen_at = ?6
        WHERE id = ?1";
    let ReturningVisitor { user: id, way_back, token } = visitor;
    let earliest = write.now.0 - WAY_BACK_MS;
    let mut select = write.connection.prepare_cached(SELECT)?;
    let name = select.query_row((id.0, way_back.0, earliest), |row| row.get::<_, String>(0)).optional()?;
    let wanted = UserName::parse(&name.ok_or(Refusal::Unauthorized)?)?;
    sessions::end_all(write, *id)?;
    let name = free_variant(write, wanted, *id)?;
    let looks = name.looks();
    let columns = (id.0, name.as_str(), name.key(), looks.as_written, looks.in_lower_case, write.now.0);
    write.connection.prepare_cached(RETURN)?.execute(columns)?;
    let session = sessions::begin(write, *id, *token)?;
    Ok((User { id: *id, name: name.as_str().into(), guest: true }, session))
}

/// Gives a visitor the wanted name or the next free one.
pub(super) fn rename(write: &mut Write<'_>, actor: Actor, wanted: &UserName) -> Result<User, Failure> {
    let name = free_variant(write, wanted.clone(), actor.user)?;
    sessions::rename(write, actor, &name)
}

/// Ends all visits. For the start: then nobody is connected.
pub(super) fn end_all(write: &mut Write<'_>) -> Result<u32, Failure> {
    const VISITING: &str = "SELECT id FROM users WHERE visitor = 1 AND removed_at IS NULL";
    const SESSIONS: &str = "
        DELETE FROM sessions WHERE user_id IN (SELECT id FROM users WHERE visitor = 1 AND removed_at IS NULL)";
    const REMOVE: &str = "UPDATE users SET removed_at = ?1 WHERE visitor = 1 AND removed_at IS NULL";
    let ended = ids(write.connection, VISITING, [])?;
    write.connection.prepare_cached(SESSIONS)?.execute([])?;
    write.connection.prepare_cached(REMOVE)?.execute([write.now.0])?;
    for visitor in &ended {
        forget(write.connection, *visitor)?;
    }
    Ok(u32::try_from(ended.len()).unwrap_or(u32::MAX))
}

/// Past visits that are looked at in one transaction.
const PAST_AT_ONCE: u32 = 200;

/// Takes the way back from visits that ended long ago, and forgets those that nothing names.
pub(super) fn forget_past(write: &mut Write<'_>) -> Result<u32, Failure> {
    const PAST: &str = "
        SELECT id FROM users
        WHERE visitor = 1 AND way_back IS NOT NULL AND removed_at < ?1 ORDER BY removed_at LIMIT ?2";
    let past = ids(write.connection, PAST, (write.now.0 - WAY_BACK_MS, PAST_AT_ONCE))?;
    for visitor in &past {
        close_way_back(write.connection, *visitor)?;
        forget(write.connection, *visitor)?;
    }
    Ok(u32::try_from(past.len()).unwrap_or(PAST_AT_ONCE))
}

/// Lets a visitor not come back.
pub(super) fn close_way_back(connection: &Connection, visitor: UserId) -> Result<(), Failure> {
    const CLOSE: &str = "UPDATE users SET way_back = NULL WHERE id = ?1";
    connection.prepare_cached(CLOSE)?.execute([visitor.0])?;
    Ok(())
}

/// Deletes the row of a visit that has ended and cannot go on, when nothing names it: no message, no event, no room.
pub(super) fn forget(connection: &Connection, visitor: UserId) -> Result<(), Failure> {
    const DELETE: &str = "
        DELETE FROM users
        WHERE id = ?1 AND visitor = 1 AND removed_at IS NOT NULL AND way_back IS NULL
        AND NOT EXISTS (SELECT 1 FROM messages WHERE author_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM events WHERE actor_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM events WHERE subject_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM rooms WHERE creator_id = ?1)";
    connection.prepare_cached(DELETE)?.execute([visitor.0])?;
    Ok(())
}

fn ids(connection: &Connection, select: &str, parameters: impl Params) -> Result<Vec<UserId>, Failure> {
    let mut select = connection.prepare_cached(select)?;
    let ids = select.query_map(parameters, |row| row.get(0).map(UserId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Numbers up to which a free variant is looked for. Each step of the search is a lookup, and who holds names in its way on purpose
/// must not make it long.
const VARIANTS: u32 = 1 << 20;

/// This name, or a variant of it, that nobody else than `own` has. Steps that double find the end of the variants that are taken, so
/// that the thousandth visitor of one name costs little more than the second.
fn free_variant(write: &Write<'_>, name: UserName, own: UserId) -> Result<UserName, Failure> {
    let is_free = |name: &UserName| names::is_free(write, name, Some(own), None);
    if is_free(&name)? {
        return Ok(name);
    }
    let (mut taken, mut free) = (1, 2);
    while !is_free(&name.variant(free))? {
        if free >= VARIANTS {
            return Err(Refusal::NameTaken(name).into());
        }
        (taken, free) = (free, free * 2);
    }
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if is_free(&name.variant(middle))? {
            free = middle;
        } else {
            taken = middle;
        }
    }
    Ok(name.variant(free))
}
