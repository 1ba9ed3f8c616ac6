//! Where one is signed in.

use super::sign_in::{Newcomer, Secret};
use super::{Chat, SignedIn};
use crate::domain::{Actor, Millis, Refusal, SessionId, User, UserId};
use crate::ports::{
    Device, LinkPurpose, RateLimitKey, Refreshed, SessionOverview, SessionReport, SigningKey, WhichSessions,
};
use std::net::IpAddr;

impl Chat {
    /// Whose session this is.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] when it has ended.
    pub async fn session_by_id(&self, session: SessionId) -> Result<(User, SessionId), Refusal> {
        self.store.session_by_id(session).await
    }

    /// Whose session this is that a connection from `address` begins with, and the rooms that this person is in.
    ///
    /// # Errors
    /// As [`session_overview`](Self::session_overview).
    pub async fn overview_by_id(
        &self,
        session: SessionId,
        address: IpAddr,
    ) -> Result<SessionOverview, Refusal> {
        self.count_arrival(address)?;
        let overview = self.store.overview_by_id(session).await?;
        self.count_return(overview.user.id, address)?;
        Ok(overview)
    }

    /// Goes on with the session of a refresh token, which is replaced.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] when it is not good. If it was replaced long ago, the session has ended.
    pub async fn refresh(&self, token: &str, newcomer: &Newcomer) -> Result<SignedIn, Refusal> {
        let secret = self.secrets.new_token();
        let device = Device {
            refresh: Some(self.secrets.hash(&secret)),
            name: newcomer.device.clone(),
            address: newcomer.address.to_string(),
        };
        match self.store.refresh(self.secrets.hash(token), device).await? {
            Refreshed::Session(user, session) => {
                Ok(SignedIn { secret: Secret::Refresh(secret), user, session })
            }
            Refreshed::Stolen(endings) => {
                self.settle(endings).await?;
                Err(Refusal::Unauthorized)
            }
        }
    }

    /// Where a person is signed in, the latest first.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<SessionReport>, Refusal> {
        self.store.sessions_of(user).await
    }

    /// Ends other sessions of the actor.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn end_sessions(&self, actor: Actor, which: WhichSessions) -> Result<(), Refusal> {
        let endings = self.store.end_sessions(actor, which).await?;
        self.settle(endings).await
    }

    /// Makes a link that signs the actor in on another device. Answers its code, and up to when it is good.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn make_link(&self, actor: Actor) -> Result<(String, Millis), Refusal> {
        self.make_link_for(actor, LinkPurpose::Device).await
    }

    pub(super) async fn make_link_for(
        &self,
        actor: Actor,
        purpose: LinkPurpose,
    ) -> Result<(String, Millis), Refusal> {
        self.count_change(actor)?;
        let code = self.secrets.new_token();
        let until = self.store.make_link(actor, self.secrets.hash(&code), purpose).await?;
        Ok((code, until))
    }

    /// Begins a session by the code of a link.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] when it is not good, [`Refusal::RateLimited`].
    pub async fn open_link(&self, code: &str, newcomer: &Newcomer) -> Result<SignedIn, Refusal> {
        self.limiter.admit(RateLimitKey::SignIn(newcomer.address)).await?;
        let (secret, session) = self.new_session(newcomer);
        let (user, session) = self.store.open_link(self.secrets.hash(code), session).await?;
        Ok(SignedIn { secret, user, session })
    }

    /// The keys that sign access tokens, the newest first. Without any, `first` is made the first.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn signing_keys(&self, first: Option<SigningKey>) -> Result<Vec<SigningKey>, Refusal> {
        match first {
            Some(key) => self.store.first_signing_key(key).await,
            None => self.store.signing_keys().await,
        }
    }
}
