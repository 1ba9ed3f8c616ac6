//! Who is kept out of the whole server.

use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use crate::write::{Write, with_endings};
use crate::{audit, members, names, sessions};
use chinwag_core::domain::permissions::{ServerAction, may_ban_account};
use chinwag_core::domain::{
    AccountBan, AccountKind, Actor, AuditAction, Ban, Millis, Reason, Refusal, User, UserId,
};
use chinwag_core::ports::{Settling, TokenHash};

/// Bans that are listed at most.
const LISTED: u32 = 500;

/// Keeps somebody out. A visitor has no account that could be kept out: rooms do that.
pub(crate) fn ban(
    write: &mut Write<'_>,
    actor: Actor,
    user: UserId,
    ban: &AccountBan,
) -> Result<Vec<Settling>, Failure> {
    members::hold_with_rooms(write.sql, &[actor.user, user])?;
    let by = sessions::account(write.sql, actor.user)?;
    audit::check(write.sql, actor.user, ServerAction::BanAccounts)?;
    let known = sessions::find_account(write.sql, user)?.filter(|user| user.kind != AccountKind::Visitor);
    let subject = known.ok_or(Refusal::UserNotFound(user))?;
    if user == actor.user || !may_ban_account(by.role, subject.role) {
        return Err(Refusal::Forbidden.into());
    }
    impose(write, &subject, by.id, ban)?;
    let reason = ban.reason.as_ref().map(Reason::as_str);
    note(write, by.id, user, (AuditAction::AccountBanned, reason))?;
    let ((), endings) = with_endings(write, |write| {
        if subject.kind.is_passing() {
            sessions::remove(write, &subject)?;
            names::give_up(write, user)
        } else {
            sessions::end_all(write, user)
        }
    })?;
    Ok(endings)
}

/// Stores a ban in the place of the one before, with what the browser of a guest is known by.
fn impose(write: &Write<'_>, subject: &User, by: UserId, ban: &AccountBan) -> Result<(), Failure> {
    const UPSERT: &str = "
        INSERT INTO account_bans (user_id, keeper, until, by_id, at, reason)
        SELECT id, keeper, ?2, ?3, ?4, ?5 FROM users WHERE id = ?1
        ON CONFLICT (user_id) DO UPDATE SET keeper = excluded.keeper, until = excluded.until,
            by_id = excluded.by_id, at = excluded.at, reason = excluded.reason";
    let until = ban.until.unwrap_or(Millis::FOR_EVER);
    let reason = ban.reason.as_ref().map(Reason::as_str);
    write.sql.execute(UPSERT, values![subject.id, until, by, write.now, reason])?;
    Ok(())
}

/// Lets somebody come again.
pub(crate) fn lift(write: &Write<'_>, actor: Actor, user: UserId) -> Result<(), Failure> {
    const ROLE: &str = "SELECT coalesce(users.role, users.kind) FROM account_bans
        JOIN users ON users.id = account_bans.user_id WHERE account_bans.user_id = ?1";
    const DELETE: &str = "DELETE FROM account_bans WHERE user_id = ?1";
    let by = sessions::account(write.sql, actor.user)?;
    audit::check(write.sql, actor.user, ServerAction::BanAccounts)?;
    let role = write.sql.first(ROLE, values![user], |row| Ok(crate::standing::parse(row.text(0)?)?.1))?;
    let Some(role) = role else { return Ok(()) };
    if !may_ban_account(by.role, role) {
        return Err(Refusal::Forbidden.into());
    }
    write.sql.execute(DELETE, values![user])?;
    note(write, by.id, user, (AuditAction::AccountUnbanned, None))
}

fn note(
    write: &Write<'_>,
    by: UserId,
    user: UserId,
    (action, reason): (AuditAction, Option<&str>),
) -> Result<(), Failure> {
    audit::note(write, by, audit::Noted { action, room: None, user: Some(user), seq: None, reason })
}

/// Refuses one who is kept out, and who wants to sign in. To be asked before anything is written for that person.
pub(crate) fn check(write: &Write<'_>, user: UserId) -> Result<(), Failure> {
    const SELECT: &str = "SELECT until, reason FROM account_bans WHERE user_id = ?1 AND until > ?2";
    refuse(write.sql.first(SELECT, values![user, write.now], read_end)?)
}

/// Refuses a browser whose guest was kept out, and that wants to be another one.
pub(crate) fn check_browser(write: &Write<'_>, keeper: Option<&TokenHash>) -> Result<(), Failure> {
    const SELECT: &str = "
        SELECT until, reason FROM account_bans WHERE keeper = ?1 AND until > ?2 ORDER BY until DESC LIMIT 1";
    match keeper {
        Some(keeper) => refuse(write.sql.first(SELECT, values![keeper, write.now], read_end)?),
        None => Ok(()),
    }
}

/// When a ban ends, and why there is one.
type End = (Option<Millis>, Option<String>);

fn read_end(row: Row<'_>) -> Result<End, DatabaseError> {
    Ok((row.get::<Millis>(0)?.if_finite(), row.find(1)?))
}

fn refuse(found: Option<End>) -> Result<(), Failure> {
    match found {
        Some((until, reason)) => Err(Refusal::BannedFromServer { until, reason }.into()),
        None => Ok(()),
    }
}

/// Who is kept out now, for one who keeps order on the server.
pub(crate) fn list(sql: &dyn Transaction, user: UserId) -> Result<Vec<Ban>, Failure> {
    const SELECT: &str = "
        SELECT account_bans.user_id, users.name, account_bans.by_id, makers.name, account_bans.at,
               account_bans.until, account_bans.reason
        FROM account_bans JOIN users ON users.id = account_bans.user_id
        JOIN users AS makers ON makers.id = account_bans.by_id
        ORDER BY account_bans.at DESC, account_bans.user_id LIMIT ?1";
    audit::check(sql, user, ServerAction::BanAccounts)?;
    Ok(sql.all(SELECT, values![LISTED], crate::sanctions::read)?)
}
