//! Who is who: access tokens, passwords, and what keeps others from guessing them.

mod access_tokens;
mod attempts;
mod device;
mod file_link;
mod files_cookie;
mod foreign;
mod oidc;
mod passwords;
mod refresh_cookie;
mod token_ends;

pub(crate) use access_tokens::{ACCESS_TOKEN_S, AccessTokens, new_key};
pub(crate) use attempts::Attempts;
pub(crate) use device::device;
pub(crate) use files_cookie::FilesCookie;
pub use foreign::EmbeddingError;
pub(crate) use foreign::ForeignTokens;
pub use oidc::OidcError;
pub(crate) use oidc::{Answer, Pending, Provider, SignInFailure};
pub(crate) use passwords::{NewPassword, PASSWORD_LENGTH, Passwords};
pub(crate) use refresh_cookie::RefreshCookie;
pub(crate) use token_ends::TokenEnds;

use crate::config::Config;
use anyhow::Context as _;
use chinwag_core::chat::Chat;
use chinwag_core::domain::{Millis, Refusal, SessionId, User};
use chinwag_core::ports::SessionOverview;
use std::net::IpAddr;

/// What tells people apart.
pub(crate) struct Auth {
    pub(crate) tokens: AccessTokens,
    /// Those of whoever embeds this server, if anybody does.
    foreign: Option<ForeignTokens>,
    /// Where else people sign in.
    pub(crate) provider: Option<Provider>,
    pub(crate) passwords: Passwords,
    pub(crate) attempts: Attempts,
}

/// A session by a token, and up to when that is good where a session does not end by itself.
pub(crate) struct OpenSession {
    pub(crate) user: User,
    pub(crate) session: SessionId,
    pub(crate) until: Option<Millis>,
}

impl Auth {
    /// Reads the keys, and makes the first one.
    ///
    /// # Errors
    /// When the storage does not answer, or the tokens or the provider of others are configured wrongly.
    pub(crate) async fn open(chat: &Chat, config: &Config) -> anyhow::Result<Self> {
        Ok(Self {
            tokens: AccessTokens::open(chat.clone())
                .await
                .context("cannot read the keys of access tokens")?,
            foreign: ForeignTokens::of(&config.embedding)?,
            provider: Provider::of(config)?,
            passwords: Passwords::new(),
            attempts: Attempts::default(),
        })
    }

    /// How long a connection outlives a foreign token, in milliseconds; none where nobody signs any.
    pub(crate) fn grace_ms(&self) -> Option<i64> {
        self.foreign.as_ref().map(ForeignTokens::grace_ms)
    }

    /// Whose token this is: an access token, one that is good until its session ends, or a foreign one.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub(crate) async fn session(
        &self,
        chat: &Chat,
        token: &str,
        address: Option<IpAddr>,
    ) -> Result<OpenSession, Refusal> {
        let (user, session) = if !AccessTokens::may_be(token) {
            chat.open_session(token).await?
        } else if let Some(foreign) = self.foreign.as_ref().filter(|_| !AccessTokens::is_own(token)) {
            return self.foreign_session(chat, foreign, token, address).await;
        } else {
            chat.session_by_id(self.tokens.read(token).await?).await?
        };
        Ok(OpenSession { user, session, until: None })
    }

    async fn foreign_session(
        &self,
        chat: &Chat,
        foreign: &ForeignTokens,
        token: &str,
        address: Option<IpAddr>,
    ) -> Result<OpenSession, Refusal> {
        let claims = foreign.read(token, chat.now()).map_err(|rejection| {
            tracing::info!(reason = %rejection, "refused a foreign token");
            Refusal::Unauthorized
        })?;
        let (user, session) = chat.sign_in_by_token(token, &claims, address).await?;
        Ok(OpenSession { user, session, until: Some(claims.until) })
    }

    /// Whose token this is that a connection from `address` begins with, and the rooms that this person is in; with the end of a foreign one.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`]; [`Refusal::RateLimited`] when the person or the address was answered too much lately.
    pub(crate) async fn overview(
        &self,
        chat: &Chat,
        token: &str,
        address: IpAddr,
    ) -> Result<(SessionOverview, Option<Millis>), Refusal> {
        if !AccessTokens::may_be(token) {
            return Ok((chat.session_overview(token, address).await?, None));
        }
        let (session, until) = match self.foreign.as_ref().filter(|_| !AccessTokens::is_own(token)) {
            Some(foreign) => {
                let opened = self.foreign_session(chat, foreign, token, Some(address)).await?;
                (opened.session, opened.until)
            }
            None => (self.tokens.read(token).await?, None),
        };
        Ok((chat.overview_by_id(session, address).await?, until))
    }
}
