//! Files that people share: to whom and to which message they belong. Their bytes are elsewhere, under keys; what is deleted here leaves its key
//! for whoever removes them.

use crate::engine::{Engine, SqlStore};
use crate::found_room::FoundRoom;
use crate::sql::{DatabaseError, Dialect, Failure, Lock, Row, Transaction, values};
use crate::write::Write;
use crate::{avatars, custom_emoji, room_files, rooms};
use chinwag_core::domain::{
    Actor, Attachment, BlobKey, FileId, Message, MessageContent, Millis, OpenFile, Picture, Refusal,
    RoomFilesPage, RoomId, Seq, StoredFile, UNSENT_MS, UserId,
};
use chinwag_core::ports::{Files, MadeFile, NewFile, StoreFuture};
use std::collections::HashMap;

/// Files that expire in one transaction.
const ROUND: u32 = 500;

/// What [`read`] reads.
macro_rules! file_columns {
    () => {
        "attachments.id, attachments.name, attachments.media_type, attachments.bytes, attachments.width,
         attachments.height, attachments.color"
    };
}
pub(crate) use file_columns;

/// How many columns [`file_columns!`] are.
pub(crate) const FILE_COLUMNS: usize = 7;

impl<E: Engine> Files for SqlStore<E> {
    fn begin_file(&self, actor: Actor, file: NewFile) -> StoreFuture<Millis> {
        self.0.write("begin_file", move |write| begin(write, actor, &file))
    }

    fn finish_file(&self, actor: Actor, id: FileId, made: MadeFile) -> StoreFuture<Attachment> {
        self.0.write("finish_file", move |write| finish(write.sql, actor.user, id, &made))
    }

    fn unfinished_file(&self, user: UserId, id: FileId) -> StoreFuture<OpenFile> {
        self.0.read("unfinished_file", move |sql| unfinished(sql, user, id))
    }

    fn discard_file(&self, actor: Actor, id: FileId) -> StoreFuture<()> {
        self.0.write("discard_file", move |write| {
            const DELETE: &str = "
                DELETE FROM attachments WHERE id = ?1 AND owner_id = ?2 AND seq IS NULL AND waits_for IS NULL
                RETURNING store_key";
            remove(write, DELETE, |delete| {
                write.sql.all(delete, values![&id.to_string(), actor.user], read_key)
            })
            .map(|_| ())
        })
    }

    fn file(&self, user: UserId, id: FileId) -> StoreFuture<StoredFile> {
        self.0.read("file", move |sql| find(sql, user, id))
    }

    fn room_files(
        &self,
        user: UserId,
        room: RoomId,
        before: Option<Seq>,
        limit: u32,
    ) -> StoreFuture<RoomFilesPage> {
        self.0.read("room_files", move |sql| room_files::page(sql, user, room, before, limit))
    }

    fn expire_files(&self) -> StoreFuture<u32> {
        self.0.write("expire_files", move |write| {
            const DELETE: &str = "
                DELETE FROM attachments WHERE seq IS NULL AND waits_for IS NULL AND id IN (
                    SELECT id FROM attachments
                    WHERE seq IS NULL AND waits_for IS NULL AND expires_at <= ?1 LIMIT ?2)
                RETURNING store_key";
            let others = avatars::expire(write, UNSENT_MS)? + custom_emoji::expire(write, UNSENT_MS)?;
            let files =
                remove(write, DELETE, |delete| write.sql.all(delete, values![write.now, ROUND], read_key))?;
            Ok(files + others)
        })
    }

    fn removals(&self, limit: u32) -> StoreFuture<Vec<BlobKey>> {
        self.0.read("removals", move |sql| {
            const SELECT: &str = "SELECT store_key FROM blob_removals ORDER BY store_key LIMIT ?1";
            Ok(sql.all(SELECT, values![limit], |row| Ok(BlobKey::stored(row.get(0)?)))?)
        })
    }

    fn removed(&self, keys: Vec<BlobKey>) -> StoreFuture<()> {
        self.0.write("removed", move |write| {
            const DELETE: &str = "DELETE FROM blob_removals WHERE store_key = ?1";
            for key in &keys {
                write.sql.execute(DELETE, values![key.as_str()])?;
            }
            Ok(())
        })
    }
}

fn begin(write: &Write<'_>, actor: Actor, file: &NewFile) -> Result<Millis, Failure> {
    const TOTAL: &str = "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM attachments WHERE owner_id = ?1";
    const INSERT: &str = "
        INSERT INTO attachments (id, owner_id, room_id, state, name, bytes, store_key, created_at, expires_at)
        VALUES (?1, ?2, ?3, 'uploading', ?4, ?5, ?6, ?7, ?8)";
    write.sql.lock(Lock::People(&[actor.user]))?;
    let room = rooms::hold(write.sql, actor.user, &file.room.into())?;
    room.check_sharing(write.now)?;
    room.actor_name()?;
    let total: i64 = write.sql.one(TOTAL, values![actor.user], |row| row.get(0))?;
    if total.unsigned_abs().saturating_add(file.bytes) > file.of_person {
        return Err(Refusal::FileQuota { limit: file.of_person }.into());
    }
    let (until, bytes) = (Millis(write.now.0.saturating_add(file.unsent_ms)), stored(file.bytes)?);
    let (id, name, key) = (file.id.to_string(), file.name.as_str(), file.key.as_str());
    write.sql.execute(INSERT, values![&id, actor.user, room.id, name, bytes, key, write.now, until])?;
    Ok(until)
}

fn finish(sql: &dyn Transaction, user: UserId, id: FileId, made: &MadeFile) -> Result<Attachment, Failure> {
    const SELECT: &str = concat!("SELECT ", file_columns!(), " FROM attachments WHERE id = ?1");
    const UPDATE: &str = "
        UPDATE attachments SET state = 'ready', media_type = ?3, bytes = ?4, width = ?5, height = ?6, color = ?7, scaled = ?8
        WHERE id = ?1 AND owner_id = ?2 AND seq IS NULL AND state = 'uploading'";
    let id = id.to_string();
    let MadeFile { media_type, bytes, picture, scaled } = made;
    let (width, height) = (picture.as_ref().map(|it| it.width), picture.as_ref().map(|it| it.height));
    let color = picture.as_ref().map(|it| it.color.as_str());
    let made = values![&id, user, media_type, stored(*bytes)?, width, height, color, scaled.as_ref()];
    if sql.execute(UPDATE, made)? == 0 {
        return Err(Refusal::FileNotFound.into());
    }
    Ok(sql.one(SELECT, values![&id], |row| read(row, 0))?)
}

fn unfinished(sql: &dyn Transaction, user: UserId, id: FileId) -> Result<OpenFile, Failure> {
    const SELECT: &str = "
        SELECT store_key, bytes, expires_at FROM attachments
        WHERE id = ?1 AND owner_id = ?2 AND state = 'uploading' AND seq IS NULL";
    let found = sql.first(SELECT, values![&id.to_string(), user], |row| {
        let (key, limit) = (BlobKey::stored(row.get(0)?), row.get::<i64>(1)?.unsigned_abs());
        Ok(OpenFile { id, key, limit, until: row.get(2)? })
    })?;
    Ok(found.ok_or(Refusal::FileNotFound)?)
}

/// A file as the person finds it who asks: through the room, and the message, or as whoever shares it.
fn find(sql: &dyn Transaction, user: UserId, id: FileId) -> Result<StoredFile, Failure> {
    const SELECT: &str = concat!(
        "SELECT ",
        file_columns!(),
        ", attachments.store_key, attachments.room_id, attachments.seq, attachments.owner_id, attachments.scaled
         FROM attachments WHERE attachments.id = ?1 AND attachments.state = 'ready'"
    );
    let found = sql.first(SELECT, values![&id.to_string()], |row| {
        let key = BlobKey::stored(row.get(7)?);
        let scaled = row.find(11)?;
        let file = StoredFile { file: read(row, 0)?, key, scaled, room: row.get(8)? };
        Ok((file, row.find::<Seq>(9)?, row.get::<UserId>(10)?))
    })?;
    let (file, seq, owner) = found.ok_or(Refusal::FileNotFound)?;
    let room = match rooms::find(sql, user, &file.room.into()) {
        Ok(room) => room,
        Err(Failure::Refused(_)) => return Err(Refusal::FileNotFound.into()),
        Err(failure @ Failure::Database(_)) => return Err(failure),
    };
    let is_readable = match (seq, room.log_access()) {
        (Some(seq), Ok(log)) => seq >= log.first(),
        (None, Ok(_)) => owner == user,
        (_, Err(_)) => false,
    };
    if is_readable { Ok(file) } else { Err(Refusal::FileNotFound.into()) }
}

/// The files that `author` wants to send into a room with the message of this client id, if all of them may be sent. What waits for another
/// message may not.
pub(crate) fn to_send(
    sql: &dyn Transaction,
    room: &FoundRoom,
    (author, client_id): (UserId, &str),
    ids: &[FileId],
) -> Result<Box<[Attachment]>, Failure> {
    const SELECT: &str = concat!(
        "SELECT ",
        file_columns!(),
        " FROM attachments WHERE id = ?1 AND owner_id = ?2 AND room_id = ?3 AND seq IS NULL AND state = 'ready'
            AND (waits_for IS NULL OR waits_for = ?4)"
    );
    let one = |id: &FileId| {
        let found =
            sql.first(SELECT, values![&id.to_string(), author, room.id, client_id], |row| read(row, 0))?;
        Ok(found.ok_or(Refusal::FileNotFound)?)
    };
    ids.iter().map(one).collect()
}

/// Has files belong to a message from now on, which has this client id.
pub(crate) fn bind(
    sql: &dyn Transaction,
    (room, seq): (RoomId, Seq),
    client_id: &str,
    ids: &[FileId],
) -> Result<(), Failure> {
    const UPDATE: &str = "
        UPDATE attachments SET seq = ?2, place = ?3, waits_for = NULL
        WHERE id = ?1 AND room_id = ?4 AND seq IS NULL AND (waits_for IS NULL OR waits_for = ?5)";
    for (place, id) in (0_u32..).zip(ids) {
        if sql.execute(UPDATE, values![&id.to_string(), seq, place, room, client_id])? != 1 {
            return Err(
                DatabaseError::conflict("the file belongs to another message by now, or is gone").into()
            );
        }
    }
    Ok(())
}

/// Keeps files for a message of their owner that is sent later.
pub(crate) fn keep(sql: &dyn Transaction, client_id: &str, ids: &[FileId]) -> Result<(), Failure> {
    const UPDATE: &str = "
        UPDATE attachments SET waits_for = ?2, place = ?3 WHERE id = ?1 AND seq IS NULL AND waits_for IS NULL";
    for (place, id) in (0_u32..).zip(ids) {
        if sql.execute(UPDATE, values![&id.to_string(), client_id, place])? != 1 {
            return Err(DatabaseError::conflict("the file belongs to a message by now, or is gone").into());
        }
    }
    Ok(())
}

/// The files of a person that wait for messages, by the names of these.
pub(crate) fn kept(
    sql: &dyn Transaction,
    owner: UserId,
) -> Result<HashMap<String, Vec<Attachment>>, Failure> {
    const SELECT: &str = concat!(
        "SELECT ",
        file_columns!(),
        ", attachments.waits_for FROM attachments
         WHERE attachments.owner_id = ?1 AND attachments.waits_for IS NOT NULL ORDER BY attachments.place"
    );
    let mut found = HashMap::<_, Vec<_>>::new();
    for (message, file) in sql.all(SELECT, values![owner], |row| Ok((row.get(7)?, read(row, 0)?)))? {
        found.entry(message).or_default().push(file);
    }
    Ok(found)
}

/// Leaves no file of a message that is not sent.
pub(crate) fn erase_kept(write: &Write<'_>, owner: UserId, client_id: &str) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM attachments WHERE owner_id = ?1 AND waits_for = ?2 RETURNING store_key";
    remove(write, DELETE, |delete| write.sql.all(delete, values![owner, client_id], read_key)).map(|_| ())
}

/// Leaves no file of any message of a person that is not sent.
pub(crate) fn erase_all_kept(write: &Write<'_>, owner: UserId) -> Result<(), Failure> {
    const DELETE: &str =
        "DELETE FROM attachments WHERE owner_id = ?1 AND waits_for IS NOT NULL RETURNING store_key";
    remove(write, DELETE, |delete| write.sql.all(delete, values![owner], read_key)).map(|_| ())
}

/// So many files that are to be [completed](complete).
pub(crate) fn expected(count: u32) -> Box<[Attachment]> {
    let unknown = || Attachment {
        id: FileId::new([0; 16]),
        name: String::new(),
        media_type: String::new(),
        bytes: 0,
        picture: None,
    };
    (0..count).map(|_| unknown()).collect()
}

/// Says of messages that were read which files came with them.
pub(crate) fn complete(
    sql: &dyn Transaction,
    room: RoomId,
    contents: &mut [(Seq, &mut MessageContent)],
) -> Result<(), Failure> {
    // Most have none, and cost no statement.
    let mut wanted: Vec<_> =
        contents.iter_mut().filter(|(_, content)| !content.attachments.is_empty()).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let places: Vec<_> = wanted.iter().map(|(seq, _)| seq.0).collect();
    let found = of_messages(sql, room, &places)?;
    for (seq, content) in &mut wanted {
        content.attachments = found.get(seq).cloned().unwrap_or_default().into();
    }
    Ok(())
}

/// The files of a message.
pub(crate) fn of_message(
    sql: &dyn Transaction,
    room: RoomId,
    message: &Message,
) -> Result<Box<[Attachment]>, Failure> {
    if message.content.attachments.is_empty() {
        return Ok(Box::default());
    }
    Ok(of_messages(sql, room, &[message.seq.0])?.remove(&message.seq).unwrap_or_default().into())
}

fn of_messages(
    sql: &dyn Transaction,
    room: RoomId,
    places: &[i64],
) -> Result<HashMap<Seq, Vec<Attachment>>, Failure> {
    macro_rules! files {
        ($among:literal) => {
            concat!(
                "SELECT ",
                file_columns!(),
                ", attachments.seq FROM attachments WHERE attachments.room_id = ?1 AND attachments.seq ",
                $among,
                " ORDER BY attachments.seq, attachments.place"
            )
        };
    }
    const SQLITE: &str = files!("IN (SELECT value FROM json_each(?2))");
    const POSTGRES: &str = files!("= ANY(?2)");
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let rows = sql.all(select, values![room, places], |row| Ok((row.get(7)?, read(row, 0)?)))?;
    let mut found = HashMap::<_, Vec<_>>::new();
    for (seq, file) in rows {
        found.entry(seq).or_default().push(file);
    }
    Ok(found)
}

/// Leaves no file of a message.
pub(crate) fn erase(write: &Write<'_>, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM attachments WHERE room_id = ?1 AND seq = ?2 RETURNING store_key";
    remove(write, DELETE, |delete| write.sql.all(delete, values![room, seq], read_key)).map(|_| ())
}

/// Leaves no file of a room that ends.
pub(crate) fn erase_of_room(write: &Write<'_>, room: RoomId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM attachments WHERE room_id = ?1 RETURNING store_key";
    remove(write, DELETE, |delete| write.sql.all(delete, values![room], read_key)).map(|_| ())
}

/// Leaves no file of a person whose account ends with all messages.
pub(crate) fn erase_all_of(write: &Write<'_>, owner: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM attachments WHERE owner_id = ?1 RETURNING store_key";
    remove(write, DELETE, |delete| write.sql.all(delete, values![owner], read_key)).map(|_| ())
}

/// Deletes files, and notes the keys whose bytes are to go. Answers how many.
fn remove(
    write: &Write<'_>,
    delete: &'static str,
    deleted: impl FnOnce(&'static str) -> Result<Vec<String>, DatabaseError>,
) -> Result<u32, Failure> {
    let keys = deleted(delete)?;
    note_removals(write, &keys)?;
    Ok(u32::try_from(keys.len()).unwrap_or(u32::MAX))
}

/// Notes keys whose bytes are to go, since nothing names them any more.
pub(crate) fn note_removals(write: &Write<'_>, keys: &[String]) -> Result<(), Failure> {
    const INSERT: &str = "INSERT INTO blob_removals (store_key, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    for key in keys {
        write.sql.execute(INSERT, values![key, write.now])?;
    }
    Ok(())
}

fn read_key(row: Row<'_>) -> Result<String, DatabaseError> {
    row.get(0)
}

fn stored(bytes: u64) -> Result<i64, DatabaseError> {
    i64::try_from(bytes).map_err(DatabaseError::defect)
}

/// Reads the [`file_columns!`] from the column `first` on.
pub(crate) fn read(row: Row<'_>, first: usize) -> Result<Attachment, DatabaseError> {
    let id = FileId::parse(row.text(first)?).ok_or_else(|| DatabaseError::defect("a file without a name"))?;
    let picture = match (row.find(first + 4)?, row.find(first + 5)?) {
        (Some(width), Some(height)) => {
            let color = row.find(first + 6)?.unwrap_or_default();
            Some(Picture { width, height, color })
        }
        (_, _) => None,
    };
    Ok(Attachment {
        id,
        name: row.get(first + 1)?,
        media_type: row.get(first + 2)?,
        bytes: row.get::<i64>(first + 3)?.unsigned_abs(),
        picture,
    })
}
