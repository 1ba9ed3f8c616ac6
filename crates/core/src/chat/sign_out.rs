use super::Chat;
use crate::domain::{Actor, Refusal};

impl Chat {
    /// Ends the actor's session and closes its connections. A guest's name becomes free, for a while only for the
    /// browser that had it; the messages keep it.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn sign_out(&self, actor: Actor) -> Result<(), Refusal> {
        let endings = self.store.end_session(actor).await?;
        self.settle(endings).await
    }
}
