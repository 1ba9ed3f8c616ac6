use super::Chat;
use crate::domain::{Actor, Refusal, RoomOverview, RoomSlug, RoomTitle, RoomTopic};
use crate::ports::Limited;

impl Chat {
    /// Changes the title, the topic or both of a room that the actor created.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`update_room`](crate::ports::Rooms::update_room).
    pub async fn update_room(
        &self,
        actor: Actor,
        slug: RoomSlug,
        title: Option<RoomTitle>,
        topic: Option<RoomTopic>,
    ) -> Result<RoomOverview, Refusal> {
        self.limiter.check(Limited::Change(actor.user))?;
        self.store.update_room(actor, slug, title, topic).await
    }
}
