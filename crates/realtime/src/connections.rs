use crate::connection::Connection;
use chinwag_core::domain::ConnectionId;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// How many parts the register has. The heartbeat visits one after the other, so that pings are spread over time.
pub(crate) const SHARDS: usize = 25;

/// All connections that were let in.
#[derive(Default)]
pub(crate) struct Connections {
    shards: [Mutex<HashMap<ConnectionId, Arc<Connection>>>; SHARDS],
}

impl Connections {
    pub(crate) fn add(&self, connection: &Arc<Connection>) {
        self.shard(connection.id).lock().insert(connection.id, Arc::clone(connection));
    }

    /// Answers whether it was there.
    pub(crate) fn remove(&self, id: ConnectionId) -> bool {
        self.shard(id).lock().remove(&id).is_some()
    }

    /// The connections of one part, or of all. They are copied out, so that no lock is held while they are worked on.
    pub(crate) fn in_shard(&self, index: usize) -> Vec<Arc<Connection>> {
        self.shards[index % SHARDS].lock().values().cloned().collect()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = Arc<Connection>> {
        (0..SHARDS).flat_map(|index| self.in_shard(index))
    }

    fn shard(&self, id: ConnectionId) -> &Mutex<HashMap<ConnectionId, Arc<Connection>>> {
        &self.shards[(id.0 % SHARDS as u64) as usize]
    }
}
