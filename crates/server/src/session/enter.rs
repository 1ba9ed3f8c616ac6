//! Coming to a room and leaving it as presence: what joining is in protocols that know no membership.

use super::{CatchUp, Session};
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{Refusal, RoomSlug, RoomTitle, RoomTopic};
use chinwag_core::ports::NewRoom;

impl Session {
    /// Makes this connection a held subscriber of a room, with its last messages and those who are present. The room is made
    /// when it does not exist and the configuration allows it. Somebody who signed in becomes a member, a visitor does not.
    pub(crate) async fn enter(&self, slug: RoomSlug, limit: u32) -> Result<(RoomView, CatchUp), Refusal> {
        let limit_of_rooms = self.app.config.rooms_per_person;
        if self.connection.listens_to() >= limit_of_rooms as usize
            && self.connection.subscription(&slug).is_none()
        {
            return Err(Refusal::RoomLimit { limit: limit_of_rooms });
        }
        let entered = match self.join(slug.clone(), limit).await {
            Err(Refusal::RoomNotFound(_)) if self.app.config.gateways.create_rooms => {
                self.open_room(slug.clone()).await?;
                self.join(slug, limit).await
            }
            entered => entered,
        };
        let (mut view, catch_up) = entered?;
        view.people = self.app.hub.people(view.room.id);
        Ok((view, catch_up))
    }

    /// Ends this connection's subscription to a room, and with it the presence there. A membership stays.
    pub(crate) fn exit(&self, slug: &RoomSlug) {
        if let Some(subscription) = self.connection.subscription(slug) {
            self.app.hub.unsubscribe(&self.connection, subscription.room_id());
        }
    }

    async fn open_room(&self, slug: RoomSlug) -> Result<(), Refusal> {
        let (chat, actor) = (&self.app.chat, self.actor);
        match self.visits_from {
            Some(address) => chat.open_room(actor, slug, address).await,
            None => {
                let room = NewRoom { title: RoomTitle::of(&slug), topic: RoomTopic::default(), slug };
                chat.create_room(actor, room).await.map(|_| ())
            }
        }
    }
}
