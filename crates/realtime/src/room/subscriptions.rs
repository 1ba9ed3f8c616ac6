use super::Subscription;
use chinwag_core::domain::{ConnectionId, RoomId, RoomSlug};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Parts of the table, each with a lock of its own: connections that come and go at once seldom wait for one another.
const SHARDS: usize = 64;

/// To which rooms each connection subscribes.
pub(crate) struct Subscriptions {
    shards: [Mutex<HashMap<ConnectionId, Vec<Arc<Subscription>>>>; SHARDS],
}

impl Default for Subscriptions {
    fn default() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl Subscriptions {
    pub(super) fn add(&self, subscription: Arc<Subscription>) {
        let connection = subscription.connection.id;
        self.shard(connection).lock().entry(connection).or_default().push(subscription);
    }

    pub(super) fn remove(&self, subscription: &Subscription) {
        let connection = subscription.connection.id;
        let mut shard = self.shard(connection).lock();
        if let Some(own) = shard.get_mut(&connection) {
            own.retain(|other| !std::ptr::eq(other.as_ref(), subscription));
            if own.is_empty() {
                shard.remove(&connection);
            }
        }
    }

    /// All of one connection.
    pub(crate) fn of(&self, connection: ConnectionId) -> Vec<Arc<Subscription>> {
        self.shard(connection).lock().get(&connection).cloned().unwrap_or_default()
    }

    /// How many rooms one connection subscribes to.
    pub(crate) fn count(&self, connection: ConnectionId) -> usize {
        self.shard(connection).lock().get(&connection).map_or(0, Vec::len)
    }

    pub(crate) fn find(&self, connection: ConnectionId, room: RoomId) -> Option<Arc<Subscription>> {
        let shard = self.shard(connection).lock();
        shard.get(&connection)?.iter().find(|subscription| subscription.room_id() == room).cloned()
    }

    pub(crate) fn find_by_slug(
        &self,
        connection: ConnectionId,
        slug: &RoomSlug,
    ) -> Option<Arc<Subscription>> {
        let has_slug =
            |subscription: &Subscription| subscription.room().address().slug.as_ref() == Some(slug);
        self.of(connection).into_iter().find(|subscription| has_slug(subscription))
    }

    fn shard(&self, connection: ConnectionId) -> &Mutex<HashMap<ConnectionId, Vec<Arc<Subscription>>>> {
        &self.shards[(connection.0 % SHARDS as u64) as usize]
    }
}
