//! Who may come in.

use super::Chat;
use crate::domain::Refusal;
use crate::ports::Registration;

/// Who may make an account, and whether one may come in without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Who may make an account.
    pub accounts: AccountAccess,
    /// Whether one may come in by a name alone.
    pub guests: bool,
    /// Whether passwords are taken. Where they are not, nobody makes an account with one.
    pub passwords: bool,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAccess {
    /// Anybody.
    Open,
    /// Whoever has an invitation.
    InviteOnly,
    /// Nobody: the operator makes accounts.
    Closed,
}

/// Told to whoever brings a password where none is taken.
const NO_PASSWORDS: &str = "This server takes no passwords. Sign in by the provider that it names.";

impl Default for AccessPolicy {
    fn default() -> Self {
        Self { accounts: AccountAccess::Open, guests: true, passwords: true }
    }
}

impl Chat {
    /// Who may come in here.
    #[must_use]
    pub fn access(&self) -> AccessPolicy {
        self.limits.access
    }

    /// How somebody may make an account who has an invitation or has none.
    ///
    /// # Errors
    /// [`Refusal::AccountsClosed`], [`Refusal::InviteInvalid`].
    pub(super) fn registration(&self, has_invite: bool) -> Result<Registration, Refusal> {
        if !self.limits.access.passwords {
            return Err(Refusal::AccountsClosed);
        }
        match self.limits.access.accounts {
            AccountAccess::Open => Ok(Registration::Open),
            // What the operator makes is an invitation, too.
            AccountAccess::InviteOnly | AccountAccess::Closed if has_invite => Ok(Registration::Invited),
            AccountAccess::InviteOnly => Err(Refusal::InviteInvalid),
            AccountAccess::Closed => Err(Refusal::AccountsClosed),
        }
    }

    /// Refuses a password where none is taken.
    ///
    /// # Errors
    /// [`Refusal::PasswordRefused`].
    pub(super) fn check_passwords(&self) -> Result<(), Refusal> {
        if self.limits.access.passwords { Ok(()) } else { Err(Refusal::PasswordRefused(NO_PASSWORDS)) }
    }

    /// Refuses who comes by a name alone where that is not done. A visitor has no invitation, and comes to an open server only.
    ///
    /// # Errors
    /// [`Refusal::AccountRequired`], [`Refusal::InviteInvalid`].
    pub(super) fn check_guest(&self, has_invite: bool) -> Result<(), Refusal> {
        let AccessPolicy { accounts, guests, .. } = self.limits.access;
        if !guests {
            return Err(Refusal::AccountRequired);
        }
        match accounts {
            AccountAccess::Open => Ok(()),
            AccountAccess::InviteOnly if has_invite => Ok(()),
            AccountAccess::InviteOnly => Err(Refusal::InviteInvalid),
            AccountAccess::Closed => Err(Refusal::AccountRequired),
        }
    }
}
