use crate::engine::{Engine, SqlStore};
use crate::invites::{self, Invitation};
use crate::members::Named;
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::standing::{read_user, user_columns};
use crate::write::{Write, with_endings};
use crate::{
    account_bans, activity, avatars, events, identities, members, names, own_settings, pushes, room_list,
    saved, scheduled, user_groups, visits,
};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{
    Actor, EventBody, MemberChange, Millis, Refusal, SessionId, User, UserId, UserName,
};
use chinwag_core::ports::{
    Device, NewGuest, NewSession, NewVisitor, ReturningVisitor, SessionOverview, Sessions, Settling,
    StoreFuture, TokenHash, UserEvent,
};

/// Idle guests that are removed at once. Each may leave a hundred rooms, and everybody's messages wait meanwhile.
const REMOVED_AT_ONCE: u32 = 20;

impl<E: Engine> Sessions for SqlStore<E> {
    fn create_guest(&self, guest: NewGuest) -> StoreFuture<(User, SessionId)> {
        self.0.write("create_guest", move |write| create_guest(write, &guest))
    }

    fn create_visitor(&self, visitor: NewVisitor) -> StoreFuture<(User, SessionId)> {
        let node = self.1.clone();
        self.0.write("create_visitor", move |write| visits::begin(write, &visitor, node.of_a_visit()?))
    }

    fn resume_visit(&self, visitor: ReturningVisitor) -> StoreFuture<(User, SessionId)> {
        let node = self.1.clone();
        self.0.write("resume_visit", move |write| visits::resume(write, &visitor, node.of_a_visit()?))
    }

    fn end_lost_visits(&self) -> StoreFuture<u32> {
        self.0.write("end_lost_visits", visits::end_lost)
    }

    fn forget_past_visits(&self) -> StoreFuture<u32> {
        self.0.write("forget_past_visits", visits::forget_past)
    }

    fn session(&self, token: TokenHash) -> StoreFuture<(User, SessionId)> {
        self.0.read("session", move |sql| find_session(sql, &token))
    }

    fn session_overview(&self, token: TokenHash) -> StoreFuture<SessionOverview> {
        self.0.read("session_overview", move |sql| {
            let (user, session) = find_session(sql, &token)?;
            let rooms = room_list::joined(sql, user.id)?;
            Ok(SessionOverview { user, session, rooms })
        })
    }

    fn end_session(&self, actor: Actor) -> StoreFuture<Vec<Settling>> {
        self.0.write("end_session", move |write| {
            let ((), mut endings) = with_endings(write, |write| end_session(write, actor))?;
            // It may have ended before, and not been told yet: whoever asks again waits again.
            if endings.is_empty() && has_ended(write.sql, actor.session)? {
                endings.push(Settling::Session(actor.user, actor.session));
            }
            Ok(endings)
        })
    }

    fn rename(&self, actor: Actor, name: UserName) -> StoreFuture<User> {
        self.0.write("rename", move |write| rename(write, actor, &name))
    }

    fn rename_visitor(&self, actor: Actor, name: UserName) -> StoreFuture<User> {
        self.0.write("rename_visitor", move |write| visits::rename(write, actor, &name))
    }

    fn touch(&self, users: Vec<UserId>) -> StoreFuture<()> {
        self.0.touch(users)
    }

    fn remove_idle_guests(&self, before: Millis) -> StoreFuture<u32> {
        self.0.write("remove_idle_guests", move |write| remove_idle_guests(write, before))
    }
}

/// The account of `user`, or [`Refusal::Unauthorized`] when it was removed.
pub(crate) fn account(sql: &dyn Transaction, user: UserId) -> Result<User, Failure> {
    Ok(find_account(sql, user)?.ok_or(Refusal::Unauthorized)?)
}

pub(crate) fn find_account(sql: &dyn Transaction, user: UserId) -> Result<Option<User>, Failure> {
    const SELECT: &str =
        concat!("SELECT ", user_columns!(), " FROM users WHERE id = ?1 AND removed_at IS NULL");
    Ok(sql.first(SELECT, values![user], |row| read_user(row, 0))?)
}

fn create_guest(write: &mut Write<'_>, guest: &NewGuest) -> Result<(User, SessionId), Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (name, name_key, look, lower_look, kind, keeper, invite_id, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, 'guest', ?5, ?6, ?7, ?7)
        ON CONFLICT DO NOTHING";
    let keeper = guest.keeper.as_ref();
    account_bans::check_browser(write, keeper)?;
    names::check_free(write, &guest.name, None, keeper)?;
    let invitation = match &guest.invite {
        Some(token) => invites::claim(write, token, ServerRole::Guest, guest.in_private)?,
        None => Invitation::default(),
    };
    let invitation = invitation.and_first_rooms(write.sql)?;
    write.sql.lock(Lock::Rooms(&invitation.rooms))?;
    let (name, key, looks) = (guest.name.as_str(), guest.name.key(), guest.name.looks());
    let (look, lower_look) = (&looks.as_written, &looks.in_lower_case);
    let columns = values![name, &key, look, lower_look, keeper, invitation.id, write.now];
    // Somebody else may have taken it since the look.
    let id = match (write.sql.insert(ACCOUNT, columns)?, invitation.id) {
        (Some(id), _) => UserId(id),
        (None, None) => return Err(Refusal::NameTaken(guest.name.clone()).into()),
        (None, Some(_)) => return Err(DatabaseError::conflict("a name that was free is taken by now").into()),
    };
    let session = begin(write, id, &NewSession { token: guest.token, device: guest.device.clone() })?;
    let user = User::guest(id, name);
    invites::admit(write, &invitation, &user)?;
    Ok((user, session))
}

/// Makes a session.
pub(crate) fn begin(write: &Write<'_>, user: UserId, session: &NewSession) -> Result<SessionId, Failure> {
    const INSERT: &str = "
        INSERT INTO sessions (user_id, token_hash, device, address, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
    let NewSession { token, device } = session;
    let session = write.sql.insert(INSERT, values![user, token, &device.name, &device.address, write.now])?;
    let session = SessionId(session.ok_or_else(|| DatabaseError::defect("a session was not inserted"))?);
    add_refresh_token(write, session, device)?;
    Ok(session)
}

/// Notes what a browser keeps of a session, if it keeps anything.
pub(crate) fn add_refresh_token(
    write: &Write<'_>,
    session: SessionId,
    device: &Device,
) -> Result<(), Failure> {
    const INSERT: &str = "INSERT INTO refresh_tokens (hash, session_id, made_at) VALUES (?1, ?2, ?3)";
    if let Some(token) = &device.refresh {
        write.sql.execute(INSERT, values![token, session, write.now])?;
    }
    Ok(())
}

fn find_session(sql: &dyn Transaction, token: &TokenHash) -> Result<(User, SessionId), Failure> {
    const SELECT: &str = concat!(
        "SELECT ",
        user_columns!(),
        ", sessions.id FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.token_hash = ?1 AND users.removed_at IS NULL"
    );
    let found = sql.first(SELECT, values![token], |row| Ok((read_user(row, 0)?, row.get(3)?)))?;
    Ok(found.ok_or(Refusal::Unauthorized)?)
}

/// Whether there is no such session any more.
pub(crate) fn has_ended(sql: &dyn Transaction, session: SessionId) -> Result<bool, DatabaseError> {
    const EXISTS: &str = "SELECT 1 FROM sessions WHERE id = ?1";
    Ok(!sql.exists(EXISTS, values![session])?)
}

pub(crate) fn end_session(write: &mut Write<'_>, actor: Actor) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sessions WHERE id = ?1 AND user_id = ?2";
    const OTHERS: &str = "SELECT 1 FROM sessions WHERE user_id = ?1";
    members::hold_with_rooms(write.sql, &[actor.user])?;
    // Ending what has ended is harmless.
    let Some(user) = find_account(write.sql, actor.user)? else { return Ok(()) };
    if write.sql.execute(DELETE, values![actor.session, user.id])? == 0 {
        return Ok(());
    }
    forget(write.sql, actor.session)?;
    write.tell_person(actor.user, UserEvent::SessionEnded(actor.session));
    if user.kind.is_passing() && !write.sql.exists(OTHERS, values![user.id])? {
        remove(write, &user)?;
        visits::forget(write.sql, user.id)?;
    }
    Ok(())
}

/// Ends an account: it leaves all rooms and frees its name. The row stays for the sake of its messages. The caller holds the person with the
/// rooms.
pub(crate) fn remove(write: &mut Write<'_>, user: &User) -> Result<(), Failure> {
    const REMOVE: &str = "UPDATE users SET removed_at = ?2 WHERE id = ?1";
    for room in members::rooms_of(write.sql, user.id)? {
        let own = Named { id: user.id, name: &user.name };
        members::dismiss(write, room, own, own)?;
    }
    end_all(write, user.id)?;
    identities::forget(write.sql, user.id)?;
    saved::forget(write.sql, user.id)?;
    scheduled::forget(write, user.id)?;
    activity::forget(write.sql, user.id)?;
    user_groups::forget(write.sql, user.id)?;
    own_settings::forget(write.sql, user.id)?;
    avatars::forget(write, user.id)?;
    write.sql.execute(REMOVE, values![user.id, write.now])?;
    Ok(())
}

/// Ends all sessions of an account.
pub(crate) fn end_all(write: &mut Write<'_>, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sessions WHERE user_id = ?1 RETURNING id";
    for session in write.sql.all(DELETE, values![user], |row| row.get(0))? {
        forget(write.sql, session)?;
        write.tell_person(user, UserEvent::SessionEnded(session));
    }
    Ok(())
}

/// Ends all sessions of a person from elsewhere.
pub(crate) fn revoke_all(write: &mut Write<'_>, user: UserId) -> Result<(), Failure> {
    const ALL: &str = "SELECT id FROM sessions WHERE user_id = ?1";
    for session in write.sql.all(ALL, values![user], |row| row.get(0))? {
        revoke(write, user, session)?;
    }
    Ok(())
}

/// Ends all sessions of the actor but the one that acts. The caller holds the person.
pub(crate) fn end_others(write: &mut Write<'_>, actor: Actor) -> Result<(), Failure> {
    const OTHERS: &str = "SELECT id FROM sessions WHERE user_id = ?1 AND id <> ?2";
    for session in write.sql.all(OTHERS, values![actor.user, actor.session], |row| row.get(0))? {
        revoke(write, actor.user, session)?;
    }
    Ok(())
}

/// Ends a session from elsewhere. The account stays, a guest's, too: somebody acts for it, or it is idle and removed in time.
pub(crate) fn revoke(write: &mut Write<'_>, user: UserId, session: SessionId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sessions WHERE id = ?1";
    write.sql.execute(DELETE, values![session])?;
    forget(write.sql, session)?;
    write.tell_person(user, UserEvent::SessionRevoked(session));
    Ok(())
}

/// Forgets what is kept by a session that has ended: the tokens of its browser, and how its device is pushed to.
pub(crate) fn forget(sql: &dyn Transaction, session: SessionId) -> Result<(), Failure> {
    pushes::forget(sql, session)?;
    const DELETE: &str = "DELETE FROM refresh_tokens WHERE session_id = ?1";
    sql.execute(DELETE, values![session])?;
    Ok(())
}

/// Gives a person a new name: an event in each of the person's rooms, and one for the person's other connections.
pub(crate) fn rename(write: &mut Write<'_>, actor: Actor, name: &UserName) -> Result<User, Failure> {
    const ACCOUNT: &str =
        "UPDATE users SET name = ?2, name_key = ?3, look = ?4, lower_look = ?5, renames = renames + 1 WHERE id = ?1
         RETURNING renames";
    const KEEPER: &str = "SELECT keeper FROM users WHERE id = ?1";
    const MEMBER: &str = "UPDATE members SET name_key = ?3 WHERE room_id = ?1 AND user_id = ?2";
    let id = actor.user;
    members::hold_with_rooms(write.sql, &[id])?;
    let before = account(write.sql, id)?;
    let (text, key, looks) = (name.as_str(), name.key(), name.looks());
    if before.name == text {
        return Ok(before);
    }
    // One may write one's own name in another way, and take a name that the same browser had.
    let keeper: Option<TokenHash> = write.sql.one(KEEPER, values![id], |row| row.find(0))?;
    names::check_free(write, name, Some(id), keeper.as_ref())?;
    let columns = values![id, text, &key, &looks.as_written, &looks.in_lower_case];
    let renames = write.sql.one(ACCOUNT, columns, |row| row.get(0))?;
    let renamed = User { name: text.into(), ..before };
    write.tell_other_devices(actor, UserEvent::Renamed { user: renamed.clone(), renames });
    for room in members::rooms_of(write.sql, id)? {
        write.sql.execute(MEMBER, values![room, id, &key])?;
        let change = MemberChange::Renamed { old_name: before.name.clone() };
        events::append(write, room, id, text, EventBody::own_membership(id, text, change))?;
    }
    Ok(renamed)
}

pub(crate) fn touch(write: &mut Write<'_>, users: &[UserId]) -> Result<(), Failure> {
    const UPDATE: &str =
        "UPDATE users SET last_seen_at = ?2 WHERE id = ?1 AND removed_at IS NULL AND last_seen_at < ?2";
    for user in users {
        write.sql.execute(UPDATE, values![*user, write.now])?;
    }
    Ok(())
}

fn remove_idle_guests(write: &mut Write<'_>, before: Millis) -> Result<u32, Failure> {
    const IDLE: &str = "
        SELECT id FROM users
        WHERE kind IN ('visitor', 'guest') AND removed_at IS NULL AND last_seen_at < ?1
        ORDER BY last_seen_at LIMIT ?2";
    const IS_IDLE: &str = concat!(
        "SELECT ",
        user_columns!(),
        " FROM users WHERE id = ?1 AND removed_at IS NULL AND last_seen_at < ?2 AND kind IN ('visitor', 'guest')"
    );
    if !write.sql.claim("remove_idle_guests")? {
        return Ok(0);
    }
    let idle = write.sql.all(IDLE, values![before, REMOVED_AT_ONCE], |row| row.get(0))?;
    members::hold_with_rooms(write.sql, &idle)?;
    for user in &idle {
        // One who came back before the lock stays.
        let Some(user) = write.sql.first(IS_IDLE, values![*user, before], |row| read_user(row, 0))? else {
            continue;
        };
        remove(write, &user)?;
        // A name is held after a sign-out. Who stayed away for long has had time.
        names::give_up(write, user.id)?;
    }
    Ok(u32::try_from(idle.len()).unwrap_or(REMOVED_AT_ONCE))
}
