//! The rooms of a hub: subscribing to them, what happens in them, and when they are forgotten.

use super::Hub;
use crate::connection::Connection;
use crate::room::{Origin, Room, Subscription, fill_gaps};
use chinwag_core::domain::{LogAccess, RoomAddress, RoomEvent, RoomId, RoomSlug, Seq};
use chinwag_core::ports::{ProtocolId, Recovery};
use std::sync::Arc;

/// A subscription whose client is to be brought up to date.
pub struct CatchingUp {
    /// The subscription, which skips what happens until [`Subscription::go_live`].
    pub subscription: Arc<Subscription>,
    /// Up to where the client was given the room's log, when it was live before, and with what right.
    pub known: Option<(Seq, LogAccess)>,
}

impl Hub {
    /// Subscribes a connection to a room in which its person is present from now on. One that is live already catches up anew.
    #[must_use]
    pub fn subscribe(&self, connection: &Arc<Connection>, room: &RoomAddress) -> CatchingUp {
        let catching_up = self.subscribe_hidden(connection, room);
        catching_up.subscription.appear();
        catching_up
    }

    /// The same, but the person is not present before [`Subscription::appear`].
    #[must_use]
    pub fn subscribe_hidden(&self, connection: &Arc<Connection>, room: &RoomAddress) -> CatchingUp {
        if let Some(subscription) = self.subscription(connection, room.id)
            && let Some(position) = subscription.pause()
        {
            let known = subscription.last_access().map(|access| (position, access));
            return CatchingUp { subscription, known };
        }
        loop {
            if let Some(subscription) = self.room(room).subscribe(connection) {
                return CatchingUp { subscription, known: None };
            }
        }
    }

    /// A connection's subscription to a room.
    #[must_use]
    pub fn subscription(&self, connection: &Connection, room: RoomId) -> Option<Arc<Subscription>> {
        self.room_shared.subscriptions.find(connection.id, room)
    }

    /// A connection's subscription to the room that has this address now.
    #[must_use]
    pub fn subscription_by_slug(
        &self,
        connection: &Connection,
        slug: &RoomSlug,
    ) -> Option<Arc<Subscription>> {
        self.room_shared.subscriptions.find_by_slug(connection.id, slug)
    }

    /// How many rooms a connection subscribes to.
    #[must_use]
    pub fn subscription_count(&self, connection: &Connection) -> usize {
        self.room_shared.subscriptions.count(connection.id)
    }

    /// Ends a connection's subscription to a room, if it has one.
    pub fn unsubscribe(&self, connection: &Connection, room: RoomId) {
        if let Some(subscription) = self.subscription(connection, room) {
            subscription.end();
        }
    }

    /// Lets a connection speak another protocol from now on, and hear its own messages or not.
    pub fn speak(&self, connection: &Connection, protocol: ProtocolId, echo: bool) {
        connection.speak(protocol, echo);
        for subscription in self.room_shared.subscriptions.of(connection.id) {
            subscription.protocol_changed();
        }
        self.room_shared.own_news.note(connection.user);
    }

    fn room(&self, address: &RoomAddress) -> Arc<Room> {
        if let Some(room) = self.rooms.read().get(&address.id) {
            return Arc::clone(room);
        }
        // Who is there on other nodes is taken in before anything more is heard of them.
        let others = self.others.lock();
        let mut rooms = self.rooms.write();
        let make = || {
            let room = Room::new(address.clone(), Arc::clone(&self.room_shared));
            room.take_in(others.in_room(address.id).filter_map(|user| self.register.people.find(user)));
            room
        };
        let room = Arc::clone(rooms.entry(address.id).or_insert_with(make));
        self.room_shared.metrics.rooms.set(rooms.len() as i64);
        room
    }

    pub(super) fn find_room(&self, id: RoomId) -> Option<Arc<Room>> {
        self.rooms.read().get(&id).cloned()
    }

    /// Delivers a log event to its room's subscribers. The room's sequence puts them in order.
    pub(super) fn event(&self, event: Arc<RoomEvent>, origin: Origin) {
        self.room_shared.metrics.events.inc();
        if event.posted().is_some() {
            self.room_shared.metrics.messages.inc();
        }
        if let Some(room) = self.find_room(event.room) {
            room.publish(event, origin);
        }
    }

    /// Tells presence and typing of the rooms where they changed, gathered for a moment, for ever.
    pub(super) async fn tell_ephemeral(&self) {
        loop {
            self.room_shared.tick_wanted.notified().await;
            tokio::time::sleep(self.settings.tick).await;
            let waiting = std::mem::take(&mut *self.room_shared.waiting.lock());
            let (mut again, quiet): (Vec<_>, Vec<_>) = waiting.into_iter().partition(Room::tick);
            if !again.is_empty() {
                self.room_shared.waiting.lock().append(&mut again);
                self.room_shared.tick_wanted.notify_one();
            }
            for room in quiet.into_iter().filter(|room| room.subscribers.is_empty()) {
                self.forget_if_empty(&room);
            }
        }
    }

    /// Reads from the log what is missing in rooms whose news were lost, until the hub is dropped.
    ///
    /// Given to the hub when it is there already: the storage publishes to the hub, so it comes after it.
    pub async fn fill_gaps(self: Arc<Self>, log: Arc<dyn Recovery>) {
        let log = Arc::clone(self.recovery.get_or_init(|| log));
        fill_gaps(log, || self.next_gap()).await;
    }

    async fn next_gap(&self) -> Arc<Room> {
        loop {
            if let Some(room) = self.room_shared.gaps.lock().pop() {
                return room;
            }
            self.room_shared.gap_came.notified().await;
        }
    }

    fn forget_if_empty(&self, room: &Arc<Room>) {
        let mut rooms = self.rooms.write();
        // One that was forgotten before may have a successor by now.
        let is_ours = rooms.get(&room.id).is_some_and(|known| Arc::ptr_eq(known, room));
        if is_ours && room.subscribers.retire() {
            rooms.remove(&room.id);
            self.room_shared.metrics.rooms.set(rooms.len() as i64);
        }
    }
}

#[cfg(test)]
mod tests;
