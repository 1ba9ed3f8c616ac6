use super::{RoomId, RoomOverview};
use core::fmt::{self, Display, Formatter};
use core::str::FromStr;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Which page of the rooms that a person sees is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomListQuery {
    /// What is looked for.
    pub search: RoomSearch,
    /// Where the page before ended; none for the first one.
    pub after: Option<RoomListPosition>,
    /// Rooms of the page.
    pub limit: u32,
}

/// A page of the rooms that a person sees: the rooms that came with the server, then one's own, then all others, then those that are
/// archived, each by title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomListPage {
    /// The rooms.
    pub rooms: Vec<RoomOverview>,
    /// Where the page ends, when there is another one.
    pub next: Option<RoomListPosition>,
}

/// Why a room stands where it does in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoomListGroup {
    /// It came with the server.
    Default,
    /// The person who asks is a member.
    Own,
    /// Any other.
    Other,
    /// It is archived, whatever else it is.
    Archived,
}

/// A place in the list of rooms, between two of them. It stays one when rooms come, change and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomListPosition {
    /// The group of the room before it.
    pub group: RoomListGroup,
    /// The sort key of that room's title.
    pub key: String,
    /// That room.
    pub room: RoomId,
}

/// What is looked for among the rooms: a part of a title, a topic or an address, whatever its case and marks. What is empty finds all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomSearch(Box<str>);

/// Characters of a search that count; no title is longer.
const LONGEST_SEARCH: usize = 60;

impl RoomSearch {
    /// Reads what somebody typed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text: String =
            text.chars().filter(|character| !character.is_control()).take(LONGEST_SEARCH).collect();
        Self(fold(text.trim()).into())
    }

    /// What has to occur in a room's [search key](room_search_key).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// By what a room stands among others.
#[must_use]
pub fn room_sort_key(title: &str) -> String {
    fold(title)
}

/// In what a room is looked for.
#[must_use]
pub fn room_search_key(slug: Option<&str>, title: &str, topic: &str) -> String {
    // No search holds what stands between the parts, so that nothing is found across them.
    format!("{}\n#{}\n{}", fold(title), fold(slug.unwrap_or_default()), fold(topic))
}

/// The same for everything that looks alike but for case, marks and width.
fn fold(text: &str) -> String {
    text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}

impl RoomListGroup {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 4] = [Self::Default, Self::Own, Self::Other, Self::Archived];
}

impl Display for RoomListPosition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.group as u8, self.room, self.key)
    }
}

impl FromStr for RoomListPosition {
    type Err = ();

    /// Reads what [`Display`] wrote.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().ok_or(());
        let (group, room, key) = (part()?, part()?, part()?);
        let group = RoomListGroup::ALL.into_iter().find(|known| (*known as u8).to_string() == group);
        Ok(Self { group: group.ok_or(())?, room: RoomId(room.parse().map_err(drop)?), key: key.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_title_a_topic_or_an_address_is_found() {
        let key = room_search_key(Some("cafe-zoo"), "Café  ZOË", "Über Tee");
        for found in ["café", "CAFE", "zoë", " zoo ", "#cafe", "uber", "Ｔｅｅ", ""] {
            assert!(key.contains(RoomSearch::new(found).as_str()), "{found:?}");
        }
        for missed in ["coffee", "zoe uber", "#tee"] {
            assert!(!key.contains(RoomSearch::new(missed).as_str()), "{missed:?}");
        }
    }

    #[test]
    fn a_position_is_read_as_it_was_written() {
        for (group, key) in [
            (RoomListGroup::Default, "general"),
            (RoomListGroup::Other, "a.b . c"),
            (RoomListGroup::Own, ""),
            (RoomListGroup::Archived, "x"),
        ] {
            let position = RoomListPosition { group, key: key.to_owned(), room: RoomId(17) };
            assert_eq!(position.to_string().parse(), Ok(position));
        }
        for wrong in ["", "2", "2.17", "4.17.x", "+1.17.x", "2.x.x", "-1.1.x"] {
            assert!(wrong.parse::<RoomListPosition>().is_err(), "{wrong}");
        }
    }
}
