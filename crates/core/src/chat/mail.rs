//! What reaches people by mail.

use super::sign_in::Newcomer;
use super::{Chat, SignedIn};
use crate::domain::{Actor, Email, Refusal};
use crate::ports::{RateLimitKey, ReachedAccount};
use std::net::IpAddr;

/// What somebody is sent who lost the password.
#[derive(Clone, Debug)]
pub struct ResetMail {
    /// The name to sign in with.
    pub login: String,
    /// Where to.
    pub email: Email,
    /// What takes another password, once.
    pub code: String,
}

impl Chat {
    /// Counts that somebody at an address wants a mail, whether anybody is reached by it or not.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::PasswordRefused`] where no password is taken.
    pub async fn admit_reset(&self, address: IpAddr) -> Result<(), Refusal> {
        self.check_passwords()?;
        self.limiter.admit(RateLimitKey::SignIn(address)).await
    }

    /// The accounts that are reached at a mail address.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn reached_at(&self, email: &Email) -> Result<Vec<ReachedAccount>, Refusal> {
        self.store.accounts_at(email.clone()).await
    }

    /// What is to be sent to the person of an account; nothing when that is not to be.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn reset_mail(&self, account: ReachedAccount) -> Result<Option<ResetMail>, Refusal> {
        let ReachedAccount { user, login, email } = account;
        let code = self.secrets.new_token();
        let is_to_be = self.store.make_mail_link(user, email.clone(), self.secrets.hash(&code)).await?;
        Ok(is_to_be.then_some(ResetMail { login, email, code }))
    }

    /// Takes back what could not be sent, so that it does not count as a mail.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn forget_reset(&self, code: &str) -> Result<(), Refusal> {
        self.store.forget_mail_link(self.secrets.hash(code)).await
    }

    /// With which name one signs in to whom this code was sent. Counts as a sign-in of the address, so that nobody tries codes.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`], [`Refusal::RateLimited`], [`Refusal::PasswordRefused`] where no password is taken.
    pub async fn look_at_reset(&self, code: &str, address: IpAddr) -> Result<String, Refusal> {
        self.admit_reset(address).await?;
        self.store.look_at_mail_link(self.secrets.hash(code)).await
    }

    /// Gives whoever this code was sent to another password, as a slow function left it, and signs in. All other sessions end.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn reset_by_mail(
        &self,
        code: &str,
        password: String,
        newcomer: &Newcomer,
    ) -> Result<SignedIn, Refusal> {
        let (secret, session) = self.new_session(newcomer);
        let code = self.secrets.hash(code);
        let (user, session, endings) = self.store.reset_by_mail(code, password, session).await?;
        self.settle(endings).await?;
        Ok(SignedIn { secret, user, session })
    }

    /// Counts that somebody has a mail sent.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn count_mail(&self, actor: Actor) -> Result<(), Refusal> {
        self.limiter.admit(RateLimitKey::Mail(actor.user)).await
    }
}
