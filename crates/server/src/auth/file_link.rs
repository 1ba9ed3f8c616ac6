//! Addresses of files that one person may use for a short time without a sign-in: for pages of others in which the server is embedded.

use super::Auth;
use chinwag_core::domain::{FileId, Millis, Refusal, UserId};
use serde::{Deserialize, Serialize};

/// For what the token in it is good.
const AUDIENCE: &str = "chinwag-file-link";
/// Seconds that it is good.
const GOOD_S: i64 = 5 * 60;

#[derive(Serialize, Deserialize)]
struct Claims {
    /// Whose it is: the file is read as this person would.
    sub: i64,
    file: String,
    aud: String,
    exp: i64,
}

impl Auth {
    /// A token for one file and one person, and up to when it is good.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the key does not sign.
    pub(crate) fn link_file(
        &self,
        user: UserId,
        file: FileId,
        now: Millis,
    ) -> Result<(String, Millis), Refusal> {
        let exp = now.0 / 1000 + GOOD_S;
        let claims = Claims { sub: user.0, file: file.to_string(), aud: AUDIENCE.to_owned(), exp };
        Ok((self.tokens.sign(&claims)?, Millis(exp * 1000)))
    }

    /// Whose token this is for a file.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] for one of another file, or whose time is over.
    pub(crate) async fn linked(&self, token: &str, file: FileId, now: Millis) -> Result<UserId, Refusal> {
        let claims: Claims = self.tokens.verify(AUDIENCE, token).await?;
        let is_good = claims.file == file.to_string() && claims.exp > now.0 / 1000;
        if is_good { Ok(UserId(claims.sub)) } else { Err(Refusal::Unauthorized) }
    }
}
