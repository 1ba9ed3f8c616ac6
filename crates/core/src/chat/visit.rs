use super::Chat;
use crate::domain::{Actor, Refusal, SessionId, User, WantedName};
use crate::ports::{Answer, Limited, NewVisitor};
use std::net::IpAddr;

impl Chat {
    /// Lets a visitor in: a guest whose account lives as long as a connection.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`create_visitor`](crate::ports::Sessions::create_visitor).
    pub async fn visit(&self, name: WantedName, address: IpAddr) -> Result<(User, SessionId), Refusal> {
        self.limiter.check(Limited::Visit(address))?;
        // Nobody is told the token, so nobody comes back with it.
        let token = self.secrets.hash(&self.secrets.new_token());
        self.store.create_visitor(NewVisitor { name, token }).await
    }

    /// Ends a visit. The name is free for whoever comes after this call.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub fn end_visit(&self, actor: Actor) -> Answer<()> {
        self.store.end_session(actor)
    }

    /// Ends the visits that a crash left behind. For the start, when nobody is connected.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn end_visits(&self) -> Result<u32, Refusal> {
        self.store.end_visits().await
    }
}
