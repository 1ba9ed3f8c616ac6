//! Whom people do not want to hear. In the conversation of two, one whom the other blocks has to be silent.

use crate::engine::{Engine, SqlStore};
use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{people, sanctions, sessions};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{Actor, Refusal, RoomId, UserId};
use chinwag_core::ports::{BLOCKS_PER_PERSON, Blocks, StoreFuture};
use std::collections::BTreeSet;

impl<E: Engine> Blocks for SqlStore<E> {
    fn blocks(&self, user: UserId) -> StoreFuture<Vec<(UserId, String)>> {
        self.0.read("blocks", move |sql| list(sql, user))
    }

    fn block(&self, actor: Actor, user: UserId) -> StoreFuture<()> {
        self.0.write("block", move |write| block(write, actor, user))
    }

    fn unblock(&self, actor: Actor, user: UserId) -> StoreFuture<()> {
        self.0.write("unblock", move |write| unblock(write, actor, user))
    }
}

fn list(sql: &dyn Transaction, user: UserId) -> Result<Vec<(UserId, String)>, Failure> {
    const SELECT: &str = "
        SELECT blocks.blocked_id, users.name FROM blocks JOIN users ON users.id = blocks.blocked_id
        WHERE blocks.user_id = ?1 ORDER BY blocks.at DESC, blocks.blocked_id DESC";
    Ok(sql.all(SELECT, values![user], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn block(write: &Write<'_>, actor: Actor, user: UserId) -> Result<(), Failure> {
    const COUNT: &str = "SELECT count(*) FROM blocks WHERE user_id = ?1";
    const INSERT: &str =
        "INSERT INTO blocks (user_id, blocked_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    write.sql.lock(Lock::People(&[actor.user, user]))?;
    let account = sessions::account(write.sql, actor.user)?;
    let others = sessions::find_account(write.sql, user)?.filter(|other| other.id != actor.user);
    others.ok_or(Refusal::UserNotFound(user))?;
    let blocked: u32 = write.sql.one(COUNT, values![actor.user], |row| row.get(0))?;
    if account.role == ServerRole::Visitor || blocked >= BLOCKS_PER_PERSON {
        return Err(Refusal::Forbidden.into());
    }
    if write.sql.execute(INSERT, values![actor.user, user, write.now])? > 0
        && let Some(room) = conversation(write.sql, actor.user, user)?
    {
        sanctions::silence_quietly(write, room, user, actor.user)?;
    }
    Ok(())
}

fn unblock(write: &Write<'_>, actor: Actor, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM blocks WHERE user_id = ?1 AND blocked_id = ?2";
    write.sql.lock(Lock::People(&[actor.user, user]))?;
    if write.sql.execute(DELETE, values![actor.user, user])? > 0
        && let Some(room) = conversation(write.sql, actor.user, user)?
    {
        sanctions::end_silence_quietly(write.sql, room, user)?;
    }
    Ok(())
}

/// The conversation of two people, held, if there is one.
fn conversation(sql: &dyn Transaction, one: UserId, other: UserId) -> Result<Option<RoomId>, Failure> {
    const SELECT: &str =
        "SELECT id FROM rooms WHERE direct_key = ?1 AND kind = 'direct' AND deleted_at IS NULL";
    let key = people::key(&BTreeSet::from([one, other]));
    let room = sql.first(SELECT, values![&key], |row| row.get::<RoomId>(0))?;
    if let Some(room) = room {
        sql.lock(Lock::Rooms(&[room]))?;
    }
    Ok(room)
}

/// In a new conversation of two, which the caller holds with both, has each be silent whom the other blocks.
pub(crate) fn carry_over(write: &Write<'_>, room: RoomId, one: UserId, other: UserId) -> Result<(), Failure> {
    const SELECT: &str = "SELECT 1 FROM blocks WHERE user_id = ?1 AND blocked_id = ?2";
    for (user, blocked) in [(one, other), (other, one)] {
        if write.sql.exists(SELECT, values![user, blocked])? {
            sanctions::silence_quietly(write, room, blocked, user)?;
        }
    }
    Ok(())
}
