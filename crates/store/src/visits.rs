//! Visitors: guests whose account lives as long as their connection.

use crate::names::free_variant;
use crate::sql::{DatabaseError, Dialect, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{nodes, sessions};
use chinwag_core::domain::{Actor, NodeId, Refusal, SessionId, User, UserId, UserName, WantedName};
use chinwag_core::ports::{Device, NewSession, NewVisitor, ReturningVisitor, TokenHash, WAY_BACK_MS};

/// How often a visitor looks for a free name while others take each that is found.
const LOOKS: u32 = 16;

/// Makes the account of a visitor, under the wanted name or the next free one, with its session.
pub(crate) fn begin(
    write: &mut Write<'_>,
    visitor: &NewVisitor,
    node: Option<NodeId>,
) -> Result<(User, SessionId), Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (id, name, name_key, look, lower_look, kind, created_at, last_seen_at, way_back, node_id)
        VALUES (?1, ?2, ?3, ?4, ?5, 'visitor', ?6, ?6, ?7, ?8)
        ON CONFLICT DO NOTHING";
    nodes::hold(write.sql, node)?;
    let id = next_number(write.sql)?;
    let wanted = match &visitor.name {
        WantedName::Named(name) => name.clone(),
        WantedName::Numbered(word) => UserName::parse(&format!("{word} {id}"))?,
    };
    for _ in 0..LOOKS {
        let name = free_variant(write, wanted.clone(), id)?;
        let (text, key, looks) = (name.as_str(), name.key(), name.looks());
        let (look, lower_look) = (&looks.as_written, &looks.in_lower_case);
        let columns = values![id, text, &key, look, lower_look, write.now, visitor.way_back.as_ref(), node];
        if write.sql.execute(ACCOUNT, columns)? == 1 {
            let session = sessions::begin(write, id, &of_a_visit(visitor.token))?;
            return Ok((User::visitor(id, text), session));
        }
    }
    Err(Refusal::NameTaken(wanted).into())
}

/// The session of a visit, whose token nobody is told.
fn of_a_visit(token: TokenHash) -> NewSession {
    NewSession { token, device: Device::default() }
}

/// The number of the next account, which is given to nobody else.
fn next_number(sql: &dyn Transaction) -> Result<UserId, DatabaseError> {
    // Not behind the largest: rows of visitors go, and no number is given twice.
    let next = match sql.dialect() {
        Dialect::Sqlite => "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'users'), 0) + 1",
        Dialect::Postgres => "SELECT nextval(pg_get_serial_sequence('users', 'id'))",
    };
    sql.one(next, &[], |row| row.get(0))
}

/// Goes on with a visit, under its name or the next free one.
pub(crate) fn resume(
    write: &mut Write<'_>,
    visitor: &ReturningVisitor,
    node: Option<NodeId>,
) -> Result<(User, SessionId), Failure> {
    const SELECT: &str = "
        SELECT name FROM users
        WHERE id = ?1 AND kind = 'visitor' AND way_back = ?2 AND (removed_at IS NULL OR removed_at >= ?3)";
    const RETURN: &str = "
        UPDATE users SET name = ?2, name_key = ?3, look = ?4, lower_look = ?5, removed_at = NULL, last_seen_at = ?6,
            node_id = ?7
        WHERE id = ?1";
    let ReturningVisitor { user: id, way_back, token } = visitor;
    nodes::hold(write.sql, node)?;
    write.sql.lock(Lock::People(&[*id]))?;
    let earliest = write.now.0 - WAY_BACK_MS;
    let name = write.sql.first(SELECT, values![*id, way_back, earliest], |row| row.get::<String>(0))?;
    let wanted = UserName::parse(&name.ok_or(Refusal::Unauthorized)?)?;
    sessions::end_all(write, *id)?;
    let name = free_variant(write, wanted, *id)?;
    let (text, key, looks) = (name.as_str(), name.key(), name.looks());
    let columns = values![*id, text, &key, &looks.as_written, &looks.in_lower_case, write.now, node];
    write.sql.execute(RETURN, columns)?;
    let session = sessions::begin(write, *id, &of_a_visit(*token))?;
    Ok((User::visitor(*id, text), session))
}

/// Gives a visitor the wanted name or the next free one.
pub(crate) fn rename(write: &mut Write<'_>, actor: Actor, wanted: &UserName) -> Result<User, Failure> {
    let name = free_variant(write, wanted.clone(), actor.user)?;
    match sessions::rename(write, actor, &name) {
        Err(Failure::Refused(Refusal::NameTaken(_))) => {
            Err(DatabaseError::conflict("a name that was free is taken by now").into())
        }
        renamed => renamed,
    }
}

/// Gives the visits of a node to another one: it is the same with another number.
pub(crate) fn hand_over(write: &mut Write<'_>, before: NodeId, after: NodeId) -> Result<(), Failure> {
    const VISITING: &str =
        "SELECT id FROM users WHERE node_id = ?1 AND kind = 'visitor' AND removed_at IS NULL";
    const HAND: &str =
        "UPDATE users SET node_id = ?2 WHERE node_id = ?1 AND kind = 'visitor' AND removed_at IS NULL";
    let visiting: Vec<_> = write.sql.all(VISITING, values![before], |row| row.get(0))?;
    write.sql.lock(Lock::People(&visiting))?;
    write.sql.execute(HAND, values![before, after])?;
    Ok(())
}

/// Visits that are ended in one transaction.
const LOST_AT_ONCE: u32 = 200;

/// Ends visits of nodes that have no lease, or never had one.
pub(crate) fn end_lost(write: &mut Write<'_>) -> Result<u32, Failure> {
    const LOST: &str = "
        SELECT id FROM users
        WHERE kind = 'visitor' AND removed_at IS NULL
        AND (node_id IS NULL OR node_id NOT IN (SELECT id FROM nodes WHERE lease_until > ?1))
        ORDER BY id LIMIT ?2";
    const END: &str = "
        UPDATE users SET removed_at = ?2
        WHERE id = ?1 AND removed_at IS NULL
        AND (node_id IS NULL OR node_id NOT IN (SELECT id FROM nodes WHERE lease_until > ?3))";
    const SESSIONS: &str = "DELETE FROM sessions WHERE user_id = ?1";
    if !write.sql.claim("end_lost_visits")? {
        return Ok(0);
    }
    let now = nodes::moment(write.sql, write.now)?;
    let lost: Vec<UserId> = write.sql.all(LOST, values![now, LOST_AT_ONCE], |row| row.get(0))?;
    write.sql.lock(Lock::Deleted(&lost))?;
    for visitor in &lost {
        // Not of one who came to another node before the lock.
        if write.sql.execute(END, values![*visitor, write.now, now])? == 1 {
            // Nobody is told: whoever may still hold a connection of it has no lease, and looks before it goes on.
            write.sql.execute(SESSIONS, values![*visitor])?;
            delete(write.sql, *visitor)?;
        }
    }
    Ok(u32::try_from(lost.len()).unwrap_or(LOST_AT_ONCE))
}

/// Past visits that are looked at in one transaction.
const PAST_AT_ONCE: u32 = 200;

/// Takes the way back from visits that ended long ago, and forgets those that nothing names.
pub(crate) fn forget_past(write: &mut Write<'_>) -> Result<u32, Failure> {
    const PAST: &str = "
        SELECT id FROM users
        WHERE kind = 'visitor' AND way_back IS NOT NULL AND removed_at < ?1 ORDER BY removed_at LIMIT ?2";
    const CLOSE: &str = "UPDATE users SET way_back = NULL WHERE id = ?1 AND removed_at < ?2";
    if !write.sql.claim("forget_past_visits")? {
        return Ok(0);
    }
    let end = write.now.0 - WAY_BACK_MS;
    let past: Vec<UserId> = write.sql.all(PAST, values![end, PAST_AT_ONCE], |row| row.get(0))?;
    write.sql.lock(Lock::Deleted(&past))?;
    for visitor in &past {
        // Not of one who came back before the lock.
        if write.sql.execute(CLOSE, values![*visitor, end])? == 1 {
            delete(write.sql, *visitor)?;
        }
    }
    Ok(u32::try_from(past.len()).unwrap_or(PAST_AT_ONCE))
}

/// Lets a visitor not come back.
pub(crate) fn close_way_back(sql: &dyn Transaction, visitor: UserId) -> Result<(), Failure> {
    const CLOSE: &str = "UPDATE users SET way_back = NULL WHERE id = ?1";
    sql.execute(CLOSE, values![visitor])?;
    Ok(())
}

/// Deletes the row of a visit that has ended and cannot go on, when nothing names it: no message, no event, no room.
pub(crate) fn forget(sql: &dyn Transaction, visitor: UserId) -> Result<(), Failure> {
    const IS_VISITOR: &str = "SELECT 1 FROM users WHERE id = ?1 AND kind = 'visitor'";
    // A last message may be on its way, and none follows it. Not for those who are in rooms, which may be held already.
    if !sql.is_alone() && sql.exists(IS_VISITOR, values![visitor])? {
        sql.lock(Lock::Deleted(&[visitor]))?;
    }
    delete(sql, visitor)
}

/// The same for one who is held already.
fn delete(sql: &dyn Transaction, visitor: UserId) -> Result<(), Failure> {
    const DELETE: &str = "
        DELETE FROM users
        WHERE id = ?1 AND kind = 'visitor' AND removed_at IS NOT NULL AND way_back IS NULL
        AND NOT EXISTS (SELECT 1 FROM messages WHERE author_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM events WHERE actor_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM events WHERE subject_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM rooms WHERE creator_id = ?1)";
    sql.execute(DELETE, values![visitor])?;
    Ok(())
}
