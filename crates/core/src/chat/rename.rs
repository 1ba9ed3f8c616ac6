use super::Chat;
use crate::domain::{Actor, Refusal, User, UserName};

impl Chat {
    /// Gives the actor a new name; everybody in the actor's rooms learns of it.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`], [`Refusal::RateLimited`], [`Refusal::NameTaken`].
    pub async fn rename(&self, actor: Actor, name: UserName) -> Result<User, Refusal> {
        self.reserved.check(&name)?;
        self.count_change(actor)?;
        self.store.rename(actor, name).await
    }
}
