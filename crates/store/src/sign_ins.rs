//! Where people are signed in, and what keeps them so.

use crate::engine::{Engine, SqlStore};
use crate::sessions::{self, add_refresh_token, end_session};
use crate::sql::{Failure, Lock, Transaction, values};
use crate::standing::{read_user, user_columns};
use crate::write::{Write, with_endings};
use crate::{account_bans, device_links, identities, mail_links, room_list};
use chinwag_core::domain::{AccountKind, Actor, Email, Millis, Refusal, SessionId, User, UserId};
use chinwag_core::ports::{
    Device, LinkPurpose, NewSession, REFRESH_GRACE_MS, ReachedAccount, Refreshed, SessionOverview,
    SessionReport, Settling, SignIns, StoreFuture, TokenHash, WhichSessions,
};

/// How long a refresh token that was replaced is known still, in milliseconds, so that its use ends the session.
const REPLACED_KNOWN_MS: i64 = 24 * 60 * 60 * 1000;

impl<E: Engine> SignIns for SqlStore<E> {
    fn begin_session(&self, user: UserId, session: NewSession) -> StoreFuture<(User, SessionId)> {
        self.0.write("begin_session", move |write| {
            write.sql.lock(Lock::People(&[user]))?;
            let user = sessions::find_account(write.sql, user)?.ok_or(Refusal::SignInFailed)?;
            account_bans::check(write, user.id)?;
            let session = sessions::begin(write, user.id, &session)?;
            Ok((user, session))
        })
    }

    fn session_by_id(&self, session: SessionId) -> StoreFuture<(User, SessionId)> {
        self.0.read("session_by_id", move |sql| find(sql, session))
    }

    fn overview_by_id(&self, session: SessionId) -> StoreFuture<SessionOverview> {
        self.0.read("overview_by_id", move |sql| {
            let (user, session) = find(sql, session)?;
            let rooms = room_list::joined(sql, user.id)?;
            Ok(SessionOverview { user, session, rooms })
        })
    }

    fn refresh(&self, token: TokenHash, device: Device) -> StoreFuture<Refreshed> {
        self.0.write("refresh", move |write| refresh(write, &token, &device))
    }

    fn sessions_of(&self, user: UserId) -> StoreFuture<Vec<SessionReport>> {
        self.0.read("sessions_of", move |sql| sessions_of(sql, user))
    }

    fn end_sessions(&self, actor: Actor, which: WhichSessions) -> StoreFuture<Vec<Settling>> {
        self.0.write("end_sessions", move |write| {
            Ok(with_endings(write, |write| match which {
                WhichSessions::One(session) => end_one(write, actor, session),
                WhichSessions::Others => {
                    write.sql.lock(Lock::People(&[actor.user]))?;
                    sessions::end_others(write, actor)
                }
            })?
            .1)
        })
    }

    fn make_link(&self, actor: Actor, link: TokenHash, purpose: LinkPurpose) -> StoreFuture<Millis> {
        self.0.write("make_link", move |write| {
            write.sql.lock(Lock::People(&[actor.user]))?;
            if sessions::has_ended(write.sql, actor.session)? {
                return Err(Refusal::Unauthorized.into());
            }
            // Whoever vouches for somebody says how long.
            if identities::is_vouched(write.sql, actor.session)? {
                return Err(Refusal::Forbidden.into());
            }
            if purpose == LinkPurpose::Provider
                && sessions::account(write.sql, actor.user)?.kind != AccountKind::Guest
            {
                return Err(Refusal::Forbidden.into());
            }
            device_links::make(write, actor.user, &link, purpose)
        })
    }

    fn open_link(&self, link: TokenHash, session: NewSession) -> StoreFuture<(User, SessionId)> {
        self.0.write("open_link", move |write| device_links::open(write, &link, &session))
    }

    fn accounts_at(&self, email: Email) -> StoreFuture<Vec<ReachedAccount>> {
        self.0.read("accounts_at", move |sql| mail_links::accounts_at(sql, &email))
    }

    fn make_mail_link(&self, user: UserId, email: Email, link: TokenHash) -> StoreFuture<bool> {
        self.0.write("make_mail_link", move |write| mail_links::make(write, user, &email, &link))
    }

    fn forget_mail_link(&self, link: TokenHash) -> StoreFuture<()> {
        self.0.write("forget_mail_link", move |write| mail_links::take_back(write.sql, &link))
    }

    fn look_at_mail_link(&self, link: TokenHash) -> StoreFuture<String> {
        self.0.write("look_at_mail_link", move |write| mail_links::look_at(write, &link))
    }

    fn reset_by_mail(
        &self,
        link: TokenHash,
        password: String,
        session: NewSession,
    ) -> StoreFuture<(User, SessionId, Vec<Settling>)> {
        self.0.write("reset_by_mail", move |write| {
            let reset = |write: &mut Write<'_>| mail_links::reset(write, &link, &password, &session);
            let ((user, session), endings) = with_endings(write, reset)?;
            Ok((user, session, endings))
        })
    }
}

/// Ends one of the actor's sessions, which may be the one that acts.
fn end_one(write: &mut Write<'_>, actor: Actor, session: SessionId) -> Result<(), Failure> {
    const IS_OWN: &str = "SELECT 1 FROM sessions WHERE id = ?1 AND user_id = ?2";
    if session == actor.session {
        return end_session(write, actor);
    }
    write.sql.lock(Lock::People(&[actor.user]))?;
    if write.sql.exists(IS_OWN, values![session, actor.user])? {
        sessions::revoke(write, actor.user, session)?;
    }
    Ok(())
}

fn find(sql: &dyn Transaction, session: SessionId) -> Result<(User, SessionId), Failure> {
    const SELECT: &str = concat!(
        "SELECT ",
        user_columns!(),
        " FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.id = ?1 AND users.removed_at IS NULL"
    );
    let user = sql.first(SELECT, values![session], |row| read_user(row, 0))?;
    Ok((user.ok_or(Refusal::Unauthorized)?, session))
}

fn sessions_of(sql: &dyn Transaction, user: UserId) -> Result<Vec<SessionReport>, Failure> {
    const SELECT: &str = "
        SELECT id, device, address, created_at, last_seen_at FROM sessions WHERE user_id = ?1
        ORDER BY last_seen_at DESC, id DESC LIMIT 200";
    Ok(sql.all(SELECT, values![user], |row| {
        Ok(SessionReport {
            id: row.get(0)?,
            device: row.get(1)?,
            address: row.get(2)?,
            created_at: row.get(3)?,
            last_seen_at: row.get(4)?,
        })
    })?)
}

/// A refresh token: whose it is, and since when it is replaced.
type Known = (SessionId, UserId, Option<Millis>);

fn find_token(sql: &dyn Transaction, token: &TokenHash) -> Result<Option<Known>, Failure> {
    const SELECT: &str = "
        SELECT sessions.id, sessions.user_id, refresh_tokens.replaced_at
        FROM refresh_tokens JOIN sessions ON sessions.id = refresh_tokens.session_id
        WHERE refresh_tokens.hash = ?1";
    Ok(sql.first(SELECT, values![token], |row| Ok((row.get(0)?, row.get(1)?, row.find(2)?)))?)
}

/// Replaces a refresh token. Whoever used it within the grace may have another one in hand already, so that stays good until one of the two is
/// used: the cookie of which answer a browser has kept last, nobody knows.
fn refresh(write: &mut Write<'_>, token: &TokenHash, device: &Device) -> Result<Refreshed, Failure> {
    const REPLACE: &str = "
        UPDATE refresh_tokens SET replaced_at = ?3
        WHERE session_id = ?1 AND replaced_at IS NULL AND (hash = ?2 OR made_at < ?4)";
    const FORGET: &str = "DELETE FROM refresh_tokens WHERE session_id = ?1 AND replaced_at < ?2";
    const SEEN: &str = "UPDATE sessions SET last_seen_at = ?2, device = ?3, address = ?4 WHERE id = ?1";
    let Some((_, user, _)) = find_token(write.sql, token)? else { return Err(Refusal::Unauthorized.into()) };
    write.sql.lock(Lock::People(&[user]))?;
    let known = find_token(write.sql, token)?;
    let (session, user, replaced) = known.ok_or(Refusal::Unauthorized)?;
    let grace = write.now.0 - REFRESH_GRACE_MS;
    if replaced.is_some_and(|at| at.0 < grace) {
        let ((), endings) = with_endings(write, |write| sessions::revoke(write, user, session))?;
        return Ok(Refreshed::Stolen(endings));
    }
    let account = sessions::account(write.sql, user)?;
    write.sql.execute(REPLACE, values![session, token, write.now, grace])?;
    write.sql.execute(FORGET, values![session, write.now.0 - REPLACED_KNOWN_MS])?;
    add_refresh_token(write, session, device)?;
    write.sql.execute(SEEN, values![session, write.now, &device.name, &device.address])?;
    Ok(Refreshed::Session(account, session))
}
