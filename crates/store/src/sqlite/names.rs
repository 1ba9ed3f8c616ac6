//! Who has which name, and who had it lately.

use super::failure::Failure;
use super::write::Write;
use chinwag_core::domain::{NameLooks, Refusal, UserId, UserName};
use chinwag_core::ports::{NAME_HELD_MS, TokenHash};
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Params};

/// Whether a name would be free for `own`, if that has an account, who keeps the secret of `keeper`, if any.
///
/// It is not while somebody else has a name that looks like it, nor for a while after a guest with such a name signed out whose browser keeps
/// another secret.
pub(super) fn is_free(
    write: &Write<'_>,
    name: &UserName,
    own: Option<UserId>,
    keeper: Option<&TokenHash>,
) -> Result<bool, Failure> {
    const HOLDERS: &str = "
        SELECT 1 FROM users WHERE look = ?1 AND removed_at IS NULL AND id <> ?3
        UNION ALL
        SELECT 1 FROM users WHERE lower_look = ?2 AND removed_at IS NULL AND id <> ?3";
    const HELD: &str = "
        SELECT 1 FROM users
        WHERE look = ?1 AND removed_at IS NOT NULL AND keeper IS NOT NULL AND removed_at > ?3 AND keeper IS NOT ?4
        UNION ALL
        SELECT 1 FROM users
        WHERE lower_look = ?2 AND removed_at IS NOT NULL AND keeper IS NOT NULL AND removed_at > ?3 AND keeper IS NOT ?4";
    let NameLooks { as_written, in_lower_case } = name.looks();
    // No account has the number 0.
    let own = own.unwrap_or(UserId(0)).0;
    if any(write.connection.prepare_cached(HOLDERS)?, (&as_written, &in_lower_case, own))? {
        return Ok(false);
    }
    let (since, keeper) = (write.now.0 - NAME_HELD_MS, keeper.map(|hash| Value::from(hash.0.to_vec())));
    Ok(!any(write.connection.prepare_cached(HELD)?, (as_written, in_lower_case, since, keeper))?)
}

/// Refuses a name that is not [free](is_free).
pub(super) fn check_free(
    write: &Write<'_>,
    name: &UserName,
    own: Option<UserId>,
    keeper: Option<&TokenHash>,
) -> Result<(), Failure> {
    if is_free(write, name, own, keeper)? { Ok(()) } else { Err(Refusal::NameTaken(name.clone()).into()) }
}

/// Holds the name of an account that was removed for nobody.
pub(super) fn give_up(write: &Write<'_>, user: UserId) -> Result<(), Failure> {
    const GIVE_UP: &str = "UPDATE users SET keeper = NULL WHERE id = ?1";
    write.connection.prepare_cached(GIVE_UP)?.execute([user.0])?;
    Ok(())
}

fn any(mut statement: CachedStatement<'_>, parameters: impl Params) -> Result<bool, Failure> {
    Ok(statement.exists(parameters)?)
}
