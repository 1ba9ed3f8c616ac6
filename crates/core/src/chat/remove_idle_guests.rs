use super::Chat;
use crate::domain::Refusal;

impl Chat {
    /// Removes guests who were not here for [`guest_days`](super::Limits::guest_days). Their messages stay with their names.
    /// Answers how many.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn remove_idle_guests(&self) -> Result<u32, Refusal> {
        let before = self.clock.now().minus_days(self.limits.guest_days);
        let mut removed = 0;
        // The storage removes a few at a time, so that other writes come in between.
        loop {
            match self.store.remove_idle_guests(before).await? {
                0 => return Ok(removed),
                some => removed += some,
            }
        }
    }
}
