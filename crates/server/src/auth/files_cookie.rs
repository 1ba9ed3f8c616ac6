//! The cookie by which a browser reads files: pictures and players send no other sign of who asks. No script of a page reads it, no other site
//! has it sent, and it comes to files alone. It is good as long as its session.

use super::AccessTokens;
use crate::config::BasePath;
use axum::http::{HeaderMap, HeaderValue, header};
use chinwag_core::domain::{Refusal, SessionId, UserId};

const NAME: &str = "chinwag_files";
/// For what the token in it is good.
const AUDIENCE: &str = "chinwag-files";
/// Seconds that it is kept. A page that is used gets another one long before.
const KEPT_S: u32 = 30 * 24 * 60 * 60;

/// How this server sets it for a request.
pub(crate) struct FilesCookie {
    path: String,
    is_secure: bool,
}

impl FilesCookie {
    pub(crate) fn new(base_path: &BasePath, is_secure: bool) -> Self {
        Self { path: format!("{}files", base_path.as_str()), is_secure }
    }

    /// Of which session a browser brings the cookie.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub(crate) async fn session(tokens: &AccessTokens, headers: &HeaderMap) -> Result<SessionId, Refusal> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, token) = pairs.find(|(name, _)| *name == NAME).ok_or(Refusal::Unauthorized)?;
        tokens.read_for(AUDIENCE, token).await
    }

    /// Has the browser keep one of a session.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the key does not sign.
    pub(crate) fn keep(
        &self,
        tokens: &AccessTokens,
        user: UserId,
        session: SessionId,
    ) -> Result<Option<HeaderValue>, Refusal> {
        let token = tokens.issue_for(AUDIENCE, i64::from(KEPT_S), user, session)?;
        Ok(self.header(&token, KEPT_S))
    }

    /// Has the browser forget it.
    pub(crate) fn forget(&self) -> Option<HeaderValue> {
        self.header("", 0)
    }

    fn header(&self, value: &str, seconds: u32) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let Self { path, .. } = self;
        HeaderValue::try_from(format!(
            "{NAME}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
        ))
        .ok()
    }
}
