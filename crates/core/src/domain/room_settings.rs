use super::Seq;

/// How a room is kept, beside what it is called. A room begins with the [default](RoomSettings::default).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RoomSettings {
    /// What a newcomer reads of what was said before.
    pub history: RoomHistory,
}

/// What somebody who becomes a member reads of what was said before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RoomHistory {
    /// Everything, as far as the room is open to newcomers at all.
    #[default]
    All,
    /// Nothing: the log begins with one's own membership.
    Joined,
}

impl RoomHistory {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::All, Self::Joined];

    /// From which place on the log is readable for one who comes at the place `came`. Before `open_from` it is so for nobody who comes now: a
    /// room that became public tells what was said before to those only who were in it.
    #[must_use]
    pub fn first_for_newcomer(self, open_from: Seq, came: Seq) -> Seq {
        match self {
            Self::All => open_from,
            Self::Joined => open_from.max(came),
        }
    }
}
