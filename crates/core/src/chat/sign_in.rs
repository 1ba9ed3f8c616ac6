use super::Chat;
use crate::domain::{Refusal, SessionId, User, UserId, UserName};
use crate::ports::{Device, NewGuest, NewSession, RateLimitKey};
use std::net::IpAddr;

/// A new session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// What the client keeps, told this once; the storage has only its hash.
    pub secret: Secret,
    /// The account.
    pub user: User,
    /// The session.
    pub session: SessionId,
}

/// What a client keeps of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// A browser: what it refreshes its access token with.
    Refresh(String),
    /// A program: a token that is good until the session ends.
    Token(String),
}

/// Who wants a session.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// From where.
    pub address: IpAddr,
    /// What it says of itself; may be empty.
    pub device: String,
    /// Whether it keeps no cookies, and is to have a token that is good until the session ends.
    pub is_script: bool,
}

impl Chat {
    /// Signs a guest in by name. After the sign-out the name is held for whoever brings `keeper` again, when there is one.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`], [`Refusal::NameTaken`], [`Refusal::RateLimited`], [`Refusal::AccountRequired`], [`Refusal::InviteInvalid`].
    pub async fn sign_in(
        &self,
        name: &str,
        keeper: Option<&str>,
        invite: Option<&str>,
        newcomer: &Newcomer,
    ) -> Result<SignedIn, Refusal> {
        self.check_guest(invite.is_some())?;
        let name = UserName::parse(name)?;
        self.reserved.check(&name)?;
        self.limiter.admit(RateLimitKey::SignIn(newcomer.address)).await?;
        let (secret, NewSession { token, device }) = self.new_session(newcomer);
        let guest = NewGuest {
            name,
            token,
            device,
            invite: invite.map(|token| self.secrets.hash(token)),
            in_private: self.limits.guests_in_private,
            keeper: keeper.map(|secret| self.secrets.hash(secret)),
        };
        let (user, session) = self.store.create_guest(guest).await?;
        Ok(SignedIn { secret, user, session })
    }

    /// Begins a session of an account whose password was right.
    ///
    /// # Errors
    /// [`Refusal::SignInFailed`] for an account that ended meanwhile.
    pub async fn begin_session(&self, user: UserId, newcomer: &Newcomer) -> Result<SignedIn, Refusal> {
        let (secret, session) = self.new_session(newcomer);
        let (user, session) = self.store.begin_session(user, session).await?;
        Ok(SignedIn { secret, user, session })
    }

    /// The account and the password of whoever signs in by this name, if there is one. Counts as an attempt of the address.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::PasswordRefused`] where none is taken.
    pub async fn find_password(
        &self,
        login: &str,
        address: IpAddr,
    ) -> Result<Option<(UserId, String)>, Refusal> {
        self.check_passwords()?;
        self.limiter.admit(RateLimitKey::SignIn(address)).await?;
        // What is no name is nobody's.
        match UserName::parse(login) {
            Ok(login) => self.store.find_password(login).await,
            Err(_) => Ok(None),
        }
    }

    /// What a client keeps of its session, and what the storage keeps of it.
    pub(super) fn new_session(&self, newcomer: &Newcomer) -> (Secret, NewSession) {
        let secret = self.secrets.new_token();
        let hash = self.secrets.hash(&secret);
        let device = Device {
            refresh: (!newcomer.is_script).then_some(hash),
            name: newcomer.device.clone(),
            address: newcomer.address.to_string(),
        };
        if newcomer.is_script {
            (Secret::Token(secret), NewSession { token: hash, device })
        } else {
            (Secret::Refresh(secret), NewSession { token: self.token_of_nobody(), device })
        }
    }
}
