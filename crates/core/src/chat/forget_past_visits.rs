use super::Chat;
use crate::domain::Refusal;

impl Chat {
    /// Forgets visitors who cannot come back any more and left nothing. Answers how many visits were looked at.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn forget_past_visits(&self) -> Result<u32, Refusal> {
        let mut past = 0;
        // The storage takes a few at a time, so that other writes come in between.
        loop {
            match self.store.forget_past_visits().await? {
                0 => return Ok(past),
                some => past += some,
            }
        }
    }
}
