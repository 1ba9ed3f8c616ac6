//! Coming to a room and leaving it as presence: what joining is in protocols that know no membership.

use super::join::Visibility;
use super::{CatchUp, LiveSession};
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{Refusal, RoomId, RoomOverview, RoomReference, RoomSlug, User};
use chinwag_gateway::{Appeared, ListenedRoom, LogPosition, Others};

impl LiveSession {
    /// Makes this connection a subscriber of a room, with its last messages and those who are present. The room is made when it does
    /// not exist and the configuration allows it. Somebody who signed in becomes a member, a visitor does not.
    pub(crate) async fn enter(
        &self,
        room: RoomReference,
        limit: u32,
    ) -> Result<(RoomView, CatchUp), Refusal> {
        self.arrive(room, limit, Visibility::Present).await
    }

    /// The same without being present there before one [appears](Self::appear). Somebody who signed in does not even listen
    /// before, since that would be a membership that nobody asked for: then there is nothing to catch up.
    pub(crate) async fn listen(&self, slug: RoomSlug) -> Result<ListenedRoom<CatchUp>, Refusal> {
        if self.is_visit() {
            let (view, catch_up) = self.arrive(slug.into(), 0, Visibility::Hidden).await?;
            Ok(self.listening(view.room, Some(catch_up)))
        } else {
            let found = self.app.chat.find_room(self.actor, slug.into()).await?;
            Ok(self.listening(found.room, None))
        }
    }

    /// The others in a room to which this connection listens.
    pub(crate) fn others(&self, room: RoomId) -> Option<Others> {
        self.subscription(&room.into()).map(|_| self.others_in(room))
    }

    /// Those who are present in a room to which this connection listens, by name; bounded.
    pub(crate) fn people(&self, room: RoomId) -> Option<Vec<User>> {
        self.subscription(&room.into()).map(|_| self.app.hub.people(room))
    }

    fn listening(&self, room: RoomOverview, catch_up: Option<CatchUp>) -> ListenedRoom<CatchUp> {
        ListenedRoom { others: self.others_in(room.id), catch_up, room }
    }

    fn others_in(&self, room: RoomId) -> Others {
        let (people, online) = self.app.hub.known_people(room, self.actor.user);
        Others { people, online }
    }

    /// Makes the person present in a room to which this connection may be listening. One that was not gets what was said `since`.
    pub(crate) async fn appear(
        &self,
        room: RoomReference,
        since: Option<LogPosition>,
    ) -> Result<Appeared, Refusal> {
        if let Some(subscription) = self.subscription(&room) {
            subscription.appear();
            return Ok(Appeared { room: subscription.room_id(), is_new: false });
        }
        let (view, catch_up) = self.enter(room, 0).await?;
        match since {
            Some(_) => self.catch_up_since(catch_up, since).await,
            None => self.catch_up(catch_up).await,
        }
        Ok(Appeared { room: view.room.id, is_new: true })
    }

    async fn arrive(
        &self,
        room: RoomReference,
        limit: u32,
        visibility: Visibility,
    ) -> Result<(RoomView, CatchUp), Refusal> {
        let limit_of_rooms = self.app.config.rooms_per_person;
        if self.app.hub.subscription_count(&self.connection) >= limit_of_rooms as usize
            && self.subscription(&room).is_none()
        {
            return Err(Refusal::RoomLimit { limit: limit_of_rooms });
        }
        let arrived = match (self.join(room.clone(), limit, visibility).await, room) {
            (Err(Refusal::RoomNotFound(_)), RoomReference::Slug(slug))
                if self.app.config.gateways.create_rooms =>
            {
                self.app.chat.open_room(self.actor, slug.clone()).await?;
                self.join(slug.into(), limit, visibility).await
            }
            (arrived, _) => arrived,
        };
        let (mut view, catch_up) = arrived?;
        view.people = self.app.hub.people(view.room.id);
        Ok((view, catch_up))
    }

    /// Ends this connection's subscription to a room, and with it the presence there. A membership stays.
    pub(crate) fn exit(&self, room: RoomId) {
        self.app.hub.unsubscribe(&self.connection, room);
    }
}
