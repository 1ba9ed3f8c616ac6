use super::Chat;
use crate::domain::{Refusal, SessionId, User};
use crate::ports::SessionOverview;
use std::net::IpAddr;

impl Chat {
    /// Whose token this is.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`].
    pub async fn open_session(&self, token: &str) -> Result<(User, SessionId), Refusal> {
        self.store.session(self.secrets.hash(token)).await
    }

    /// Whose token this is that a connection from `address` begins with, and the rooms that this person is in.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`]; [`Refusal::RateLimited`] when the person or the address was answered too much lately.
    pub async fn session_overview(&self, token: &str, address: IpAddr) -> Result<SessionOverview, Refusal> {
        self.count_arrival(address)?;
        let overview = self.store.session_overview(self.secrets.hash(token)).await?;
        self.count_return(overview.user.id, address)?;
        Ok(overview)
    }
}
