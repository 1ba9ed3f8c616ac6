use super::Chat;
use crate::domain::{Refusal, SessionId, User};

impl Chat {
    /// Whose token this is.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn open_session(&self, token: &str) -> Result<(User, SessionId), Refusal> {
        self.store.session(self.secrets.hash(token)).await
    }
}
