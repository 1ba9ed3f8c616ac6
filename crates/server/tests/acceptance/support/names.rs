use chinwag_client::protocol::RoomSummary;
use std::collections::BTreeMap;

/// A room that is there from the start.
pub(crate) const GENERAL: i64 = 1;
/// The number of the first room that a test creates.
pub(crate) const FIRST_OWN: i64 = 4;
/// A room that never was.
const NO_ROOM: i64 = 404;

/// Which room is meant by a name in a test: the slug by which it was first known.
#[derive(Debug)]
pub(crate) struct Names(BTreeMap<i64, String>);

impl Default for Names {
    /// The rooms that are there from the start.
    fn default() -> Self {
        Self([(1, "general"), (2, "tech"), (3, "random")].map(|(id, name)| (id, name.to_owned())).into())
    }
}

impl Names {
    pub(crate) fn learn(&mut self, room: i64, slug: &str) {
        self.0.entry(room).or_insert_with(|| slug.to_owned());
    }

    pub(crate) fn learn_all<'a>(&mut self, rooms: impl IntoIterator<Item = &'a RoomSummary>) {
        for RoomSummary { room, slug, .. } in rooms {
            if let Some(slug) = slug {
                self.learn(*room, slug);
            }
        }
    }

    pub(crate) fn of(&self, room: i64) -> String {
        self.0.get(&room).cloned().unwrap_or_else(|| format!("room {room}"))
    }

    /// The newest room of a name.
    pub(crate) fn id(&self, name: &str) -> i64 {
        self.0.iter().rev().find(|(_, known)| *known == name).map_or(NO_ROOM, |(id, _)| *id)
    }
}
