use crate::connection::{Encoders, Register, SHARDS};
use bytes::Bytes;
use chinwag_core::domain::{EmojiName, FileId, RoomId, UserId};
use chinwag_core::ports::{DirectoryEvent, ListedRoom, ShownAvatar, ShownEmoji, Signal};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Changes of the directory of public rooms, of the pictures of people and of emoji, that everybody is to be told of: the last of each.
///
/// They concern every connection, so they are gathered for a moment: whoever changes a title again and again costs as much as one who
/// changes it once.
#[derive(Default)]
pub(super) struct RoomChanges {
    /// What to list; nothing for a room that was deleted.
    changes: BTreeMap<RoomId, Option<ListedRoom>>,
    /// Pictures of people, and of the server.
    avatars: BTreeMap<Option<UserId>, Option<FileId>>,
    /// Pictures of emoji.
    emoji: BTreeMap<EmojiName, Option<FileId>>,
}

impl RoomChanges {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.avatars.is_empty() && self.emoji.is_empty()
    }

    pub(super) fn note(&mut self, event: DirectoryEvent) {
        match event {
            DirectoryEvent::Listed { room, .. } => {
                self.changes.insert(room.id, Some(room));
            }
            DirectoryEvent::Removed { room, .. } => {
                self.changes.insert(room, None);
            }
            DirectoryEvent::Avatar { shown: ShownAvatar { person, avatar }, .. } => {
                self.avatars.insert(person, avatar);
            }
            DirectoryEvent::Emoji { shown: ShownEmoji { name, picture }, .. } => {
                self.emoji.insert(name, picture);
            }
        }
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
        let avatars = self.avatars.into_iter().map(|(person, avatar)| ShownAvatar { person, avatar });
        let emoji = self.emoji.into_iter().map(|(name, picture)| ShownEmoji { name, picture });
        Signal::Directory { listed, removed, avatars: avatars.collect(), emoji: emoji.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{Millis, RoomSlug, Seq};

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
            avatars: Vec::new(),
            emoji: Vec::new(),
        };
        assert_eq!(changes.into_signal(), expected);
    }

    #[test]
    fn the_last_picture_of_each_is_told() {
        let (first, second) = (FileId::new([1; 16]), FileId::new([2; 16]));
        let (alex, sam) = (Some(UserId(1)), Some(UserId(2)));
        let mut changes = RoomChanges::default();
        let told =
            [(alex, Some(first)), (sam, Some(first)), (alex, Some(second)), (sam, None), (None, Some(first))];
        for (person, avatar) in told {
            let shown = ShownAvatar { person, avatar };
            changes.note(DirectoryEvent::Avatar { shown, at: Millis(1) });
        }
        assert!(!changes.is_empty());
        let expected = [(None, Some(first)), (alex, Some(second)), (sam, None)];
        let avatars = expected.map(|(person, avatar)| ShownAvatar { person, avatar }).to_vec();
        assert_eq!(
            changes.into_signal(),
            Signal::Directory { listed: Vec::new(), removed: Vec::new(), avatars, emoji: Vec::new() }
        );
    }

    #[test]
    fn the_last_of_an_emoji_is_told() {
        let emoji = |name: &str, picture: Option<u8>| ShownEmoji {
            name: EmojiName::parse(name).unwrap(),
            picture: picture.map(|number| FileId::new([number; 16])),
        };
        let mut changes = RoomChanges::default();
        for shown in [emoji("party", Some(1)), emoji("ship-it", Some(2)), emoji("party", None)] {
            changes.note(DirectoryEvent::Emoji { shown, at: Millis(1) });
        }
        assert!(!changes.is_empty());
        let Signal::Directory { emoji: told, .. } = changes.into_signal() else { panic!("another signal") };
        assert_eq!(told, [emoji("party", None), emoji("ship-it", Some(2))]);
    }
}
