//! The rooms of a hub: listening to them, what happens in them, and when they are forgotten.

use super::Hub;
use crate::connection::Connection;
use crate::room::{Room, Subscription};
use chinwag_core::domain::{EventBody, RoomEvent, RoomId, RoomSlug, Seq};
use std::sync::Arc;

/// A subscription that was held to bring its client up to date.
pub struct Held {
    /// The subscription.
    pub subscription: Arc<Subscription>,
    /// Up to where the client has seen everything, when it listened before.
    pub seen: Option<Seq>,
}

impl Hub {
    /// Lets a connection listen to a room in which its person is present from now on; held until
    /// [`Subscription::go_live`]. One that listens already is held again.
    #[must_use]
    pub fn subscribe(&self, connection: &Arc<Connection>, id: RoomId, slug: &RoomSlug) -> Held {
        let held = self.listen(connection, id, slug);
        held.subscription.appear();
        held
    }

    /// The same, but the person is not present before [`Subscription::appear`].
    #[must_use]
    pub fn listen(&self, connection: &Arc<Connection>, id: RoomId, slug: &RoomSlug) -> Held {
        if let Some(subscription) = connection.subscription_by_id(id)
            && let Some(seen) = subscription.hold()
        {
            return Held { subscription, seen: Some(seen) };
        }
        loop {
            if let Some(subscription) = self.room(id, slug).subscribe(connection) {
                return Held { subscription, seen: None };
            }
        }
    }

    /// Ends a connection's subscription to a room, if it has one.
    pub fn unsubscribe(&self, connection: &Connection, room: RoomId) {
        if let Some(subscription) = connection.subscription_by_id(room) {
            subscription.end();
        }
    }

    fn room(&self, id: RoomId, slug: &RoomSlug) -> Arc<Room> {
        if let Some(room) = self.rooms.read().get(&id) {
            return Arc::clone(room);
        }
        let mut rooms = self.rooms.write();
        let room =
            rooms.entry(id).or_insert_with(|| Room::new(id, slug.clone(), Arc::clone(&self.room_shared)));
        let room = Arc::clone(room);
        self.room_shared.metrics.rooms.set(rooms.len() as i64);
        room
    }

    pub(crate) fn find_room(&self, id: RoomId) -> Option<Arc<Room>> {
        self.rooms.read().get(&id).cloned()
    }

    /// Delivers a log event to its room's subscribers. Called in the order of each room's `seq`.
    pub(crate) fn event(&self, event: Arc<RoomEvent>) {
        self.room_shared.metrics.events.inc();
        match event.body {
            EventBody::Message { .. } => {
                self.room_shared.metrics.messages.inc();
            }
            EventBody::MemberJoined
            | EventBody::MemberLeft
            | EventBody::MemberRenamed { .. }
            | EventBody::RoomCreated { .. }
            | EventBody::RoomUpdated { .. }
            | EventBody::RoomDeleted => {}
        }
        if let Some(room) = self.find_room(event.room) {
            room.publish(event);
        }
    }

    /// Tells presence and typing of the rooms where they changed, gathered for a moment, for ever.
    pub(super) async fn tell_chatter(&self) {
        loop {
            self.room_shared.chatter_came.notified().await;
            tokio::time::sleep(self.settings.chatter_interval).await;
            let chatty = std::mem::take(&mut *self.room_shared.chatty.lock());
            let (mut again, quiet): (Vec<_>, Vec<_>) = chatty.into_iter().partition(Room::tell_chatter);
            if !again.is_empty() {
                self.room_shared.chatty.lock().append(&mut again);
                self.room_shared.chatter_came.notify_one();
            }
            for room in quiet.into_iter().filter(|room| room.online() == 0) {
                self.forget_if_empty(&room);
            }
        }
    }

    fn forget_if_empty(&self, room: &Arc<Room>) {
        let mut rooms = self.rooms.write();
        // One that was forgotten before may have a successor by now.
        let is_ours = rooms.get(&room.id).is_some_and(|known| Arc::ptr_eq(known, room));
        if is_ours && room.listeners.retire() {
            rooms.remove(&room.id);
            self.room_shared.metrics.rooms.set(rooms.len() as i64);
        }
    }
}

#[cfg(test)]
mod tests;
