//! Members: accounts of one's own.

use crate::audit::{self, Noted};
use crate::engine::{Engine, SqlStore};
use crate::invites::Invitation;
use crate::sessions::{self, end_others};
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::standing::stored_role;
use crate::write::{Write, with_endings};
use crate::{account_bans, device_links, identities, invites, mail_links, members, message_changes, names};
use chinwag_core::domain::permissions::{GuestsInPrivate, ServerAction, ServerRole, may_set_server_role};
use chinwag_core::domain::{
    AccountKind, Actor, AuditAction, Millis, NameLooks, Refusal, SessionId, User, UserId, UserName,
};
use chinwag_core::ports::{
    AccountUpdate, Accounts, FORMER_MEMBER, MessagesLeft, NewAccount, OwnAccount, PasswordState,
    Registration, Settling, StoreFuture, TokenHash, UserEvent,
};

impl<E: Engine> Accounts for SqlStore<E> {
    fn register(
        &self,
        account: NewAccount,
        registration: Registration,
    ) -> StoreFuture<(User, SessionId, Vec<Settling>)> {
        self.0.write("register", move |write| {
            let ((user, session), endings) = with_endings(write, |write| match account.guest {
                Some(guest) => become_member(write, &account, guest, registration),
                None => create(write, &account, registration),
            })?;
            Ok((user, session, endings))
        })
    }

    fn find_password(&self, login: UserName) -> StoreFuture<Option<(UserId, String)>> {
        self.0.read("find_password", move |sql| find_password(sql, &login))
    }

    fn password_of(&self, actor: Actor) -> StoreFuture<PasswordState> {
        self.0.read("password_of", move |sql| password_of(sql, actor))
    }

    fn set_password(&self, actor: Actor, password: String) -> StoreFuture<Vec<Settling>> {
        self.0.write("set_password", move |write| {
            Ok(with_endings(write, |write| set_password(write, actor, &password))?.1)
        })
    }

    fn own_account(&self, actor: Actor) -> StoreFuture<OwnAccount> {
        self.0.read("own_account", move |sql| own_account(sql, actor))
    }

    fn update_account(&self, actor: Actor, update: AccountUpdate) -> StoreFuture<OwnAccount> {
        self.0.write("update_account", move |write| {
            change(write.sql, actor, &update)?;
            own_account(write.sql, actor)
        })
    }

    fn end_account(&self, actor: Actor, messages: MessagesLeft) -> StoreFuture<Vec<Settling>> {
        self.0.write("end_account", move |write| {
            Ok(with_endings(write, |write| end(write, actor.user, messages))?.1)
        })
    }
}

/// Makes an account with its first session.
fn create(
    write: &mut Write<'_>,
    account: &NewAccount,
    registration: Registration,
) -> Result<(User, SessionId), Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (name, name_key, look, lower_look, kind, login, login_key, login_look, login_lower_look,
            email, role, invite_id, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, 'member', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
        ON CONFLICT DO NOTHING";
    let name = account.name.as_ref().unwrap_or(&account.login);
    account_bans::check_browser(write, account.keeper.as_ref())?;
    check_names(write, account, name, None, account.keeper.as_ref())?;
    let invitation = claim(write, account.invite.as_ref(), registration)?.and_first_rooms(write.sql)?;
    write.sql.lock(Lock::Rooms(&invitation.rooms))?;
    let (key, look, login) = (name.key(), name.looks(), Login::of(&account.login));
    let columns = values![
        name.as_str(),
        &key,
        &look.as_written,
        &look.in_lower_case,
        login.text,
        &login.key,
        &login.look.as_written,
        &login.look.in_lower_case,
        account.email.as_ref().map(|email| email.as_str()),
        stored_role(invitation.role),
        invitation.id,
        write.now
    ];
    let id = write.sql.insert(ACCOUNT, columns)?.ok_or_else(taken_meanwhile)?;
    let id = UserId(id);
    note_first_password(write, id, account)?;
    let session = sessions::begin(write, id, &account.session)?;
    let user = sessions::account(write.sql, id)?;
    invites::admit(write, &invitation, &user)?;
    Ok((user, session))
}

/// Makes a member of a guest, who keeps everything. The guest's other sessions end: they were begun by a name alone.
fn become_member(
    write: &mut Write<'_>,
    account: &NewAccount,
    guest: Actor,
    registration: Registration,
) -> Result<(User, SessionId), Failure> {
    const UPDATE: &str = "
        UPDATE users SET kind = 'member', keeper = NULL, login = ?2, login_key = ?3, login_look = ?4,
            login_lower_look = ?5, email = ?6, role = ?7, invite_id = coalesce(?8, invite_id), renames = renames + 1
        WHERE id = ?1 RETURNING renames";
    const KEEPER: &str = "SELECT keeper FROM users WHERE id = ?1";
    let id = guest.user;
    write.sql.lock(Lock::People(&[id]))?;
    let before = sessions::account(write.sql, id)?;
    if before.kind != AccountKind::Guest || sessions::has_ended(write.sql, guest.session)? {
        return Err(Refusal::Unauthorized.into());
    }
    let present = UserName::parse(&before.name)?;
    let name = account.name.as_ref().unwrap_or(&present);
    let keeper: Option<TokenHash> = write.sql.one(KEEPER, values![id], |row| row.find(0))?;
    check_names(write, account, name, Some(id), keeper.as_ref())?;
    let invitation = claim(write, account.invite.as_ref(), registration)?;
    hold_rooms(write.sql, id, &invitation)?;
    let login = Login::of(&account.login);
    let columns = values![
        id,
        login.text,
        &login.key,
        &login.look.as_written,
        &login.look.in_lower_case,
        account.email.as_ref().map(|email| email.as_str()),
        stored_role(invitation.role),
        invitation.id
    ];
    let renames = write.sql.one(UPDATE, columns, |row| row.get(0))?;
    note_first_password(write, id, account)?;
    end_others(write, guest)?;
    sessions::add_refresh_token(write, guest.session, &account.session.device)?;
    let user = sessions::account(write.sql, id)?;
    write.tell_person(id, UserEvent::Renamed { user: user.clone(), renames });
    invites::admit(write, &invitation, &user)?;
    let user = match sessions::rename(write, Actor { connection: None, ..guest }, name) {
        Err(Failure::Refused(Refusal::NameTaken(_))) => return Err(taken_meanwhile().into()),
        renamed => renamed?,
    };
    Ok((user, guest.session))
}

/// Holds the rooms of a person, and those to which an invitation leads.
pub(crate) fn hold_rooms(
    sql: &dyn Transaction,
    user: UserId,
    invitation: &Invitation,
) -> Result<(), Failure> {
    let mut rooms = members::rooms_of(sql, user)?;
    rooms.extend(&invitation.rooms);
    rooms.sort_unstable();
    rooms.dedup();
    Ok(sql.lock(Lock::Rooms(&rooms))?)
}

/// How the name to sign in with stands in the table.
struct Login<'a> {
    text: &'a str,
    key: String,
    look: NameLooks,
}

impl<'a> Login<'a> {
    fn of(login: &'a UserName) -> Self {
        Self { text: login.as_str(), key: login.key(), look: login.looks() }
    }
}

fn check_names(
    write: &Write<'_>,
    account: &NewAccount,
    name: &UserName,
    own: Option<UserId>,
    keeper: Option<&TokenHash>,
) -> Result<(), Failure> {
    names::check_free(write, &account.login, own, keeper)?;
    if *name == account.login { Ok(()) } else { names::check_free(write, name, own, keeper) }
}

/// Uses an invitation up, once everything else was looked at.
pub(crate) fn claim(
    write: &mut Write<'_>,
    token: Option<&TokenHash>,
    registration: Registration,
) -> Result<Invitation, Failure> {
    match (token, registration) {
        (Some(token), Registration::Open | Registration::Invited) => {
            invites::claim(write, token, ServerRole::Member, GuestsInPrivate::Allowed)
        }
        (None, Registration::Open) => Ok(Invitation::default()),
        (None, Registration::Invited) => Err(Refusal::InviteInvalid.into()),
    }
}

pub(crate) fn taken_meanwhile() -> DatabaseError {
    DatabaseError::conflict("a name that was free is taken by now")
}

fn find_password(sql: &dyn Transaction, login: &UserName) -> Result<Option<(UserId, String)>, Failure> {
    const SELECT: &str = "
        SELECT users.id, passwords.hash FROM users JOIN passwords ON passwords.user_id = users.id
        WHERE users.login_key = ?1 AND users.removed_at IS NULL";
    Ok(sql.first(SELECT, values![&login.key()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn password_of(sql: &dyn Transaction, actor: Actor) -> Result<PasswordState, Failure> {
    const SELECT: &str = "
        SELECT passwords.hash, sessions.reset_until
        FROM sessions LEFT JOIN passwords ON passwords.user_id = sessions.user_id
        WHERE sessions.id = ?1 AND sessions.user_id = ?2";
    let found = sql.first(SELECT, values![actor.session, actor.user], |row| {
        Ok(PasswordState { hash: row.find(0)?, reset_until: row.find(1)? })
    })?;
    Ok(found.ok_or(Refusal::Unauthorized)?)
}

fn note_first_password(write: &Write<'_>, user: UserId, account: &NewAccount) -> Result<(), Failure> {
    account.password.as_ref().map_or(Ok(()), |hash| note_password(write, user, hash))
}

pub(crate) fn note_password(write: &Write<'_>, user: UserId, hash: &str) -> Result<(), Failure> {
    const UPSERT: &str = "
        INSERT INTO passwords (user_id, hash, changed_at) VALUES (?1, ?2, ?3)
        ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
    write.sql.execute(UPSERT, values![user, hash, write.now])?;
    Ok(())
}

fn set_password(write: &mut Write<'_>, actor: Actor, hash: &str) -> Result<(), Failure> {
    const LOGIN: &str = "SELECT 1 FROM users WHERE id = ?1 AND login IS NOT NULL";
    const RESET: &str = "UPDATE sessions SET reset_until = NULL WHERE id = ?1";
    write.sql.lock(Lock::People(&[actor.user]))?;
    let user = sessions::account(write.sql, actor.user)?;
    if sessions::has_ended(write.sql, actor.session)? {
        return Err(Refusal::Unauthorized.into());
    }
    if user.kind != AccountKind::Member {
        return Err(Refusal::AccountRequired.into());
    }
    // Whoever has no name to sign in with comes in by somebody who vouches for them.
    if identities::is_vouched(write.sql, actor.session)? || !write.sql.exists(LOGIN, values![user.id])? {
        return Err(Refusal::Forbidden.into());
    }
    note_password(write, user.id, hash)?;
    write.sql.execute(RESET, values![actor.session])?;
    device_links::forget(write.sql, user.id)?;
    end_others(write, actor)
}

fn own_account(sql: &dyn Transaction, actor: Actor) -> Result<OwnAccount, Failure> {
    const SELECT: &str = "
        SELECT login, email, status_text, status_until FROM users WHERE id = ?1";
    let user = sessions::account(sql, actor.user)?;
    let PasswordState { hash, reset_until } = password_of(sql, actor)?;
    let account = sql.one(SELECT, values![actor.user], |row| {
        let text: Option<String> = row.find(2)?;
        let until: Option<Millis> = row.find(3)?;
        Ok(OwnAccount {
            user: user.clone(),
            login: row.find(0)?,
            email: row.find(1)?,
            status: text.map(|text| (text, until)),
            has_password: hash.is_some(),
            reset_until,
        })
    })?;
    Ok(account)
}

fn change(sql: &dyn Transaction, actor: Actor, update: &AccountUpdate) -> Result<(), Failure> {
    const EMAIL: &str = "UPDATE users SET email = ?2 WHERE id = ?1 AND removed_at IS NULL";
    const STATUS: &str =
        "UPDATE users SET status_text = ?2, status_until = ?3 WHERE id = ?1 AND removed_at IS NULL";
    if let Some(email) = &update.email {
        sql.execute(EMAIL, values![actor.user, email.as_ref().map(|email| email.as_str())])?;
        mail_links::forget(sql, actor.user)?;
    }
    if let Some(status) = &update.status {
        let (text, until) = match status {
            Some((text, until)) => (Some(text.as_str()), *until),
            None => (None, None),
        };
        sql.execute(STATUS, values![actor.user, text, until])?;
    }
    Ok(())
}

/// Ends an account, so that nothing says any more whose it was.
fn end(write: &mut Write<'_>, user: UserId, messages: MessagesLeft) -> Result<(), Failure> {
    const FORGET: &str = "
        UPDATE users SET name = ?2, name_key = '', look = '', lower_look = '', keeper = NULL, role = NULL, login = NULL,
            login_key = NULL, login_look = NULL, login_lower_look = NULL, email = NULL, status_text = NULL,
            status_until = NULL
        WHERE id = ?1";
    const PASSWORD: &str = "DELETE FROM passwords WHERE user_id = ?1";
    const OTHER_OWNER: &str = "SELECT 1 FROM users WHERE role = 'owner' AND removed_at IS NULL AND id <> ?1";
    members::hold_with_rooms(write.sql, &[user])?;
    let Some(user) = sessions::find_account(write.sql, user)? else { return Ok(()) };
    if user.role == ServerRole::Owner && !write.sql.exists(OTHER_OWNER, values![user.id])? {
        return Err(Refusal::LastServerOwner.into());
    }
    sessions::remove(write, &user)?;
    write.sql.execute(PASSWORD, values![user.id])?;
    device_links::forget(write.sql, user.id)?;
    write.sql.execute(FORGET, values![user.id, FORMER_MEMBER])?;
    if messages == MessagesLeft::Delete {
        message_changes::erase_all_of(write, user.id)?;
    }
    Ok(())
}

/// Says what a member is on the server, and tells the person.
pub(crate) fn set_server_role(write: &mut Write<'_>, user: UserId, role: ServerRole) -> Result<(), Failure> {
    write.sql.lock(Lock::People(&[user]))?;
    let before = member(write.sql, user)?;
    give_server_role(write, before, role)
}

fn give_server_role(write: &mut Write<'_>, before: User, role: ServerRole) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE users SET role = ?2, renames = renames + 1 WHERE id = ?1 RETURNING renames";
    let renames = write.sql.one(UPDATE, values![before.id, stored_role(role)], |row| row.get(0))?;
    if role == ServerRole::Owner {
        invites::withdraw_first_owners(write)?;
    }
    let user = User { role, ..before };
    write.tell_person(user.id, UserEvent::Renamed { user, renames });
    Ok(())
}

/// The same, as somebody does who runs the server.
pub(crate) fn choose_server_role(
    write: &mut Write<'_>,
    actor: Actor,
    user: UserId,
    role: ServerRole,
) -> Result<(), Failure> {
    write.sql.lock(Lock::People(&[actor.user, user]))?;
    audit::check(write.sql, actor.user, ServerAction::ManagePeople)?;
    let present = member(write.sql, user)?;
    let by = sessions::account(write.sql, actor.user)?;
    if user == actor.user || !may_set_server_role(by.role, present.role, role) {
        return Err(Refusal::Forbidden.into());
    }
    give_server_role(write, present, role)?;
    let done = AuditAction::ServerRoleChanged;
    audit::note(write, by.id, Noted { action: done, room: None, user: Some(user), seq: None, reason: None })
}

/// A person with an account of their own.
pub(crate) fn member(sql: &dyn Transaction, user: UserId) -> Result<User, Failure> {
    let found = sessions::find_account(sql, user)?.filter(|user| user.kind == AccountKind::Member);
    Ok(found.ok_or(Refusal::UserNotFound(user))?)
}
