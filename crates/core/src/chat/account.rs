//! One's own account.

use super::Chat;
use crate::domain::{Actor, Refusal, UserName};
use crate::ports::{AccountUpdate, MessagesLeft, OwnAccount, PasswordState};

impl Chat {
    /// One's own account.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn own_account(&self, actor: Actor) -> Result<OwnAccount, Refusal> {
        self.store.own_account(actor).await
    }

    /// Changes one's own account: the name that others see, and the rest.
    ///
    /// # Errors
    /// Those of [`rename`](Self::rename).
    pub async fn update_account(
        &self,
        actor: Actor,
        name: Option<UserName>,
        update: AccountUpdate,
    ) -> Result<OwnAccount, Refusal> {
        match name {
            Some(name) => _ = self.rename(actor, name).await?,
            None => self.count_change(actor)?,
        }
        self.store.update_account(actor, update).await
    }

    /// The password of one's own account that has to be said before it is changed, if it has to.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn password_to_ask_for(&self, actor: Actor) -> Result<Option<String>, Refusal> {
        let PasswordState { hash, reset_until } = self.store.password_of(actor).await?;
        Ok(hash.filter(|_| reset_until.is_none_or(|until| until < self.now())))
    }

    /// Gives one's own account another password, as a slow function left it. All other sessions end.
    ///
    /// # Errors
    /// [`Refusal::AccountRequired`] for a guest, [`Refusal::Forbidden`] for somebody who signs in without one, [`Refusal::PasswordRefused`] where
    /// none is taken.
    pub async fn change_password(&self, actor: Actor, password: String) -> Result<(), Refusal> {
        self.check_passwords()?;
        let endings = self.store.set_password(actor, password).await?;
        self.settle(endings).await
    }

    /// Ends one's own account.
    ///
    /// # Errors
    /// [`Refusal::LastOwner`] for the only owner of the server.
    pub async fn end_account(&self, actor: Actor, messages: MessagesLeft) -> Result<(), Refusal> {
        let endings = self.store.end_account(actor, messages).await?;
        self.settle(endings).await
    }
}
