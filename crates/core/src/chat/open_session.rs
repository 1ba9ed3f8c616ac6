use super::Chat;
use crate::domain::{Refusal, SessionId, User};
use crate::ports::SessionOverview;

impl Chat {
    /// Whose token this is.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn open_session(&self, token: &str) -> Result<(User, SessionId), Refusal> {
        self.store.session(self.secrets.hash(token)).await
    }

    /// Whose token this is, with the rooms that this person is in.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn session_overview(&self, token: &str) -> Result<SessionOverview, Refusal> {
        self.store.session_overview(self.secrets.hash(token)).await
    }
}
