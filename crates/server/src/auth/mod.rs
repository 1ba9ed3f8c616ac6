//! Who is who: access tokens, passwords, and what keeps others from guessing them.

mod access_tokens;
mod attempts;
mod device;
mod passwords;
mod refresh_cookie;

pub(crate) use access_tokens::{ACCESS_TOKEN_S, AccessTokens, new_key};
pub(crate) use attempts::Attempts;
pub(crate) use device::device;
pub(crate) use passwords::{NewPassword, PASSWORD_LENGTH, Passwords};
pub(crate) use refresh_cookie::RefreshCookie;

use chinwag_core::chat::Chat;
use chinwag_core::domain::{Refusal, SessionId, User};
use chinwag_core::ports::SessionOverview;
use std::net::IpAddr;

/// What tells people apart.
pub(crate) struct Auth {
    pub(crate) tokens: AccessTokens,
    pub(crate) passwords: Passwords,
    pub(crate) attempts: Attempts,
}

impl Auth {
    /// Reads the keys, and makes the first one.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the storage does not answer.
    pub(crate) async fn open(chat: &Chat) -> Result<Self, Refusal> {
        Ok(Self {
            tokens: AccessTokens::open(chat.clone()).await?,
            passwords: Passwords::new(),
            attempts: Attempts::default(),
        })
    }

    /// Whose token this is: an access token, or one that is good until its session ends.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub(crate) async fn session(&self, chat: &Chat, token: &str) -> Result<(User, SessionId), Refusal> {
        if AccessTokens::may_be(token) {
            chat.session_by_id(self.tokens.read(token).await?).await
        } else {
            chat.open_session(token).await
        }
    }

    /// Whose token this is that a connection from `address` begins with, and the rooms that this person is in.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`]; [`Refusal::RateLimited`] when the person or the address was answered too much lately.
    pub(crate) async fn overview(
        &self,
        chat: &Chat,
        token: &str,
        address: IpAddr,
    ) -> Result<SessionOverview, Refusal> {
        if AccessTokens::may_be(token) {
            chat.overview_by_id(self.tokens.read(token).await?, address).await
        } else {
            chat.session_overview(token, address).await
        }
    }
}
