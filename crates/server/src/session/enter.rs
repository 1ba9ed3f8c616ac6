//! Coming to a room and leaving it as presence: what joining is in protocols that know no membership.

use super::join::Visibility;
use super::{CatchUp, LiveSession};
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{Refusal, RoomId, RoomOverview, RoomSlug, RoomTitle, RoomTopic, User};
use chinwag_core::ports::NewRoom;
use chinwag_gateway::{ListenedRoom, LogPosition, Others};

impl LiveSession {
    /// Makes this connection a held subscriber of a room, with its last messages and those who are present. The room is made
    /// when it does not exist and the configuration allows it. Somebody who signed in becomes a member, a visitor does not.
    pub(crate) async fn enter(&self, slug: RoomSlug, limit: u32) -> Result<(RoomView, CatchUp), Refusal> {
        self.arrive(slug, limit, Visibility::Present).await
    }

    /// The same without being present there before one [appears](Self::appear). Somebody who signed in does not even listen
    /// before, since that would be a membership that nobody asked for: then there is nothing to catch up.
    pub(crate) async fn listen(&self, slug: RoomSlug) -> Result<ListenedRoom<CatchUp>, Refusal> {
        match self.actor.visits_from {
            Some(_) => {
                let (view, catch_up) = self.arrive(slug, 0, Visibility::Hidden).await?;
                Ok(self.listening(view.room, Some(catch_up)))
            }
            None => {
                let room = self.app.chat.store.room(self.actor.user, slug).await?;
                Ok(self.listening(room, None))
            }
        }
    }

    /// The others in a room to which this connection listens.
    pub(crate) fn others(&self, slug: &RoomSlug) -> Option<Others> {
        Some(self.others_in(self.connection.subscription(slug)?.room_id()))
    }

    /// Those who are present in a room to which this connection listens, by name; bounded.
    pub(crate) fn people(&self, slug: &RoomSlug) -> Option<Vec<User>> {
        let subscription = self.connection.subscription(slug)?;
        Some(self.app.hub.people(subscription.room_id()))
    }

    fn listening(&self, room: RoomOverview, catch_up: Option<CatchUp>) -> ListenedRoom<CatchUp> {
        ListenedRoom { others: self.others_in(room.id), catch_up, room }
    }

    fn others_in(&self, room: RoomId) -> Others {
        let (people, online) = self.app.hub.known_people(room, self.actor.user);
        Others { people, online }
    }

    /// Makes the person present in a room to which this connection may be listening. Answers whether it was not: then it gets what was
    /// said `since`, and should be told anew who is there.
    pub(crate) async fn appear(
        &self,
        slug: &RoomSlug,
        since: Option<LogPosition>,
    ) -> Result<bool, Refusal> {
        if let Some(subscription) = self.connection.subscription(slug) {
            subscription.appear();
            return Ok(false);
        }
        let (_, catch_up) = self.enter(slug.clone(), 0).await?;
        match since {
            Some(_) => self.catch_up_since(catch_up, since).await,
            None => self.catch_up(catch_up).await,
        }
        Ok(true)
    }

    async fn arrive(
        &self,
        slug: RoomSlug,
        limit: u32,
        visibility: Visibility,
    ) -> Result<(RoomView, CatchUp), Refusal> {
        let limit_of_rooms = self.app.config.rooms_per_person;
        if self.connection.listens_to() >= limit_of_rooms as usize
            && self.connection.subscription(&slug).is_none()
        {
            return Err(Refusal::RoomLimit { limit: limit_of_rooms });
        }
        let arrived = match self.join(slug.clone(), limit, visibility).await {
            Err(Refusal::RoomNotFound(_)) if self.app.config.gateways.create_rooms => {
                self.open_room(slug.clone()).await?;
                self.join(slug, limit, visibility).await
            }
            arrived => arrived,
        };
        let (mut view, catch_up) = arrived?;
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
        match self.actor.visits_from {
            Some(address) => chat.open_room(actor, slug, address).await,
            None => {
                let room = NewRoom { title: RoomTitle::of(&slug), topic: RoomTopic::default(), slug };
                match chat.create_room(actor, room).await {
                    // Somebody was a moment earlier.
                    Ok(_) | Err(Refusal::RoomExists(_)) => Ok(()),
                    Err(refusal) => Err(refusal),
                }
            }
        }
    }
}
