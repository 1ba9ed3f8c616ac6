//! Groups of people who are mentioned at once.

use crate::engine::{Engine, SqlStore};
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{accounts, audit, sessions};
use chinwag_core::domain::permissions::{ServerAction, ServerRole};
use chinwag_core::domain::{Actor, GroupName, Refusal, UserGroup, UserId};
use chinwag_core::ports::{StoreFuture, UserGroups};

impl<E: Engine> UserGroups for SqlStore<E> {
    fn groups(&self, user: UserId) -> StoreFuture<Vec<UserGroup>> {
        self.0.read("groups", move |sql| list(sql, user))
    }

    fn group_people(&self, user: UserId, group: GroupName) -> StoreFuture<Vec<(UserId, String)>> {
        self.0.read("group_people", move |sql| people(sql, user, &group))
    }

    fn make_group(&self, actor: Actor, group: GroupName) -> StoreFuture<()> {
        self.0.write("make_group", move |write| make(write, actor, &group))
    }

    fn end_group(&self, actor: Actor, group: GroupName) -> StoreFuture<()> {
        self.0.write("end_group", move |write| end(write, actor, &group))
    }

    fn add_to_group(&self, actor: Actor, group: GroupName, user: UserId) -> StoreFuture<()> {
        self.0.write("add_to_group", move |write| add(write, actor, &group, user))
    }

    fn take_from_group(&self, actor: Actor, group: GroupName, user: UserId) -> StoreFuture<()> {
        self.0.write("take_from_group", move |write| take(write, actor, &group, user))
    }
}

fn list(sql: &dyn Transaction, user: UserId) -> Result<Vec<UserGroup>, Failure> {
    const SELECT: &str = "
        SELECT user_groups.name, count(held.user_id), count(CASE WHEN held.user_id = ?1 THEN 1 END)
        FROM user_groups LEFT JOIN user_group_members AS held ON held.group_id = user_groups.id
        GROUP BY user_groups.id, user_groups.name ORDER BY user_groups.name";
    if sessions::account(sql, user)?.role < ServerRole::Member {
        return Ok(Vec::new());
    }
    Ok(sql.all(SELECT, values![user], |row| {
        let name = GroupName::parse(row.text(0)?).map_err(DatabaseError::defect)?;
        Ok(UserGroup { name, people: row.get(1)?, is_mine: row.get::<i64>(2)? > 0 })
    })?)
}

fn people(sql: &dyn Transaction, user: UserId, group: &GroupName) -> Result<Vec<(UserId, String)>, Failure> {
    const SELECT: &str = "
        SELECT users.id, users.name FROM user_group_members AS held JOIN users ON users.id = held.user_id
        WHERE held.group_id = ?1 ORDER BY users.name_key, users.id";
    audit::check(sql, user, ServerAction::ManageGroups)?;
    let group = number(sql, group)?;
    Ok(sql.all(SELECT, values![group], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn make(write: &Write<'_>, actor: Actor, group: &GroupName) -> Result<(), Failure> {
    const COUNT: &str = "SELECT count(*) FROM user_groups WHERE name <> ?1";
    const INSERT: &str = "INSERT INTO user_groups (name, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    begin(write, actor)?;
    let others: u32 = write.sql.one(COUNT, values![group.as_str()], |row| row.get(0))?;
    if others >= GroupName::MOST {
        return Err(Refusal::GroupLimit { limit: GroupName::MOST }.into());
    }
    write.sql.execute(INSERT, values![group.as_str(), write.now])?;
    Ok(())
}

fn end(write: &Write<'_>, actor: Actor, group: &GroupName) -> Result<(), Failure> {
    const PEOPLE: &str = "DELETE FROM user_group_members WHERE group_id = ?1";
    const DELETE: &str = "DELETE FROM user_groups WHERE id = ?1";
    begin(write, actor)?;
    if let Some(group) = find(write.sql, group)? {
        write.sql.execute(PEOPLE, values![group])?;
        write.sql.execute(DELETE, values![group])?;
    }
    Ok(())
}

fn add(write: &Write<'_>, actor: Actor, group: &GroupName, user: UserId) -> Result<(), Failure> {
    const COUNT: &str = "SELECT count(*) FROM user_group_members WHERE group_id = ?1 AND user_id <> ?2";
    const INSERT: &str =
        "INSERT INTO user_group_members (group_id, user_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    begin(write, actor)?;
    write.sql.lock(Lock::People(&[user]))?;
    let group = number(write.sql, group)?;
    let user = accounts::member(write.sql, user)?;
    let others: u32 = write.sql.one(COUNT, values![group, user.id], |row| row.get(0))?;
    if others >= GroupName::MOST_PEOPLE {
        return Err(Refusal::GroupFull { limit: GroupName::MOST_PEOPLE }.into());
    }
    write.sql.execute(INSERT, values![group, user.id])?;
    Ok(())
}

fn take(write: &Write<'_>, actor: Actor, group: &GroupName, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM user_group_members WHERE group_id = ?1 AND user_id = ?2";
    begin(write, actor)?;
    let group = number(write.sql, group)?;
    write.sql.execute(DELETE, values![group, user])?;
    Ok(())
}

/// Checks the right to change groups, of which one is changed at a time.
fn begin(write: &Write<'_>, actor: Actor) -> Result<(), Failure> {
    audit::check(write.sql, actor.user, ServerAction::ManageGroups)?;
    if write.sql.claim("user_groups")? {
        Ok(())
    } else {
        Err(DatabaseError::conflict("groups are changed at the same time").into())
    }
}

/// Takes somebody whose account ends out of all groups.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM user_group_members WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}

/// The number of a group, if there is one of the name.
pub(crate) fn find(sql: &dyn Transaction, group: &GroupName) -> Result<Option<i64>, Failure> {
    const SELECT: &str = "SELECT id FROM user_groups WHERE name = ?1";
    Ok(sql.first(SELECT, values![group.as_str()], |row| row.get(0))?)
}

fn number(sql: &dyn Transaction, group: &GroupName) -> Result<i64, Failure> {
    Ok(find(sql, group)?.ok_or_else(|| Refusal::GroupNotFound(group.clone()))?)
}
