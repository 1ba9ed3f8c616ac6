//! Pictures of people, of rooms and of the server: who gives them, and who is shown them. Their bytes are elsewhere, as those of files.

use crate::attachments::note_removals;
use crate::engine::{Engine, SqlStore};
use crate::found_room::FoundRoom;
use crate::rooms::{self, Labels};
use crate::sql::{DatabaseError, Dialect, Failure, Lock, Row, Transaction, values};
use crate::write::Write;
use crate::{audit, events, sessions};
use chinwag_core::domain::permissions::{Action, ServerAction, may_remove_avatar};
use chinwag_core::domain::{
    Actor, AuditAction, AvatarOwner, AvatarQuery, Avatars, BlobKey, EventBody, FileId, Millis, Refusal,
    RoomChange, RoomId, RoomState, StoredAvatar, UserId,
};
use chinwag_core::ports::{AvatarStore, DirectoryEvent, NewAvatar, ShownAvatar, StoreFuture};

/// Whose number stands for the server.
const OF_SERVER: i64 = 0;
/// Pictures that are given up in one transaction.
const ROUND: u32 = 500;

impl<E: Engine> AvatarStore for SqlStore<E> {
    fn begin_avatar(&self, actor: Actor, avatar: NewAvatar) -> StoreFuture<()> {
        self.0.write("begin_avatar", move |write| begin(write, actor, &avatar))
    }

    fn finish_avatar(&self, actor: Actor, id: FileId, media_type: String) -> StoreFuture<()> {
        self.0.write("finish_avatar", move |write| finish(write, actor, id, &media_type))
    }

    fn discard_avatar(&self, id: FileId) -> StoreFuture<()> {
        self.0.write("discard_avatar", move |write| {
            const DELETE: &str = "DELETE FROM avatars WHERE id = ?1 AND state = 'coming' RETURNING store_key";
            let keys = write.sql.all(DELETE, values![&id.to_string()], |row| row.get(0))?;
            note_removals(write, &keys)
        })
    }

    fn remove_avatar(&self, actor: Actor, of: AvatarOwner) -> StoreFuture<()> {
        self.0.write("remove_avatar", move |write| remove(write, actor, of))
    }

    fn avatar(&self, user: Option<UserId>, id: FileId) -> StoreFuture<StoredAvatar> {
        self.0.read("avatar", move |sql| find(sql, user, id))
    }

    fn server_avatar(&self) -> StoreFuture<Option<FileId>> {
        self.0.read("server_avatar", of_server)
    }

    fn avatars(&self, user: UserId, query: AvatarQuery) -> StoreFuture<Avatars> {
        self.0.read("avatars", move |sql| named(sql, user, &query))
    }
}

fn begin(write: &mut Write<'_>, actor: Actor, avatar: &NewAvatar) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO avatars (id, kind, owner_id, state, media_type, store_key, at)
        VALUES (?1, ?2, ?3, 'coming', '', ?4, ?5)";
    check_giving(write.sql, actor, avatar.of)?;
    let ((kind, owner), id, key) = (stored(avatar.of), avatar.id.to_string(), avatar.key.as_str());
    write.sql.execute(INSERT, values![&id, kind, owner, key, write.now])?;
    Ok(())
}

fn finish(write: &mut Write<'_>, actor: Actor, id: FileId, media_type: &str) -> Result<(), Failure> {
    const SELECT: &str = "SELECT kind, owner_id FROM avatars WHERE id = ?1 AND state = 'coming'";
    const UPDATE: &str = "UPDATE avatars SET state = 'shown', media_type = ?2, at = ?3 WHERE id = ?1";
    let name = id.to_string();
    let of =
        write.sql.first(SELECT, values![&name], |row| read_owner(row, 0))?.ok_or(Refusal::FileNotFound)?;
    let room = check_giving(write.sql, actor, of)?;
    let at = forget_shown(write, of)?.unwrap_or(write.now);
    write.sql.execute(UPDATE, values![&name, media_type, at])?;
    tell(write, actor, (of, room.as_ref()), (Some(id), at))
}

/// Takes a picture away. The row stays for its time, so that what comes later is later.
fn remove(write: &mut Write<'_>, actor: Actor, of: AvatarOwner) -> Result<(), Failure> {
    const SHOWN: &str = "SELECT 1 FROM avatars WHERE kind = ?1 AND owner_id = ?2 AND state = 'shown'";
    const GONE: &str = "
        UPDATE avatars SET state = 'gone', at = CASE WHEN at >= ?3 THEN at + 1 ELSE ?3 END
        WHERE kind = ?1 AND owner_id = ?2 AND state = 'shown' RETURNING store_key, at";
    let room = check_removing(write, actor, of)?;
    let (kind, owner) = stored(of);
    if !write.sql.exists(SHOWN, values![kind, owner])? {
        return Ok(());
    }
    let gone = write
        .sql
        .all(GONE, values![kind, owner, write.now], |row| Ok((row.get(0)?, row.get::<Millis>(1)?)))?;
    for (key, at) in gone {
        note_removals(write, &[key])?;
        tell(write, actor, (of, room.as_ref()), (None, at))?;
    }
    match of {
        AvatarOwner::Person(user) if user != actor.user => {
            let action = AuditAction::AvatarRemoved;
            let noted = audit::Noted { action, room: None, user: Some(user), seq: None, reason: None };
            audit::note(write, actor.user, noted)
        }
        AvatarOwner::Person(_) | AvatarOwner::Room(_) | AvatarOwner::Server => Ok(()),
    }
}

/// Refuses one who may not give this picture. Holds whose it is, and answers the room of a room's.
fn check_giving(sql: &dyn Transaction, actor: Actor, of: AvatarOwner) -> Result<Option<FoundRoom>, Failure> {
    match of {
        AvatarOwner::Person(user) if user == actor.user => {
            sql.lock(Lock::People(&[user]))?;
            audit::check(sql, user, ServerAction::ChooseOwnAvatar).map(|()| None)
        }
        AvatarOwner::Person(_) => Err(Refusal::Forbidden.into()),
        AvatarOwner::Room(room) => {
            let room = rooms::hold(sql, actor.user, &room.into())?;
            room.actor_name()?;
            room.check(Action::UpdateRoom)?;
            Ok(Some(room))
        }
        AvatarOwner::Server => audit::check(sql, actor.user, ServerAction::ChooseServerAvatar).map(|()| None),
    }
}

/// The same of taking it away.
fn check_removing(write: &Write<'_>, actor: Actor, of: AvatarOwner) -> Result<Option<FoundRoom>, Failure> {
    let AvatarOwner::Person(user) = of else { return check_giving(write.sql, actor, of) };
    write.sql.lock(Lock::People(&[user]))?;
    let by = sessions::account(write.sql, actor.user)?;
    if user == by.id {
        return Ok(None);
    }
    audit::check(write.sql, by.id, ServerAction::RemoveAvatars)?;
    let subject = sessions::find_account(write.sql, user)?.ok_or(Refusal::UserNotFound(user))?;
    if may_remove_avatar(by.role, subject.role) { Ok(None) } else { Err(Refusal::Forbidden.into()) }
}

/// Leaves nothing of the picture before. Answers when the next one is, which is later.
fn forget_shown(write: &Write<'_>, of: AvatarOwner) -> Result<Option<Millis>, Failure> {
    const DELETE: &str = "
        DELETE FROM avatars WHERE kind = ?1 AND owner_id = ?2 AND state <> 'coming' RETURNING store_key, at";
    let (kind, owner) = stored(of);
    let read = |row: Row<'_>| Ok((row.get(0)?, row.get::<Millis>(1)?));
    let (keys, times): (Vec<_>, Vec<_>) =
        write.sql.all(DELETE, values![kind, owner], read)?.into_iter().unzip();
    note_removals(write, &keys)?;
    Ok(times.into_iter().max().map(|before| write.now.max(Millis(before.0.saturating_add(1)))))
}

fn tell(
    write: &mut Write<'_>,
    actor: Actor,
    (of, room): (AvatarOwner, Option<&FoundRoom>),
    (avatar, at): (Option<FileId>, Millis),
) -> Result<(), Failure> {
    match (of, room) {
        (AvatarOwner::Room(_), Some(room)) => {
            // What a room looks like stands where it stands what it is called, and those in it look then.
            let labels = Labels { slug: room.slug.as_ref(), title: &room.title, topic: &room.topic };
            let state = RoomState {
                labels: labels.to_event(),
                kind: room.kind,
                was: room.kind,
                settings: room.settings,
            };
            let changed = EventBody::Room(RoomChange::Updated(state));
            events::append(write, room.id, actor.user, room.actor_name()?, changed)?;
        }
        (AvatarOwner::Person(person), _) => tell_all(write, Some(person), avatar, at),
        (AvatarOwner::Server, _) => tell_all(write, None, avatar, at),
        (AvatarOwner::Room(_), None) => {}
    }
    Ok(())
}

fn tell_all(write: &mut Write<'_>, person: Option<UserId>, avatar: Option<FileId>, at: Millis) {
    write.tell_directory(DirectoryEvent::Avatar { shown: ShownAvatar { person, avatar }, at });
}

fn find(sql: &dyn Transaction, user: Option<UserId>, id: FileId) -> Result<StoredAvatar, Failure> {
    const SELECT: &str =
        "SELECT store_key, media_type, kind, owner_id FROM avatars WHERE id = ?1 AND state = 'shown'";
    let found = sql.first(SELECT, values![&id.to_string()], |row| {
        let avatar = StoredAvatar { key: BlobKey::stored(row.get(0)?), media_type: row.get(1)? };
        Ok((avatar, read_owner(row, 2)?))
    })?;
    let (avatar, of) = found.ok_or(Refusal::FileNotFound)?;
    let is_shown = match (of, user) {
        (AvatarOwner::Server, _) | (AvatarOwner::Person(_), Some(_)) => true,
        (AvatarOwner::Room(room), Some(user)) => finds(sql, user, room)?,
        (AvatarOwner::Person(_) | AvatarOwner::Room(_), None) => false,
    };
    if is_shown { Ok(avatar) } else { Err(Refusal::FileNotFound.into()) }
}

fn named(sql: &dyn Transaction, user: UserId, query: &AvatarQuery) -> Result<Avatars, Failure> {
    let people: Vec<_> = query.people.iter().map(|person| person.0).collect();
    let rooms: Vec<_> = query.rooms.iter().map(|room| room.0).collect();
    let mut found = Avatars::default();
    for (person, id) in of_kind(sql, PERSON, &people)? {
        found.people.push((UserId(person), id));
    }
    for (room, id) in of_kind(sql, ROOM, &rooms)? {
        if finds(sql, user, RoomId(room))? {
            found.rooms.push((RoomId(room), id));
        }
    }
    found.server = of_server(sql)?;
    Ok(found)
}

fn of_server(sql: &dyn Transaction) -> Result<Option<FileId>, Failure> {
    Ok(of_kind(sql, SERVER, &[OF_SERVER])?.first().map(|(_, id)| *id))
}

fn of_kind(sql: &dyn Transaction, kind: &str, owners: &[i64]) -> Result<Vec<(i64, FileId)>, Failure> {
    macro_rules! shown {
        ($among:literal) => {
            concat!(
                "SELECT owner_id, id FROM avatars WHERE kind = ?1 AND state = 'shown' AND owner_id ",
                $among,
                " ORDER BY owner_id"
            )
        };
    }
    const SQLITE: &str = shown!("IN (SELECT value FROM json_each(?2))");
    const POSTGRES: &str = shown!("= ANY(?2)");
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    Ok(sql.all(select, values![kind, owners], |row| Ok((row.get(0)?, read_id(row, 1)?)))?)
}

fn finds(sql: &dyn Transaction, user: UserId, room: RoomId) -> Result<bool, Failure> {
    match rooms::find(sql, user, &room.into()) {
        Ok(_) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure @ Failure::Database(_)) => Err(failure),
    }
}

/// Leaves no picture of somebody whose account ends.
pub(crate) fn forget(write: &mut Write<'_>, user: UserId) -> Result<(), Failure> {
    if let Some(at) = erase(write, AvatarOwner::Person(user))? {
        tell_all(write, Some(user), None, at);
    }
    Ok(())
}

/// Leaves no picture of a room that ends.
pub(crate) fn erase_of_room(write: &Write<'_>, room: RoomId) -> Result<(), Failure> {
    erase(write, AvatarOwner::Room(room)).map(|_| ())
}

fn erase(write: &Write<'_>, of: AvatarOwner) -> Result<Option<Millis>, Failure> {
    const DELETE: &str =
        "DELETE FROM avatars WHERE kind = ?1 AND owner_id = ?2 AND state = 'coming' RETURNING store_key";
    let (kind, owner) = stored(of);
    let keys = write.sql.all(DELETE, values![kind, owner], |row| row.get(0))?;
    note_removals(write, &keys)?;
    forget_shown(write, of)
}

/// Gives up those whose bytes did not come within `unsent_ms`. Answers how many.
pub(crate) fn expire(write: &Write<'_>, unsent_ms: i64) -> Result<u32, Failure> {
    const DELETE: &str = "
        DELETE FROM avatars WHERE state = 'coming' AND id IN (
            SELECT id FROM avatars WHERE state = 'coming' AND at <= ?1 LIMIT ?2)
        RETURNING store_key";
    let since = write.now.0.saturating_sub(unsent_ms);
    let keys = write.sql.all(DELETE, values![since, ROUND], |row| row.get(0))?;
    note_removals(write, &keys)?;
    Ok(u32::try_from(keys.len()).unwrap_or(u32::MAX))
}

const PERSON: &str = "person";
const ROOM: &str = "room";
const SERVER: &str = "server";

fn stored(of: AvatarOwner) -> (&'static str, i64) {
    match of {
        AvatarOwner::Person(user) => (PERSON, user.0),
        AvatarOwner::Room(room) => (ROOM, room.0),
        AvatarOwner::Server => (SERVER, OF_SERVER),
    }
}

fn read_owner(row: Row<'_>, first: usize) -> Result<AvatarOwner, DatabaseError> {
    let owner: i64 = row.get(first + 1)?;
    match row.text(first)? {
        PERSON => Ok(AvatarOwner::Person(UserId(owner))),
        ROOM => Ok(AvatarOwner::Room(RoomId(owner))),
        SERVER => Ok(AvatarOwner::Server),
        other => Err(DatabaseError::defect(format!("{other:?} has no picture"))),
    }
}

fn read_id(row: Row<'_>, column: usize) -> Result<FileId, DatabaseError> {
    FileId::parse(row.text(column)?).ok_or_else(|| DatabaseError::defect("a picture without a name"))
}
