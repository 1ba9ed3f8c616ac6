//! Links that people get by mail who lost the password: each takes one new password.

use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{account_bans, accounts, device_links, sessions};
use chinwag_core::domain::{Email, Refusal, SessionId, User, UserId};
use chinwag_core::ports::{
    ACCOUNTS_PER_EMAIL, LinkPurpose, MAIL_LINKS, NewSession, ReachedAccount, TokenHash,
};

/// Who is reached at an address.
pub(crate) fn accounts_at(sql: &dyn Transaction, email: &Email) -> Result<Vec<ReachedAccount>, Failure> {
    const SELECT: &str = "
        SELECT id, login, email FROM users
        WHERE email IS NOT NULL AND lower(email) = lower(?1) AND login IS NOT NULL AND removed_at IS NULL
        ORDER BY last_seen_at DESC, id LIMIT ?2";
    let found = sql.all(SELECT, values![email.as_str(), ACCOUNTS_PER_EMAIL], |row| {
        Ok(ReachedAccount { user: row.get(0)?, login: row.get(1)?, email: Email::stored(row.get(2)?) })
    })?;
    Ok(found)
}

/// Makes a link, unless it is not to be sent.
pub(crate) fn make(
    write: &Write<'_>,
    user: UserId,
    email: &Email,
    link: &TokenHash,
) -> Result<bool, Failure> {
    const WAITING: &str =
        "SELECT count(*) FROM sign_in_links WHERE user_id = ?1 AND purpose = 'mail' AND expires_at >= ?2";
    write.sql.lock(Lock::People(&[user]))?;
    let waiting: u32 = write.sql.one(WAITING, values![user, write.now], |row| row.get(0))?;
    let is_there = accounts_at(write.sql, email)?.iter().any(|account| account.user == user);
    if waiting >= MAIL_LINKS || !is_there {
        return Ok(false);
    }
    match account_bans::check(write, user) {
        Ok(()) => {
            device_links::make(write, user, link, LinkPurpose::Mail)?;
            Ok(true)
        }
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure @ Failure::Database(_)) => Err(failure),
    }
}

/// With which name its person signs in.
pub(crate) fn look_at(write: &Write<'_>, link: &TokenHash) -> Result<String, Failure> {
    const SELECT: &str = "
        SELECT users.login FROM sign_in_links JOIN users ON users.id = sign_in_links.user_id
        WHERE sign_in_links.hash = ?1 AND sign_in_links.purpose = 'mail' AND sign_in_links.expires_at >= ?2
            AND users.login IS NOT NULL";
    let login = write.sql.first(SELECT, values![link, write.now], |row| row.get(0))?;
    Ok(login.ok_or(Refusal::Unauthorized)?)
}

/// Uses a link up for another password, and begins a session in place of all others.
pub(crate) fn reset(
    write: &mut Write<'_>,
    link: &TokenHash,
    password: &str,
    session: &NewSession,
) -> Result<(User, SessionId), Failure> {
    look_at(write, link)?;
    let user = device_links::take_mailed(write, link)?;
    accounts::note_password(write, user.id, password)?;
    device_links::forget(write.sql, user.id)?;
    sessions::revoke_all(write, user.id)?;
    let session = sessions::begin(write, user.id, session)?;
    Ok((user, session))
}

/// Takes one back that nobody has.
pub(crate) fn take_back(sql: &dyn Transaction, link: &TokenHash) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sign_in_links WHERE hash = ?1 AND purpose = 'mail'";
    sql.execute(DELETE, values![link])?;
    Ok(())
}

/// Takes back those of a person whose address is another one.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sign_in_links WHERE user_id = ?1 AND purpose = 'mail'";
    sql.execute(DELETE, values![user])?;
    Ok(())
}
