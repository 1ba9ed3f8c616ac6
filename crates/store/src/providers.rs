//! Accounts of people who come by a provider of sign-ins.

use crate::accounts::{self, claim, taken_meanwhile};
use crate::engine::{Engine, SqlStore};
use crate::identities::stored_kind;
use crate::sql::{DatabaseError, Failure, Lock, Transaction, values};
use crate::standing::stored_role;
use crate::write::{Write, with_endings};
use crate::{account_bans, device_links, invites, names, sessions};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{Actor, Refusal, UserId};
use chinwag_core::ports::{
    Identity, NewSession, ProviderAccounts, ProviderComer, ProviderSignIn, Providers, Registration, Settling,
    StoreFuture, TokenHash, UserEvent,
};

impl<E: Engine> Providers for SqlStore<E> {
    fn sign_in_by_provider(
        &self,
        comer: ProviderSignIn,
        session: NewSession,
    ) -> StoreFuture<(ProviderComer, Vec<Settling>)> {
        self.0.write("sign_in_by_provider", move |write| {
            with_endings(write, |write| match find(write.sql, &comer.identity)? {
                Some(known) => come_again(write, known.user, &comer, &session),
                None => come_first(write, &comer, &session),
            })
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

/// Makes the account of somebody who comes for the first time, or a member of the guest who comes.
fn come_first(
    write: &mut Write<'_>,
    comer: &ProviderSignIn,
    session: &NewSession,
) -> Result<ProviderComer, Failure> {
    let registration = match comer.accounts {
        ProviderAccounts::Always => Registration::Open,
        ProviderAccounts::Invited => Registration::Invited,
        ProviderAccounts::Never => return Err(Refusal::AccountsClosed.into()),
    };
    account_bans::check_browser(write, comer.keeper.as_ref())?;
    match &comer.guest {
        Some(link) => become_member(write, comer, link, registration, session),
        None => create(write, comer, registration, session),
    }
}

fn create(
    write: &mut Write<'_>,
    comer: &ProviderSignIn,
    registration: Registration,
    session: &NewSession,
) -> Result<ProviderComer, Failure> {
    const ACCOUNT: &str = "
        INSERT INTO users (name, name_key, look, lower_look, kind, email, role, invite_id, created_at, last_seen_at)
        VALUES (?1, ?2, ?3, ?4, 'member', ?5, ?6, ?7, ?8, ?8)
        ON CONFLICT DO NOTHING";
    let name = names::free_variant(write, comer.name.clone(), UserId(0))?;
    let invitation = claim(write, comer.invite.as_ref(), registration)?.and_first_rooms(write.sql)?;
    write.sql.lock(Lock::Rooms(&invitation.rooms))?;
    let role = first_role(comer, invitation.role);
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
    note_identity(write.sql, comer, id)?;
    let session = sessions::begin(write, id, session)?;
    let user = sessions::account(write.sql, id)?;
    invites::admit(write, &invitation, &user)?;
    Ok(ProviderComer { user, session, is_new: true })
}

/// Makes a member of a guest, who keeps the name and everything else. The guest's sessions end: they were begun by a name alone.
fn become_member(
    write: &mut Write<'_>,
    comer: &ProviderSignIn,
    link: &TokenHash,
    registration: Registration,
    session: &NewSession,
) -> Result<ProviderComer, Failure> {
    const UPDATE: &str = "
        UPDATE users SET kind = 'member', keeper = NULL, email = ?2, role = ?3, invite_id = coalesce(?4, invite_id),
            renames = renames + 1
        WHERE id = ?1 RETURNING renames";
    let id = device_links::take_guest(write, link)?.id;
    let invitation = claim(write, comer.invite.as_ref(), registration)?;
    accounts::hold_rooms(write.sql, id, &invitation)?;
    let email = comer.email.as_ref().map(|email| email.as_str());
    let role = stored_role(first_role(comer, invitation.role));
    let renames = write.sql.one(UPDATE, values![id, email, role, invitation.id], |row| row.get(0))?;
    note_identity(write.sql, comer, id)?;
    let session = sessions::begin(write, id, session)?;
    let actor = Actor { user: id, session, connection: None, address: None, is_visit: false };
    sessions::end_others(write, actor)?;
    let user = sessions::account(write.sql, id)?;
    write.tell_person(id, UserEvent::Renamed { user: user.clone(), renames });
    invites::admit(write, &invitation, &user)?;
    Ok(ProviderComer { user, session, is_new: true })
}

/// What somebody is at first who came with an invitation to be `invited`.
fn first_role(comer: &ProviderSignIn, invited: ServerRole) -> ServerRole {
    comer.role.map_or(invited, |role| role.min(ServerRole::Admin).max(invited))
}

fn note_identity(sql: &dyn Transaction, comer: &ProviderSignIn, user: UserId) -> Result<(), Failure> {
    const IDENTITY: &str = "
        INSERT INTO identities (kind, issuer, subject, user_id, role) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING";
    let Identity { kind, issuer, subject } = &comer.identity;
    let columns = values![stored_kind(*kind), issuer, subject, user, said(comer.role)];
    if sql.execute(IDENTITY, columns)? == 0 {
        return Err(DatabaseError::conflict("somebody came for the first time twice at once").into());
    }
    Ok(())
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
