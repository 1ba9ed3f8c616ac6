use super::Chat;
use crate::domain::Refusal;
use crate::ports::Settling;
use futures_util::future::try_join_all;

impl Chat {
    /// Waits until these ends are so for every live connection. What stands in a log ends with it anyway; typing, presence and open
    /// connections do not.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when that is not known. The change stands, and whoever repeats it waits again.
    pub(super) async fn settle(&self, endings: Vec<Settling>) -> Result<(), Refusal> {
        try_join_all(endings.into_iter().map(|ending| self.broker.settled(ending))).await?;
        Ok(())
    }
}
