//! Accounts of people for whom somebody else vouches.

use crate::engine::{Engine, SqlStore};
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, values};
use crate::standing::{read_user, user_columns};
use crate::vouched_rooms;
use crate::write::Write;
use crate::{account_bans, accounts, names, sessions};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{Actor, Millis, SessionId, User, UserId, UserName};
use chinwag_core::ports::{
    Identities, Identity, IdentityKind, NewSession, StoreFuture, TokenHash, UserEvent, Vouched, Voucher,
};

impl<E: Engine> Identities for SqlStore<E> {
    fn find_vouched(&self, identity: Identity) -> StoreFuture<Option<Vouched>> {
        self.0.read("find_vouched", move |sql| find_vouched(sql, &identity))
    }

    fn vouch(&self, voucher: Voucher, session: NewSession) -> StoreFuture<(User, SessionId)> {
        self.0.write("vouch", move |write| match find(write.sql, &voucher.identity)? {
            Some(known) => come_again(write, known.user, &voucher, &session),
            None => come_first(write, &voucher, &session),
        })
    }

    fn end_unvouched(&self, before: Millis) -> StoreFuture<u32> {
        self.0.write("end_unvouched", move |write| end_unvouched(write, before))
    }
}

pub(crate) fn stored_kind(kind: IdentityKind) -> &'static str {
    match kind {
        IdentityKind::Foreign => "foreign",
        IdentityKind::Provider => "oidc",
    }
}

fn find_vouched(sql: &dyn Transaction, identity: &Identity) -> Result<Option<Vouched>, Failure> {
    const SELECT: &str = concat!(
        "SELECT ",
        user_columns!(),
        ", sessions.id, identities.token_hash, identities.issued_at, identities.until
         FROM identities
         JOIN users ON users.id = identities.user_id
         JOIN sessions ON sessions.id = identities.session_id
         WHERE identities.kind = ?1 AND identities.issuer = ?2 AND identities.subject = ?3
         AND identities.token_hash IS NOT NULL AND identities.until IS NOT NULL AND users.removed_at IS NULL"
    );
    let Identity { kind, issuer, subject } = identity;
    Ok(sql.first(SELECT, values![stored_kind(*kind), issuer, subject], |row| {
        Ok(Vouched {
            user: read_user(row, 0)?,
            session: row.get(3)?,
            token: row.get(4)?,
            issued_at: row.find(5)?,
            until: row.get(6)?,
        })
    })?)
}

/// What is noted of an identity.
struct Known {
    user: UserId,
    session: Option<SessionId>,
    token: Option<TokenHash>,
    issued_at: Option<Millis>,
    until: Option<Millis>,
    name: Option<String>,
    /// Whether a role was said last.
    has_role: bool,
}

fn find(sql: &dyn Transaction, identity: &Identity) -> Result<Option<Known>, Failure> {
    const SELECT: &str = "
        SELECT user_id, session_id, token_hash, issued_at, until, name, role FROM identities
        WHERE kind = ?1 AND issuer = ?2 AND subject = ?3";
    let Identity { kind, issuer, subject } = identity;
    Ok(sql.first(SELECT, values![stored_kind(*kind), issuer, subject], read_known)?)
}

fn read_known(row: Row<'_>) -> Result<Known, DatabaseError> {
    Ok(Known {
        user: row.get(0)?,
        session: row.find(1)?,
        token: row.find(2)?,
        issued_at: row.find(3)?,
        until: row.find(4)?,
        name: row.find(5)?,
        has_role: row.find_text(6)?.is_some(),
    })
}

/// Makes the account of somebody who comes for the first time.
fn come_first(
    write: &mut Write<'_>,
    voucher: &Voucher,
    session: &NewSession,
) -> Result<(User, SessionId), Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (name, name_key, look, lower_look, kind, role, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, 'member', ?5, ?6, ?6)
        ON CONFLICT DO NOTHING";
    const IDENTITY: &str = "
        INSERT INTO identities (kind, issuer, subject, user_id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let Voucher { identity, name, nameless, role, .. } = voucher;
    let rooms = vouched_rooms::hold(write, &voucher.rooms, None)?;
    let name = free_name(write, name.as_ref().unwrap_or(nameless), UserId(0))?;
    let (text, key, looks) = (name.as_str(), name.key(), name.looks());
    let (look, lower_look) = (&looks.as_written, &looks.in_lower_case);
    let role = role.and_then(crate::standing::stored_role);
    let id = write.sql.insert(ACCOUNT, values![text, &key, look, lower_look, role, write.now])?;
    let id = UserId(id.ok_or_else(|| DatabaseError::conflict("a name that was free is taken by now"))?);
    let Identity { kind, issuer, subject } = identity;
    if write.sql.execute(IDENTITY, values![stored_kind(*kind), issuer, subject, id])? == 0 {
        return Err(DatabaseError::conflict("somebody's first token came twice at once").into());
    }
    let session = sessions::begin(write, id, session)?;
    note(write, voucher, session, voucher.until)?;
    let user = sessions::account(write.sql, id)?;
    vouched_rooms::bring_in(write, &rooms, &user)?;
    Ok((user, session))
}

/// Does what a voucher says of somebody who was here, and goes on with the session.
fn come_again(
    write: &mut Write<'_>,
    user: UserId,
    voucher: &Voucher,
    session: &NewSession,
) -> Result<(User, SessionId), Failure> {
    const SEEN: &str = "UPDATE sessions SET last_seen_at = ?2, address = ?3 WHERE id = ?1";
    const UNTIL: &str = "
        UPDATE identities SET session_id = ?4, until = ?5 WHERE kind = ?1 AND issuer = ?2 AND subject = ?3";
    write.sql.lock(Lock::People(&[user]))?;
    // What was seen before the lock may not be so any more: the account may have ended.
    let known = find(write.sql, &voucher.identity)?.filter(|known| known.user == user);
    let known = known.ok_or_else(|| DatabaseError::conflict("an account ended while its token came"))?;
    account_bans::check(write, user)?;
    let is_older = voucher.issued_at.is_some() && voucher.issued_at < known.issued_at;
    let is_done = is_older || known.token == Some(voucher.token);
    let rooms = if is_done { Vec::new() } else { vouched_rooms::hold(write, &voucher.rooms, Some(user))? };
    let goes_on = match known.session {
        Some(session) if !sessions::has_ended(write.sql, session)? => Some(session),
        Some(_) | None => None,
    };
    let until = known.until.filter(|_| goes_on.is_some()).map_or(voucher.until, |it| it.max(voucher.until));
    let session = match goes_on {
        Some(before) => {
            write.sql.execute(SEEN, values![before, write.now, &session.device.address])?;
            before
        }
        None => sessions::begin(write, user, session)?,
    };
    if is_done {
        let Identity { kind, issuer, subject } = &voucher.identity;
        write.sql.execute(UNTIL, values![stored_kind(*kind), issuer, subject, session, until])?;
    } else {
        give_role(write, user, &known, voucher.role)?;
        give_name(write, user, session, &known, voucher.name.as_ref())?;
        note(write, voucher, session, until)?;
        let account = sessions::account(write.sql, user)?;
        vouched_rooms::bring_in(write, &rooms, &account)?;
    }
    Ok((sessions::account(write.sql, user)?, session))
}

/// Notes which voucher was done, so that it is not done again.
fn note(write: &Write<'_>, voucher: &Voucher, session: SessionId, until: Millis) -> Result<(), Failure> {
    const NOTE: &str = "
        UPDATE identities SET session_id = ?4, token_hash = ?5, issued_at = coalesce(?6, issued_at), until = ?7,
            name = coalesce(?8, name), role = ?9
        WHERE kind = ?1 AND issuer = ?2 AND subject = ?3";
    let Voucher { identity: Identity { kind, issuer, subject }, name, role, token, issued_at, .. } = voucher;
    let name = name.as_ref().map(UserName::as_str);
    let role = role.map(|role| if role == ServerRole::Moderator { "moderator" } else { "member" });
    let columns = values![stored_kind(*kind), issuer, subject, session, token, *issued_at, until, name, role];
    write.sql.execute(NOTE, columns)?;
    Ok(())
}

/// Makes the person what is said, or a member again of whom it is said no more. Whoever is above what can be said stays there.
fn give_role(
    write: &mut Write<'_>,
    user: UserId,
    known: &Known,
    role: Option<ServerRole>,
) -> Result<(), Failure> {
    let role = role.or_else(|| known.has_role.then_some(ServerRole::Member));
    let present = sessions::account(write.sql, user)?.role;
    match role {
        Some(role) if role != present && present <= ServerRole::Moderator => {
            accounts::set_server_role(write, user, role)
        }
        Some(_) | None => Ok(()),
    }
}

/// Gives the person another name, if another one is said than the last time.
fn give_name(
    write: &mut Write<'_>,
    user: UserId,
    session: SessionId,
    known: &Known,
    name: Option<&UserName>,
) -> Result<(), Failure> {
    let Some(name) = name.filter(|name| known.name.as_deref() != Some(name.as_str())) else { return Ok(()) };
    let name = free_name(write, name, user)?;
    let actor = Actor { user, session, connection: None, address: None, is_visit: false };
    sessions::rename(write, actor, &name)?;
    Ok(())
}

/// A name, or a variant of it, that nobody else has. Nothing was written yet that a refusal would leave.
fn free_name(write: &Write<'_>, wanted: &UserName, own: UserId) -> Result<UserName, Failure> {
    names::free_variant(write, wanted.clone(), own)
}

/// Sessions that are ended in one transaction.
const AT_ONCE: u32 = 200;

fn end_unvouched(write: &mut Write<'_>, before: Millis) -> Result<u32, Failure> {
    const OVER: &str = "
        SELECT user_id FROM identities WHERE session_id IS NOT NULL AND until < ?1 ORDER BY until LIMIT ?2";
    const STILL: &str = "
        SELECT session_id FROM identities WHERE user_id = ?1 AND session_id IS NOT NULL AND until < ?2";
    const DELETE: &str = "DELETE FROM sessions WHERE id = ?1";
    const FORGET: &str = "UPDATE identities SET session_id = NULL WHERE user_id = ?1 AND session_id = ?2";
    if !write.sql.claim("end_unvouched")? {
        return Ok(0);
    }
    let over: Vec<UserId> = write.sql.all(OVER, values![before, AT_ONCE], |row| row.get(0))?;
    write.sql.lock(Lock::People(&over))?;
    for user in &over {
        // Not that of one who came with another token before the lock.
        for session in write.sql.all(STILL, values![*user, before], |row| row.get::<SessionId>(0))? {
            write.sql.execute(DELETE, values![session])?;
            sessions::forget(write.sql, session)?;
            write.sql.execute(FORGET, values![*user, session])?;
            write.tell_person(*user, UserEvent::SessionEnded(session));
        }
    }
    Ok(u32::try_from(over.len()).unwrap_or(AT_ONCE))
}

/// Whether a session is good for as long as somebody else says.
pub(crate) fn is_vouched(sql: &dyn Transaction, session: SessionId) -> Result<bool, DatabaseError> {
    const EXISTS: &str = "
        SELECT 1 FROM identities JOIN sessions ON sessions.user_id = identities.user_id
        WHERE sessions.id = ?1 AND identities.session_id = ?1";
    sql.exists(EXISTS, values![session])
}

/// Forgets how others name an account that ends.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM identities WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}
