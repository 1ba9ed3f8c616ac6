use crate::connections::SHARDS;
use crate::hub::Hub;
use crate::protocol::Protocol;
use bytes::Bytes;
use chinwag_core::domain::RoomSlug;
use chinwag_core::ports::{ListedRoom, Signal};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Changes of the list of all rooms that everybody is to be told of: the last of each room.
///
/// They concern every connection, so they are gathered for a moment: whoever changes a title again and again costs as much as one who
/// changes it once.
#[derive(Default)]
pub(crate) struct Directory {
    /// What to list; nothing for a room that was deleted.
    changes: BTreeMap<RoomSlug, Option<ListedRoom>>,
}

impl Directory {
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub(crate) fn list(&mut self, room: ListedRoom) {
        self.changes.insert(room.room.clone(), Some(room));
    }

    pub(crate) fn remove(&mut self, room: RoomSlug) {
        self.changes.insert(room, None);
    }

    /// Tells everybody. Lets others work in between: it takes as long as there are connections.
    pub(crate) async fn tell(self, hub: &Hub) {
        let signal = self.into_signal();
        let frames: [OnceLock<Bytes>; Protocol::COUNT] = [const { OnceLock::new() }; Protocol::COUNT];
        for shard in 0..SHARDS {
            for connection in hub.connections.in_shard(shard) {
                let protocol = connection.protocol();
                let frames = frames[protocol.index()]
                    .get_or_init(|| hub.encode_signals(protocol, std::slice::from_ref(&signal)));
                connection.send(frames.clone());
            }
            tokio::task::yield_now().await;
        }
    }

    /// All changes, as everybody is told of them.
    pub(crate) fn into_signal(self) -> Signal {
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

    fn slug(text: &str) -> RoomSlug {
        RoomSlug::parse(text).unwrap()
    }

    fn listed(room: &str, title: &str) -> ListedRoom {
        ListedRoom { room: slug(room), title: title.into(), topic: String::new() }
    }

    #[test]
    fn the_last_change_of_a_room_is_told() {
        let mut directory = Directory::default();
        for title in ["One", "Two", "Three"] {
            directory.list(listed("tea", title));
        }
        directory.list(listed("coffee", "Coffee"));
        directory.remove(slug("coffee"));
        directory.remove(slug("milk"));
        directory.list(listed("milk", "Milk again"));
        let expected = Signal::Directory {
            listed: vec![listed("milk", "Milk again"), listed("tea", "Three")],
            removed: vec![slug("coffee")],
        };
        assert_eq!(directory.into_signal(), expected);
    }
}
