use super::failure::Failure;
use super::write::Write;
use super::{SqliteStore, events, members, names, room_list, visits};
use chinwag_core::domain::{
    Actor, EventBody, MemberChange, Millis, Refusal, SessionId, User, UserId, UserName,
};
use chinwag_core::ports::{
    NewGuest, NewVisitor, ReturningVisitor, SessionOverview, Sessions, StoreFuture, TokenHash, UserEvent,
};
use rusqlite::{Connection, OptionalExtension as _, Row};

/// Idle guests that are removed at once. Each may leave a hundred rooms, and everybody's messages wait meanwhile.
const REMOVED_AT_ONCE: u32 = 20;

impl Sessions for SqliteStore {
    fn create_guest(&self, guest: NewGuest) -> StoreFuture<(User, SessionId)> {
        self.write("create_guest", move |write| create_guest(write, &guest))
    }

    fn create_visitor(&self, visitor: NewVisitor) -> StoreFuture<(User, SessionId)> {
        self.write("create_visitor", move |write| visits::begin(write, &visitor))
    }

    fn resume_visit(&self, visitor: ReturningVisitor) -> StoreFuture<(User, SessionId)> {
        self.write("resume_visit", move |write| visits::resume(write, &visitor))
    }

    fn end_visits(&self) -> StoreFuture<u32> {
        self.write("end_visits", visits::end_all)
    }

    fn forget_past_visits(&self) -> StoreFuture<u32> {
        self.write("forget_past_visits", visits::forget_past)
    }

    fn session(&self, token: TokenHash) -> StoreFuture<(User, SessionId)> {
        self.read("session", move |connection| find_session(connection, &token))
    }

    fn session_overview(&self, token: TokenHash) -> StoreFuture<SessionOverview> {
        self.read("session_overview", move |connection| {
            let (user, session) = find_session(connection, &token)?;
            let rooms = room_list::joined(connection, user.id)?;
            Ok(SessionOverview { user, session, rooms })
        })
    }

    fn end_session(&self, actor: Actor) -> StoreFuture<()> {
        self.write("end_session", move |write| end_session(write, actor))
    }

    fn rename(&self, actor: Actor, name: UserName) -> StoreFuture<User> {
        self.write("rename", move |write| rename(write, actor, &name))
    }

    fn rename_visitor(&self, actor: Actor, name: UserName) -> StoreFuture<User> {
        self.write("rename_visitor", move |write| visits::rename(write, actor, &name))
    }

    fn touch(&self, users: Vec<UserId>) -> StoreFuture<()> {
        self.write("touch", move |write| touch(write, &users))
    }

    fn remove_idle_guests(&self, before: Millis) -> StoreFuture<u32> {
        self.write("remove_idle_guests", move |write| remove_idle_guests(write, before))
    }
}

/// The account of `user`, or [`Refusal::Unauthorized`] when it was removed.
pub(super) fn account(connection: &Connection, user: UserId) -> Result<User, Failure> {
    Ok(find_account(connection, user)?.ok_or(Refusal::Unauthorized)?)
}

pub(super) fn find_account(connection: &Connection, user: UserId) -> Result<Option<User>, Failure> {
    const SELECT: &str = "SELECT id, name, guest FROM users WHERE id = ?1 AND removed_at IS NULL";
    Ok(connection.prepare_cached(SELECT)?.query_row([user.0], read_user).optional()?)
}

fn read_user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User { id: UserId(row.get(0)?), name: row.get(1)?, guest: row.get(2)? })
}

fn create_guest(write: &mut Write<'_>, guest: &NewGuest) -> Result<(User, SessionId), Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (name, name_key, look, lower_look, guest, keeper, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?6)";
    names::check_free(write, &guest.name, None, guest.keeper.as_ref())?;
    let (name, key, looks) = (guest.name.as_str(), guest.name.key(), guest.name.looks());
    let keeper = guest.keeper.map(|hash| hash.0);
    let columns = (name, key, looks.as_written, looks.in_lower_case, keeper, write.now.0);
    let id = UserId(write.connection.prepare_cached(ACCOUNT)?.insert(columns)?);
    let session = begin(write, id, guest.token)?;
    Ok((User { id, name: name.into(), guest: true }, session))
}

/// Makes a session.
pub(super) fn begin(write: &Write<'_>, user: UserId, token: TokenHash) -> Result<SessionId, Failure> {
    const INSERT: &str = "INSERT INTO sessions (user_id, token_hash, created_at) VALUES (?1, ?2, ?3)";
    let mut insert = write.connection.prepare_cached(INSERT)?;
    Ok(SessionId(insert.insert((user.0, token.0, write.now.0))?))
}

fn find_session(connection: &Connection, token: &TokenHash) -> Result<(User, SessionId), Failure> {
    const SELECT: &str = "
        SELECT users.id, users.name, users.guest, sessions.id
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.token_hash = ?1 AND users.removed_at IS NULL";
    let mut select = connection.prepare_cached(SELECT)?;
    let found =
        select.query_row([token.0], |row| Ok((read_user(row)?, SessionId(row.get(3)?)))).optional()?;
    Ok(found.ok_or(Refusal::Unauthorized)?)
}

fn end_session(write: &mut Write<'_>, actor: Actor) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sessions WHERE id = ?1 AND user_id = ?2";
    const OTHERS: &str = "SELECT EXISTS (SELECT 1 FROM sessions WHERE user_id = ?1)";
    // Ending what has ended is harmless.
    let Some(user) = find_account(write.connection, actor.user)? else { return Ok(()) };
    if write.connection.prepare_cached(DELETE)?.execute((actor.session.0, user.id.0))? == 0 {
        return Ok(());
    }
    write.tell_person(actor.user, UserEvent::SessionEnded(actor.session));
    let others: bool = write.connection.prepare_cached(OTHERS)?.query_row([user.id.0], |row| row.get(0))?;
    if user.guest && !others {
        remove(write, &user)?;
        visits::forget(write.connection, user.id)?;
    }
    Ok(())
}

/// Ends an account: it leaves all rooms and frees its name. The row stays for the sake of its messages.
pub(super) fn remove(write: &mut Write<'_>, user: &User) -> Result<(), Failure> {
    const REMOVE: &str = "UPDATE users SET removed_at = ?2 WHERE id = ?1";
    for room in members::rooms_of(write.connection, user.id)? {
        members::dismiss(write, room, user.id, &user.name)?;
    }
    end_all(write, user.id)?;
    write.connection.prepare_cached(REMOVE)?.execute((user.id.0, write.now.0))?;
    Ok(())
}

/// Ends all sessions of an account.
pub(super) fn end_all(write: &mut Write<'_>, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sessions WHERE user_id = ?1 RETURNING id";
    let mut delete = write.connection.prepare_cached(DELETE)?;
    for session in delete.query_map([user.0], |row| row.get(0).map(SessionId))? {
        write.tell_person(user, UserEvent::SessionEnded(session?));
    }
    Ok(())
}

/// Gives a person a new name: an event in each of the person's rooms, and one for the person's other connections.
pub(super) fn rename(write: &mut Write<'_>, actor: Actor, name: &UserName) -> Result<User, Failure> {
    const ACCOUNT: &str =
        "UPDATE users SET name = ?2, name_key = ?3, look = ?4, lower_look = ?5 WHERE id = ?1";
    const KEEPER: &str = "SELECT keeper FROM users WHERE id = ?1";
    const MEMBERS: &str = "UPDATE members SET name_key = ?2 WHERE user_id = ?1";
    let id = actor.user;
    let before = account(write.connection, id)?;
    let (text, key, looks) = (name.as_str(), name.key(), name.looks());
    if before.name == text {
        return Ok(before);
    }
    // One may write one's own name in another way, and take a name that the same browser had.
    let keeper = write
        .connection
        .prepare_cached(KEEPER)?
        .query_row([id.0], |row| row.get::<_, Option<[u8; 32]>>(0))?;
    names::check_free(write, name, Some(id), keeper.map(TokenHash).as_ref())?;
    let columns = (id.0, text, &key, looks.as_written, looks.in_lower_case);
    write.connection.prepare_cached(ACCOUNT)?.execute(columns)?;
    write.connection.prepare_cached(MEMBERS)?.execute((id.0, &key))?;
    let renamed = User { name: text.into(), ..before };
    write.tell_other_devices(actor, UserEvent::Renamed(renamed.clone()));
    for room in members::rooms_of(write.connection, id)? {
        let change = MemberChange::Renamed { old_name: before.name.clone() };
        events::append(write, room, id, text, EventBody::own_membership(id, text, change))?;
    }
    Ok(renamed)
}

fn touch(write: &mut Write<'_>, users: &[UserId]) -> Result<(), Failure> {
    const UPDATE: &str =
        "UPDATE users SET last_seen_at = ?2 WHERE id = ?1 AND removed_at IS NULL AND last_seen_at < ?2";
    let mut update = write.connection.prepare_cached(UPDATE)?;
    for user in users {
        update.execute((user.0, write.now.0))?;
    }
    Ok(())
}

fn remove_idle_guests(write: &mut Write<'_>, before: Millis) -> Result<u32, Failure> {
    const SELECT: &str = "
        SELECT id, name, guest FROM users
        WHERE guest = 1 AND removed_at IS NULL AND last_seen_at < ?1
        ORDER BY last_seen_at LIMIT ?2";
    let mut select = write.connection.prepare_cached(SELECT)?;
    let idle = select.query_map((before.0, REMOVED_AT_ONCE), read_user)?.collect::<Result<Vec<_>, _>>()?;
    for user in &idle {
        remove(write, user)?;
        // A name is held after a sign-out. Who stayed away for long has had time.
        names::give_up(write, user.id)?;
    }
    Ok(u32::try_from(idle.len()).unwrap_or(REMOVED_AT_ONCE))
}
