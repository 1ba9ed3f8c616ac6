//! Coming to a room and leaving it as presence: what joining is in protocols that know no membership.

use super::join::Arrival;
use super::{CatchUp, Session};
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{
    Presence, Refusal, RoomId, RoomOverview, RoomSlug, RoomTitle, RoomTopic, Seq, User,
};
use chinwag_core::ports::NewRoom;

/// A room that a connection listens to, or could.
pub(crate) struct Listening {
    /// Those of whom the room was told that they are present, by name; bounded. What changes is told to the listener.
    pub(crate) people: Vec<User>,
    /// How many are present.
    pub(crate) online: u32,
    /// What is to be caught up when the client was told of the room; nothing for one who does not listen yet.
    pub(crate) catch_up: Option<CatchUp>,
    /// Where the log ended then.
    pub(crate) head: (RoomId, Seq),
}

/// Those who are in a room, as the others there know it.
pub(crate) struct Here {
    /// By name; bounded.
    pub(crate) people: Vec<User>,
    /// How many they are.
    pub(crate) online: u32,
}

impl Session {
    /// Makes this connection a held subscriber of a room, with its last messages and those who are present. The room is made
    /// when it does not exist and the configuration allows it. Somebody who signed in becomes a member, a visitor does not.
    pub(crate) async fn enter(&self, slug: RoomSlug, limit: u32) -> Result<(RoomView, CatchUp), Refusal> {
        self.arrive(slug, limit, Arrival::Present).await
    }

    /// The same without being present there before one [appears](Self::appear). Somebody who signed in does not even listen
    /// before, since that would be a membership that nobody asked for: then there is nothing to catch up.
    pub(crate) async fn listen(&self, slug: RoomSlug) -> Result<Listening, Refusal> {
        match self.actor.visits_from {
            Some(_) => {
                let (view, catch_up) = self.arrive(slug, 0, Arrival::Hidden).await?;
                Ok(self.listening(&view.room, Some(catch_up)))
            }
            None => {
                let room = self.app.chat.store.room(self.actor.user, slug).await?;
                Ok(self.listening(&room, None))
            }
        }
    }

    /// A room to which this connection listens already, as it is for the others.
    pub(crate) fn here(&self, slug: &RoomSlug) -> Option<Here> {
        let room = self.connection.subscription(slug)?.room_id();
        let hub = &self.app.hub;
        let mut here = Here { people: hub.known_people(room), online: hub.online(room) };
        let is_known = here.people.iter().any(|other| other.id == self.actor.user);
        let is_present = self.app.hub.member(room, self.user()).presence != Presence::Offline;
        if is_present && !is_known {
            // The room is told of the person in a moment.
            here.online = here.online.saturating_sub(1);
        }
        Some(here)
    }

    /// Those who are present in a room to which this connection listens, by name; bounded.
    pub(crate) fn people(&self, slug: &RoomSlug) -> Option<Vec<User>> {
        let subscription = self.connection.subscription(slug)?;
        Some(self.app.hub.people(subscription.room_id()))
    }

    fn listening(&self, room: &RoomOverview, catch_up: Option<CatchUp>) -> Listening {
        let (people, online) = (self.app.hub.known_people(room.id), self.app.hub.online(room.id));
        Listening { people, online, catch_up, head: (room.id, room.head) }
    }

    /// Makes the person present in a room to which this connection may be listening. Answers whether it was not: then it gets what was
    /// said since `moment`, and should be told anew who is there.
    pub(crate) async fn appear(
        &self,
        slug: &RoomSlug,
        moment: Option<(RoomId, Seq)>,
    ) -> Result<bool, Refusal> {
        if let Some(subscription) = self.connection.subscription(slug) {
            subscription.appear();
            return Ok(false);
        }
        let (_, catch_up) = self.enter(slug.clone(), 0).await?;
        match moment {
            Some(_) => self.catch_up_since(catch_up, moment).await,
            None => self.catch_up(catch_up).await,
        }
        Ok(true)
    }

    async fn arrive(
        &self,
        slug: RoomSlug,
        limit: u32,
        arrival: Arrival,
    ) -> Result<(RoomView, CatchUp), Refusal> {
        let limit_of_rooms = self.app.config.rooms_per_person;
        if self.connection.listens_to() >= limit_of_rooms as usize
            && self.connection.subscription(&slug).is_none()
        {
            return Err(Refusal::RoomLimit { limit: limit_of_rooms });
        }
        let arrived = match self.join(slug.clone(), limit, arrival).await {
            Err(Refusal::RoomNotFound(_)) if self.app.config.gateways.create_rooms => {
                self.open_room(slug.clone()).await?;
                self.join(slug, limit, arrival).await
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
