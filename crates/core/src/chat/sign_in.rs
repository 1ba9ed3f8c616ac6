use super::Chat;
use crate::domain::{Refusal, SessionId, User, UserName};
use crate::ports::{NewGuest, RateLimitKey};
use std::net::IpAddr;

/// A new session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token, told this once; the storage has only its hash.
    pub token: String,
    /// The account.
    pub user: User,
    /// The session.
    pub session: SessionId,
}

impl Chat {
    /// Signs a guest in by name. After the sign-out the name is held for whoever brings `keeper` again, when there is one.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`], [`Refusal::NameTaken`], [`Refusal::RateLimited`].
    pub async fn sign_in(
        &self,
        name: &str,
        keeper: Option<&str>,
        address: IpAddr,
    ) -> Result<SignedIn, Refusal> {
        let name = UserName::parse(name)?;
        self.reserved.check(&name)?;
        self.limiter.admit(RateLimitKey::SignIn(address)).await?;
        let token = self.secrets.new_token();
        let guest = NewGuest {
            name,
            token: self.secrets.hash(&token),
            keeper: keeper.map(|secret| self.secrets.hash(secret)),
        };
        let (user, session) = self.store.create_guest(guest).await?;
        Ok(SignedIn { token, user, session })
    }
}
