//! Accounts of people who come by a provider of sign-ins.

use crate::accounts::{self, claim, taken_meanwhile};
use crate::engine::{Engine, SqlStore};
use crate::identities::stored_kind;
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::standing::stored_role;
use crate::write::Write;
use crate::{account_bans, invites, names, sessions};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{Refusal, UserId};
use chinwag_core::ports::{
    Identity, NewSession, ProviderAccounts, ProviderComer, ProviderSignIn, Providers, Registration,
    StoreFuture,
};

impl<E: Engine> Providers for SqlStore<E> {
    fn sign_in_by_provider(&self, comer: ProviderSignIn, session: NewSession) -> StoreFuture<ProviderComer> {
        self.0.write("sign_in_by_provider", move |write| match find(write.sql, &comer.identity)? {
            Some(known) => come_again(write, known.user, &comer, &session),
            None => come_first(write, &comer, &session),
        })
    }
}

/// What is noted of an identity.
struct Known {
    user: UserId,
    /// Whether groups made the person something the last time.
    has_role: bool,
}

fn find(sql: &dyn Transaction, identity: &Identity) -> Result<Option<Known>, Failure> {
    const SELECT: &str =
        "SELECT user_id, role FROM identities WHERE kind = ?1 AND issuer = ?2 AND subject = ?3";
    let Identity { kind, issuer, subject } = identity;
    Ok(sql.first(SELECT, values![stored_kind(*kind), issuer, subject], |row| {
        Ok(Known { user: row.get(0)?, has_role: row.find_text(1)?.is_some() })
    })?)
}

/// Makes the account of somebody who comes for the first time.
fn come_first(
    write: &mut Write<'_>,
    comer: &ProviderSignIn,
    session: &NewSession,
) -> Result<ProviderComer, Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (name, name_key, look, lower_look, kind, email, role, invite_id, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, 'member', ?5, ?6, ?7, ?8, ?8)
        ON CONFLICT DO NOTHING";
    const IDENTITY: &str = "
        INSERT INTO identities (kind, issuer, subject, user_id, role) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING";
    let registration = match comer.accounts {
        ProviderAccounts::Always => Registration::Open,
        ProviderAccounts::Invited => Registration::Invited,
        ProviderAccounts::Never => return Err(Refusal::AccountsClosed.into()),
    };
    let name = names::free_variant(write, comer.name.clone(), UserId(0))?;
    let invitation = claim(write, comer.invite.as_ref(), registration)?.and_first_rooms(write.sql)?;
    write.sql.lock(Lock::Rooms(&invitation.rooms))?;
    let role = comer.role.map_or(invitation.role, |role| role.min(ServerRole::Admin).max(invitation.role));
    let (key, looks) = (name.key(), name.looks());
    let columns = values![
        name.as_str(),
        &key,
        &looks.as_written,
        &looks.in_lower_case,
        comer.email.as_ref().map(|email| email.as_str()),
        stored_role(role),
        invitation.id,
        write.now
    ];
    let id = UserId(write.sql.insert(ACCOUNT, columns)?.ok_or_else(taken_meanwhile)?);
    let Identity { kind, issuer, subject } = &comer.identity;
    let columns = values![stored_kind(*kind), issuer, subject, id, said(comer.role)];
    if write.sql.execute(IDENTITY, columns)? == 0 {
        return Err(DatabaseError::conflict("somebody came for the first time twice at once").into());
    }
    let session = sessions::begin(write, id, session)?;
    let user = sessions::account(write.sql, id)?;
    invites::admit(write, &invitation, &user)?;
    Ok(ProviderComer { user, session, is_new: true })
}

/// Begins a session of somebody who was here, with the role that the groups say now.
fn come_again(
    write: &mut Write<'_>,
    user: UserId,
    comer: &ProviderSignIn,
    session: &NewSession,
) -> Result<ProviderComer, Failure> {
    const NOTE: &str = "UPDATE identities SET role = ?4 WHERE kind = ?1 AND issuer = ?2 AND subject = ?3";
    write.sql.lock(Lock::People(&[user]))?;
    // What was seen before the lock may not be so any more: the account may have ended.
    let known = find(write.sql, &comer.identity)?.filter(|known| known.user == user);
    let known = known.ok_or_else(|| DatabaseError::conflict("an account ended while its person came"))?;
    account_bans::check(write, user)?;
    give_role(write, &known, comer)?;
    let Identity { kind, issuer, subject } = &comer.identity;
    write.sql.execute(NOTE, values![stored_kind(*kind), issuer, subject, said(comer.role)])?;
    let session = sessions::begin(write, user, session)?;
    Ok(ProviderComer { user: sessions::account(write.sql, user)?, session, is_new: false })
}

/// Makes the person what the groups say, or a member again of whom they say nothing any more. Whoever is above what they can say stays there.
fn give_role(write: &mut Write<'_>, known: &Known, comer: &ProviderSignIn) -> Result<(), Failure> {
    let role = comer.role.or_else(|| known.has_role.then_some(ServerRole::Member));
    let present = sessions::account(write.sql, known.user)?.role;
    match role {
        Some(role) if role != present && present <= comer.highest.min(ServerRole::Admin) => {
            accounts::set_server_role(write, known.user, role.min(ServerRole::Admin))
        }
        Some(_) | None => Ok(()),
    }
}

/// How it is noted what the groups said.
fn said(role: Option<ServerRole>) -> Option<&'static str> {
    Some(match role? {
        ServerRole::Visitor | ServerRole::Guest | ServerRole::Member => "member",
        ServerRole::Moderator => "moderator",
        ServerRole::Admin | ServerRole::Owner => "admin",
    })
}
