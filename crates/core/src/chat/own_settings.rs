use super::Chat;
use crate::domain::{Actor, NewSettings, OwnSettings, Refusal, RoomId, RoomNotifications};

impl Chat {
    /// How the actor likes clients to be, and what the actor wants to hear.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn settings(&self, actor: Actor) -> Result<OwnSettings, Refusal> {
        self.count_read(actor)?;
        self.store.settings(actor.user).await
    }

    /// Takes other settings in place of those at this revision. Answers the new revision.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`put_settings`](crate::ports::PersonalSettings::put_settings).
    pub async fn put_settings(
        &self,
        actor: Actor,
        revision: i64,
        settings: NewSettings,
    ) -> Result<i64, Refusal> {
        self.count_change(actor)?;
        self.store.put_settings(actor, revision, settings).await
    }

    /// Says what the actor wants to hear of a room. Answers the new revision of the settings.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`set_notifications`](crate::ports::PersonalSettings::set_notifications).
    pub async fn set_notifications(
        &self,
        actor: Actor,
        room: RoomId,
        wanted: RoomNotifications,
    ) -> Result<i64, Refusal> {
        self.count_change(actor)?;
        self.store.set_notifications(actor, room, wanted).await
    }
}
