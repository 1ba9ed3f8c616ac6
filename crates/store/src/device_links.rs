//! Links that sign a person in once.

use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{account_bans, sessions};
use chinwag_core::domain::{AccountKind, Millis, Refusal, SessionId, User, UserId};
use chinwag_core::ports::{LINK_MS, LinkPurpose, MAIL_LINK_MS, NewSession, TokenHash};

const DEVICE: &str = "device";
const RESET: &str = "reset";
const MAIL: &str = "mail";
const PROVIDER: &str = "provider";
/// Links of one person that are good at once; the oldest makes room.
const AT_ONCE: u32 = 5;
/// How long somebody who came by a link of the operator may set another password, in milliseconds.
const RESET_MS: i64 = 15 * 60 * 1000;
/// How long such a link is good: it has to reach the person.
const RESET_LINK_MS: i64 = 24 * 60 * 60 * 1000;

/// Makes a link. The caller holds the person.
pub(crate) fn make(
    write: &Write<'_>,
    user: UserId,
    link: &TokenHash,
    purpose: LinkPurpose,
) -> Result<Millis, Failure> {
    const INSERT: &str =
        "INSERT INTO sign_in_links (hash, user_id, purpose, expires_at) VALUES (?1, ?2, ?3, ?4)";
    const TIDY: &str = "DELETE FROM sign_in_links WHERE expires_at < ?1";
    const MAKE_ROOM: &str = "
        DELETE FROM sign_in_links WHERE user_id = ?1 AND hash NOT IN (
            SELECT hash FROM sign_in_links WHERE user_id = ?1 ORDER BY expires_at DESC LIMIT ?2)";
    let (word, good_for) = match purpose {
        LinkPurpose::Device => (DEVICE, LINK_MS),
        LinkPurpose::Reset => (RESET, RESET_LINK_MS),
        LinkPurpose::Mail => (MAIL, MAIL_LINK_MS),
        LinkPurpose::Provider => (PROVIDER, LINK_MS),
    };
    let until = Millis(write.now.0 + good_for);
    write.sql.execute(TIDY, values![write.now])?;
    write.sql.execute(MAKE_ROOM, values![user, AT_ONCE - 1])?;
    write.sql.execute(INSERT, values![link, user, word, until])?;
    Ok(until)
}

/// Begins a session by a link, which ends with it.
pub(crate) fn open(
    write: &mut Write<'_>,
    link: &TokenHash,
    session: &NewSession,
) -> Result<(User, SessionId), Failure> {
    const MAY_RESET: &str = "UPDATE sessions SET reset_until = ?2 WHERE id = ?1";
    let wanted = |purpose| matches!(purpose, LinkPurpose::Device | LinkPurpose::Reset);
    let (user, purpose) = use_up(write, link, wanted)?;
    let session = sessions::begin(write, user.id, session)?;
    if purpose == LinkPurpose::Reset {
        write.sql.execute(MAY_RESET, values![session, write.now.0 + RESET_MS])?;
    }
    Ok((user, session))
}

/// Uses up the link of a guest who went to a provider, and holds the guest.
pub(crate) fn take_guest(write: &mut Write<'_>, link: &TokenHash) -> Result<User, Failure> {
    let (user, _) = use_up(write, link, |purpose| purpose == LinkPurpose::Provider)?;
    if user.kind == AccountKind::Guest { Ok(user) } else { Err(Refusal::Unauthorized.into()) }
}

/// Uses up the link of somebody who was sent one by mail, and holds that person.
pub(crate) fn take_mailed(write: &mut Write<'_>, link: &TokenHash) -> Result<User, Failure> {
    use_up(write, link, |purpose| purpose == LinkPurpose::Mail).map(|(user, _)| user)
}

/// Uses up a link if it is for something `wanted`: whose it is, and for what. The person is held from then on.
fn use_up(
    write: &mut Write<'_>,
    link: &TokenHash,
    wanted: impl Fn(LinkPurpose) -> bool,
) -> Result<(User, LinkPurpose), Failure> {
    const WHOSE: &str = "SELECT user_id FROM sign_in_links WHERE hash = ?1";
    const FIND: &str = "SELECT purpose FROM sign_in_links WHERE hash = ?1 AND expires_at >= ?2";
    const USE_UP: &str = "DELETE FROM sign_in_links WHERE hash = ?1";
    let user = write.sql.first(WHOSE, values![link], |row| row.get(0))?.ok_or(Refusal::Unauthorized)?;
    // Whoever uses the link at the same moment waits here, and finds it used up.
    write.sql.lock(Lock::People(&[user]))?;
    let purpose = write.sql.first(FIND, values![link, write.now], |row| read_purpose(row.text(0)?))?;
    let purpose = purpose.filter(|purpose| wanted(*purpose)).ok_or(Refusal::Unauthorized)?;
    let user = sessions::account(write.sql, user)?;
    account_bans::check(write, user.id)?;
    write.sql.execute(USE_UP, values![link])?;
    Ok((user, purpose))
}

/// Takes back all links of a person.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM sign_in_links WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}

fn read_purpose(word: &str) -> Result<LinkPurpose, DatabaseError> {
    match word {
        DEVICE => Ok(LinkPurpose::Device),
        RESET => Ok(LinkPurpose::Reset),
        MAIL => Ok(LinkPurpose::Mail),
        PROVIDER => Ok(LinkPurpose::Provider),
        other => Err(DatabaseError::defect(format!("unknown purpose of a link {other}"))),
    }
}
