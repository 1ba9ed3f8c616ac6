use chinwag_core::domain::{RoomId, RoomSlug};
use parking_lot::RwLock;
use std::collections::HashMap;

/// Which id a room's slug had when it was last looked up, so that one who joins can be subscribed before the room is read.
///
/// It may be out of date: whoever uses an id compares it with the room that is then read.
#[derive(Default)]
pub(crate) struct RoomIds {
    known: RwLock<HashMap<RoomSlug, RoomId>>,
}

/// Slugs that are kept; when there are more, all are forgotten and learned anew.
const KEPT: usize = 100_000;

impl RoomIds {
    pub(crate) fn get(&self, slug: &RoomSlug) -> Option<RoomId> {
        self.known.read().get(slug).copied()
    }

    pub(crate) fn learn(&self, slug: RoomSlug, id: RoomId) {
        let mut known = self.known.write();
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(slug, id);
    }
}
