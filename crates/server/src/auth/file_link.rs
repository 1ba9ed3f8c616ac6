//! Addresses of files that one person may use for a short time without a sign-in: for pages of others in which the server is embedded.

use super::Auth;
use chinwag_core::domain::{FileId, Millis, Refusal, UserId};
use chinwag_wire::access_token::{Claims, FILE_AUDIENCE, FileClaims};

/// Seconds that it is good.
const GOOD_S: i64 = 5 * 60;

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
        let claims =
            FileClaims { sub: user.to_string(), file: file.to_string(), aud: FILE_AUDIENCE.to_owned(), exp };
        Ok((self.tokens.sign(&Claims::File(claims))?, Millis(exp * 1000)))
    }

    /// Whose token this is for a file.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] for one of another file, or whose time is over.
    pub(crate) async fn linked(&self, token: &str, file: FileId, now: Millis) -> Result<UserId, Refusal> {
        let claims: FileClaims = self.tokens.verify(FILE_AUDIENCE, token).await?;
        let is_good = claims.file == file.to_string() && claims.exp > now.0 / 1000;
        let user = claims.sub.parse().ok().filter(|_| is_good);
        user.map(UserId).ok_or(Refusal::Unauthorized)
    }
}
