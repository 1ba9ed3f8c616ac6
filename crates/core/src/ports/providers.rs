//! People who come by a provider of sign-ins.

use super::{Identity, NewSession, Settling, StoreFuture, TokenHash};
use crate::domain::permissions::ServerRole;
use crate::domain::{Email, SessionId, User, UserName};

/// For whom an account is made who comes by a provider for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderAccounts {
    /// Everybody whom the provider lets in.
    Always,
    /// Whoever has an invitation.
    Invited,
    /// Nobody.
    Never,
}

/// What a provider says of somebody who signed in there.
#[derive(Clone, Debug)]
pub struct ProviderSignIn {
    /// Who it is.
    pub identity: Identity,
    /// The name of an account that is made; one that exists keeps its own.
    pub name: UserName,
    /// Where mail reaches the person, if the provider has made sure of that; for an account that is made.
    pub email: Option<Email>,
    /// What the groups of the person make them on the server; none when they say nothing of it.
    pub role: Option<ServerRole>,
    /// The highest that groups can say. Whoever is above it stays there.
    pub highest: ServerRole,
    /// For whom accounts are made.
    pub accounts: ProviderAccounts,
    /// The hash of the token of an invitation.
    pub invite: Option<TokenHash>,
    /// The hash of the link of a guest, of whom the account is made.
    pub guest: Option<TokenHash>,
    /// By what the browser is known in which somebody was a guest.
    pub keeper: Option<TokenHash>,
}

/// Who came by a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderComer {
    /// The account.
    pub user: User,
    /// The session.
    pub session: SessionId,
    /// Whether the account was made just now, by the invitation if there was one.
    pub is_new: bool,
}

/// Sign-ins by a provider.
pub trait Providers {
    /// Begins a session of whom the identity leads to, or makes the account. A name that others have, or that looks like one of theirs, gets a number
    /// behind it; a guest keeps the name and everything else, and the sessions that the name alone began are over. Then the role is what the groups say, or a member's again when they said something the last time and say nothing any more.
    /// [`AccountsClosed`], [`InviteInvalid`], [`Unauthorized`] for the link of a guest that is not good, [`BannedFromServer`].
    ///
    /// [`AccountsClosed`]: crate::domain::Refusal::AccountsClosed
    /// [`InviteInvalid`]: crate::domain::Refusal::InviteInvalid
    /// [`Unauthorized`]: crate::domain::Refusal::Unauthorized
    /// [`BannedFromServer`]: crate::domain::Refusal::BannedFromServer
    fn sign_in_by_provider(
        &self,
        comer: ProviderSignIn,
        session: NewSession,
    ) -> StoreFuture<(ProviderComer, Vec<Settling>)>;
}
