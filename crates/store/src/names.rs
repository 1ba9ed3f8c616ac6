//! Who has which name, and who had it lately.

use crate::sql::{Failure, values};
use crate::write::Write;
use chinwag_core::domain::{NameLooks, Refusal, UserId, UserName};
use chinwag_core::ports::{NAME_HELD_MS, TokenHash};

/// Whether a name would be free for `own`, if that has an account, who keeps the secret of `keeper`, if any.
///
/// It is not while somebody else has a name that looks like it, or signs in with one, nor for a while after a guest with such a name signed out whose browser keeps
/// another secret.
pub(crate) fn is_free(
    write: &Write<'_>,
    name: &UserName,
    own: Option<UserId>,
    keeper: Option<&TokenHash>,
) -> Result<bool, Failure> {
    const HOLDERS: &str = "
        SELECT 1 FROM users WHERE look = ?1 AND removed_at IS NULL AND id <> ?3
        UNION ALL
        SELECT 1 FROM users WHERE lower_look = ?2 AND removed_at IS NULL AND id <> ?3
        UNION ALL
        SELECT 1 FROM users WHERE login_look = ?1 AND id <> ?3
        UNION ALL
        SELECT 1 FROM users WHERE login_lower_look = ?2 AND id <> ?3";
    const HELD: &str = "
        SELECT 1 FROM users
        WHERE look = ?1 AND removed_at IS NOT NULL AND keeper IS NOT NULL AND removed_at > ?3
        AND keeper IS DISTINCT FROM ?4
        UNION ALL
        SELECT 1 FROM users
        WHERE lower_look = ?2 AND removed_at IS NOT NULL AND keeper IS NOT NULL AND removed_at > ?3
        AND keeper IS DISTINCT FROM ?4";
    let NameLooks { as_written, in_lower_case } = name.looks();
    // No account has the number 0.
    let own = own.unwrap_or(UserId(0));
    // First those who have it, then those who had it: who signs out in between is met by the second look.
    if write.sql.exists(HOLDERS, values![&as_written, &in_lower_case, own])? {
        return Ok(false);
    }
    let since = write.now.0 - NAME_HELD_MS;
    Ok(!write.sql.exists(HELD, values![&as_written, &in_lower_case, since, keeper])?)
}

/// Refuses a name that is not [free](is_free).
pub(crate) fn check_free(
    write: &Write<'_>,
    name: &UserName,
    own: Option<UserId>,
    keeper: Option<&TokenHash>,
) -> Result<(), Failure> {
    if is_free(write, name, own, keeper)? { Ok(()) } else { Err(Refusal::NameTaken(name.clone()).into()) }
}

/// Holds the name of an account that was removed for nobody.
pub(crate) fn give_up(write: &Write<'_>, user: UserId) -> Result<(), Failure> {
    const GIVE_UP: &str = "UPDATE users SET keeper = NULL WHERE id = ?1";
    write.sql.execute(GIVE_UP, values![user])?;
    Ok(())
}

/// Numbers up to which a free variant is looked for. Each step of the search is a lookup, and who holds names in its way on purpose
/// must not make it long.
const VARIANTS: u32 = 1 << 20;

/// This name, or a variant of it, that nobody else than `own` has. Steps that double find the end of the variants that are taken, so
/// that the thousandth visitor of one name costs little more than the second.
pub(crate) fn free_variant(write: &Write<'_>, name: UserName, own: UserId) -> Result<UserName, Failure> {
    let has_nobody = |name: &UserName| is_free(write, name, Some(own), None);
    if has_nobody(&name)? {
        return Ok(name);
    }
    let (mut taken, mut free) = (1, 2);
    while !has_nobody(&name.variant(free))? {
        if free >= VARIANTS {
            return Err(Refusal::NameTaken(name).into());
        }
        (taken, free) = (free, free * 2);
    }
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if has_nobody(&name.variant(middle))? {
            free = middle;
        } else {
            taken = middle;
        }
    }
    Ok(name.variant(free))
}
