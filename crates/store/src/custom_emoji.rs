//! Emoji that the server has of its own. The bytes of their pictures are elsewhere, as those of files.

use crate::attachments::note_removals;
use crate::audit;
use crate::engine::{Engine, SqlStore};
use crate::sessions;
use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use crate::write::Write;
use chinwag_core::domain::permissions::ServerAction;
use chinwag_core::domain::{
    Actor, AuditAction, BlobKey, CustomEmoji, EmojiName, FileId, Millis, Refusal, StoredAvatar, UserId,
};
use chinwag_core::ports::{DirectoryEvent, EmojiStore, NewEmoji, ShownEmoji, StoreFuture};

/// Those that are given up in one transaction.
const ROUND: u32 = 500;

impl<E: Engine> EmojiStore for SqlStore<E> {
    fn emoji(&self) -> StoreFuture<Vec<CustomEmoji>> {
        self.0.read("emoji", list)
    }

    fn begin_emoji(&self, actor: Actor, emoji: NewEmoji) -> StoreFuture<()> {
        self.0.write("begin_emoji", move |write| begin(write, actor, &emoji))
    }

    fn finish_emoji(&self, actor: Actor, id: FileId, media_type: String) -> StoreFuture<()> {
        self.0.write("finish_emoji", move |write| finish(write, actor, id, &media_type))
    }

    fn discard_emoji(&self, id: FileId) -> StoreFuture<()> {
        self.0.write("discard_emoji", move |write| {
            const DELETE: &str =
                "DELETE FROM custom_emoji WHERE id = ?1 AND state = 'coming' RETURNING store_key";
            let keys = write.sql.all(DELETE, values![&id.to_string()], |row| row.get(0))?;
            note_removals(write, &keys)
        })
    }

    fn remove_emoji(&self, actor: Actor, name: EmojiName) -> StoreFuture<()> {
        self.0.write("remove_emoji", move |write| remove(write, actor, &name))
    }

    fn emoji_picture(&self, user: UserId, id: FileId) -> StoreFuture<StoredAvatar> {
        self.0.read("emoji_picture", move |sql| picture(sql, user, id))
    }
}

fn list(sql: &dyn Transaction) -> Result<Vec<CustomEmoji>, Failure> {
    const SELECT: &str = "SELECT name, id FROM custom_emoji WHERE state = 'shown' ORDER BY name";
    Ok(sql.all(SELECT, values![], |row| {
        Ok(CustomEmoji { name: read_name(row, 0)?, picture: read_id(row, 1)? })
    })?)
}

/// Whether the server has one of this name.
pub(crate) fn is_shown(sql: &dyn Transaction, name: &EmojiName) -> Result<bool, Failure> {
    const SELECT: &str = "SELECT 1 FROM custom_emoji WHERE name = ?1 AND state = 'shown'";
    Ok(sql.exists(SELECT, values![name.as_str()])?)
}

fn begin(write: &Write<'_>, actor: Actor, emoji: &NewEmoji) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO custom_emoji (id, name, state, media_type, store_key, at)
        VALUES (?1, ?2, 'coming', '', ?3, ?4)";
    check(write, actor)?;
    check_number(write, &emoji.name)?;
    let (id, name) = (emoji.id.to_string(), emoji.name.as_str());
    write.sql.execute(INSERT, values![&id, name, emoji.key.as_str(), write.now])?;
    Ok(())
}

fn finish(write: &mut Write<'_>, actor: Actor, id: FileId, media_type: &str) -> Result<(), Failure> {
    const SELECT: &str = "SELECT name FROM custom_emoji WHERE id = ?1 AND state = 'coming'";
    const UPDATE: &str = "UPDATE custom_emoji SET state = 'shown', media_type = ?2, at = ?3 WHERE id = ?1";
    check(write, actor)?;
    let stored = id.to_string();
    let name = write.sql.first(SELECT, values![&stored], |row| read_name(row, 0))?;
    let name = name.ok_or(Refusal::FileNotFound)?;
    check_number(write, &name)?;
    let at = forget_former(write, &name)?;
    write.sql.execute(UPDATE, values![&stored, media_type, at])?;
    note(write, actor, AuditAction::EmojiAdded, &name)?;
    tell(write, name, Some(id), at);
    Ok(())
}

/// Takes one away. The row stays for its time, so that what comes later is later.
fn remove(write: &mut Write<'_>, actor: Actor, name: &EmojiName) -> Result<(), Failure> {
    const GONE: &str = "
        UPDATE custom_emoji SET state = 'gone', at = CASE WHEN at >= ?2 THEN at + 1 ELSE ?2 END
        WHERE name = ?1 AND state = 'shown' RETURNING store_key, at";
    check(write, actor)?;
    let gone = write.sql.all(GONE, values![name.as_str(), write.now], |row| {
        Ok((row.get::<String>(0)?, row.get::<Millis>(1)?))
    })?;
    for (key, at) in gone {
        note_removals(write, &[key])?;
        note(write, actor, AuditAction::EmojiRemoved, name)?;
        tell(write, name.clone(), None, at);
    }
    Ok(())
}

/// Refuses one who may not change emoji, of which one is changed at a time.
fn check(write: &Write<'_>, actor: Actor) -> Result<(), Failure> {
    audit::check(write.sql, actor.user, ServerAction::ManageEmoji)?;
    if write.sql.claim("custom_emoji")? {
        Ok(())
    } else {
        Err(DatabaseError::conflict("emoji are changed at the same time").into())
    }
}

fn check_number(write: &Write<'_>, name: &EmojiName) -> Result<(), Failure> {
    const COUNT: &str = "SELECT count(*) FROM custom_emoji WHERE state = 'shown' AND name <> ?1";
    let others: u32 = write.sql.one(COUNT, values![name.as_str()], |row| row.get(0))?;
    let limit = EmojiName::MOST;
    if others >= limit { Err(Refusal::EmojiLimit { limit }.into()) } else { Ok(()) }
}

/// Leaves nothing of the picture before. Answers when the next one is, which is later.
fn forget_former(write: &Write<'_>, name: &EmojiName) -> Result<Millis, Failure> {
    const DELETE: &str =
        "DELETE FROM custom_emoji WHERE name = ?1 AND state <> 'coming' RETURNING store_key, at";
    let former =
        write.sql.all(DELETE, values![name.as_str()], |row| Ok((row.get(0)?, row.get::<Millis>(1)?)))?;
    let (keys, times): (Vec<_>, Vec<_>) = former.into_iter().unzip();
    note_removals(write, &keys)?;
    let later = times.into_iter().map(|before| Millis(before.0.saturating_add(1)));
    Ok(later.fold(write.now, Millis::max))
}

fn note(write: &Write<'_>, actor: Actor, action: AuditAction, name: &EmojiName) -> Result<(), Failure> {
    let reason = Some(name.shortcode());
    audit::note(write, actor.user, audit::Noted { action, room: None, user: None, seq: None, reason })
}

fn tell(write: &mut Write<'_>, name: EmojiName, picture: Option<FileId>, at: Millis) {
    write.tell_directory(DirectoryEvent::Emoji { shown: ShownEmoji { name, picture }, at });
}

fn picture(sql: &dyn Transaction, user: UserId, id: FileId) -> Result<StoredAvatar, Failure> {
    const SELECT: &str = "SELECT store_key, media_type FROM custom_emoji WHERE id = ?1 AND state = 'shown'";
    sessions::account(sql, user)?;
    let found = sql.first(SELECT, values![&id.to_string()], |row| {
        Ok(StoredAvatar { key: BlobKey::stored(row.get(0)?), media_type: row.get(1)? })
    })?;
    Ok(found.ok_or(Refusal::FileNotFound)?)
}

/// Gives up those whose pictures did not come within `unsent_ms`, and forgets when one was taken away. Answers how many did not come.
pub(crate) fn expire(write: &Write<'_>, unsent_ms: i64) -> Result<u32, Failure> {
    const FORGET: &str = "DELETE FROM custom_emoji WHERE state = 'gone' AND at <= ?1";
    const DELETE: &str = "
        DELETE FROM custom_emoji WHERE state = 'coming' AND id IN (
            SELECT id FROM custom_emoji WHERE state = 'coming' AND at <= ?1 LIMIT ?2)
        RETURNING store_key";
    let since = write.now.0.saturating_sub(unsent_ms);
    write.sql.execute(FORGET, values![since])?;
    let keys = write.sql.all(DELETE, values![since, ROUND], |row| row.get(0))?;
    note_removals(write, &keys)?;
    Ok(u32::try_from(keys.len()).unwrap_or(u32::MAX))
}

fn read_name(row: Row<'_>, column: usize) -> Result<EmojiName, DatabaseError> {
    EmojiName::stored(row.text(column)?).ok_or_else(|| DatabaseError::defect("an emoji without a name"))
}

fn read_id(row: Row<'_>, column: usize) -> Result<FileId, DatabaseError> {
    FileId::parse(row.text(column)?).ok_or_else(|| DatabaseError::defect("a picture without a name"))
}
