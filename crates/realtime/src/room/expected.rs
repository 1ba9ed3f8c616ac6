use super::Room;
use std::sync::Arc;

/// A message that is on its way through the storage to a room. While there is one, a busy room's pump waits for it, so that it
/// goes out with what came before it.
///
/// To be dropped when the message is published, or will not be: whatever waits is delivered then.
pub struct ExpectedMessage {
    room: Arc<Room>,
}

/// Events waiting for the pump above which a room takes no new messages.
const BACKLOG: usize = 4096;

impl ExpectedMessage {
    /// `None` when more waits for the pump than is good.
    pub(super) fn of(room: &Arc<Room>) -> Option<Self> {
        let mut pending = room.pending.lock();
        if pending.events.len() > BACKLOG {
            return None;
        }
        pending.expected += 1;
        drop(pending);
        Some(Self { room: Arc::clone(room) })
    }
}

impl Drop for ExpectedMessage {
    fn drop(&mut self) {
        let mut pending = self.room.pending.lock();
        pending.expected -= 1;
        if pending.expected == 0 && !pending.is_empty() {
            self.room.pump(&mut pending);
        }
    }
}
