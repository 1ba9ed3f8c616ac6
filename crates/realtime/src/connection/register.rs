use super::Connection;
use crate::presence::People;
use chinwag_core::domain::{ConnectionId, SessionId, UserId};
use chinwag_core::ports::CloseReason;
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// How many parts the register has. The heartbeat visits one after the other, so that pings are spread over time.
pub(crate) const SHARDS: usize = 25;
/// Ended sign-ins that are remembered: far more than end while a token is looked up.
const ENDED_SESSIONS: usize = 4096;
/// Those among which one is looked for that ends, so that what is told twice takes one place.
const LATEST: usize = 16;

/// All connections that were let in, and their people.
#[derive(Default)]
pub(crate) struct Register {
    pub(crate) people: People,
    shards: [Mutex<HashMap<ConnectionId, Arc<Connection>>>; SHARDS],
    /// Sign-ins that ended lately: a connection whose token was looked up just before must not slip in.
    ended_sessions: Mutex<VecDeque<SessionId>>,
    /// Those among them that were ended from elsewhere, which their clients are told.
    revoked_sessions: Mutex<VecDeque<SessionId>>,
}

impl Register {
    /// Takes in a connection, and closes it when its sign-in has just ended.
    pub(crate) fn add(&self, connection: &Arc<Connection>) {
        self.shard(connection.id).lock().insert(connection.id, Arc::clone(connection));
        // It stands here now, so what ends later finds it; what ended before is looked for.
        if self.ended_sessions.lock().contains(&connection.session) {
            connection.close(self.why_it_ended(connection.session));
        }
    }

    /// Notes that a sign-in is about to end from elsewhere.
    pub(crate) fn note_revoked(&self, session: SessionId) {
        let mut revoked = self.revoked_sessions.lock();
        if revoked.len() >= ENDED_SESSIONS {
            revoked.pop_front();
        }
        revoked.push_back(session);
    }

    fn why_it_ended(&self, session: SessionId) -> CloseReason {
        let is_revoked = self.revoked_sessions.lock().contains(&session);
        if is_revoked { CloseReason::Revoked } else { CloseReason::SignedOut }
    }

    /// Answers whether it was there.
    pub(crate) fn remove(&self, connection: &Connection) -> bool {
        let was_there = self.shard(connection.id).lock().remove(&connection.id).is_some();
        if was_there {
            self.people.disconnect(&connection.person, connection.id);
        }
        was_there
    }

    /// The connections of one person.
    pub(crate) fn of(&self, user: UserId) -> Vec<Arc<Connection>> {
        let ids = self.people.find(user).map(|person| person.connections()).unwrap_or_default();
        ids.into_iter().filter_map(|id| self.shard(id).lock().get(&id).cloned()).collect()
    }

    /// Closes the connections of a sign-in that ended.
    pub(crate) fn end_session(&self, user: UserId, session: SessionId) {
        let mut ended = self.ended_sessions.lock();
        // It may have been told already.
        if !ended.iter().rev().take(LATEST).any(|latest| *latest == session) {
            if ended.len() >= ENDED_SESSIONS {
                ended.pop_front();
            }
            ended.push_back(session);
        }
        drop(ended);
        let reason = self.why_it_ended(session);
        for connection in self.of(user).iter().filter(|connection| connection.session == session) {
            connection.close(reason);
        }
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
