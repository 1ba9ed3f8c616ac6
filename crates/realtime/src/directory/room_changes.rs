use crate::connection::{Encoders, Register, SHARDS};
use bytes::Bytes;
use chinwag_core::domain::RoomId;
use chinwag_core::ports::{DirectoryEvent, ListedRoom, Signal};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Changes of the directory of public rooms that everybody is to be told of: the last of each room.
///
/// They concern every connection, so they are gathered for a moment: whoever changes a title again and again costs as much as one who
/// changes it once.
#[derive(Default)]
pub(super) struct RoomChanges {
    /// What to list; nothing for a room that was deleted.
    changes: BTreeMap<RoomId, Option<ListedRoom>>,
}

impl RoomChanges {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub(super) fn note(&mut self, event: DirectoryEvent) {
        match event {
            DirectoryEvent::Listed { room, .. } => self.changes.insert(room.id, Some(room)),
            DirectoryEvent::Removed { room, .. } => self.changes.insert(room, None),
        };
    }

    /// Tells everybody. Lets others work in between: it takes as long as there are connections.
    pub(super) async fn tell(self, register: &Register, encoders: &Encoders) {
        let signal = self.into_signal();
        let frames: Vec<OnceLock<Bytes>> = (0..encoders.count()).map(|_| OnceLock::new()).collect();
        for shard in 0..SHARDS {
            for connection in register.in_shard(shard) {
                let protocol = connection.protocol();
                let frames = frames[encoders.index(protocol)]
                    .get_or_init(|| encoders.signals(protocol, std::slice::from_ref(&signal)));
                connection.send(frames.clone());
            }
            tokio::task::yield_now().await;
        }
    }

    /// All changes, as everybody is told of them.
    pub(super) fn into_signal(self) -> Signal {
        let (mut listed, mut removed) = (Vec::new(), Vec::new());
        for (room, change) in self.changes {
            match change {
                Some(change) => listed.push(change),
                None => removed.push(room),
            }
        }
        Signal::Directory { listed, removed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{RoomSlug, Seq};

    fn listed(id: i64, title: &str) -> ListedRoom {
        let slug = RoomSlug::parse(&format!("room-{id}")).unwrap();
        ListedRoom { id: RoomId(id), slug, title: title.into(), topic: String::new() }
    }

    fn listed_now(room: ListedRoom) -> DirectoryEvent {
        DirectoryEvent::Listed { room, at: Seq(1) }
    }

    #[test]
    fn the_last_change_of_a_room_is_told() {
        let (tea, coffee, milk) = (1, 2, 3);
        let mut changes = RoomChanges::default();
        for title in ["One", "Two", "Three"] {
            changes.note(listed_now(listed(tea, title)));
        }
        changes.note(listed_now(listed(coffee, "Coffee")));
        changes.note(DirectoryEvent::Removed { room: RoomId(coffee), at: Seq(9) });
        changes.note(DirectoryEvent::Removed { room: RoomId(milk), at: Seq(9) });
        changes.note(listed_now(listed(milk, "Milk again")));
        let expected = Signal::Directory {
            listed: vec![listed(tea, "Three"), listed(milk, "Milk again")],
            removed: vec![RoomId(coffee)],
        };
        assert_eq!(changes.into_signal(), expected);
    }
}
