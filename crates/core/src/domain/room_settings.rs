use super::{Refusal, Seq};

/// How a room is kept, beside what it is called. A room begins with the [default](RoomSettings::default).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RoomSettings {
    /// What a newcomer reads of what was said before.
    pub history: RoomHistory,
    /// Who writes there.
    pub posting: RoomPosting,
    /// How long members wait between two messages.
    pub slow_mode: SlowMode,
    /// Whether it is only there to be read. Nobody comes in, and nothing of it changes but this.
    pub archived: bool,
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

/// Who writes in a room, of those who are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RoomPosting {
    /// All of them.
    #[default]
    Everyone,
    /// Those who keep order there.
    Moderators,
}

impl RoomPosting {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Everyone, Self::Moderators];
}

/// How long members wait between two messages, those who keep order left out. Nothing in a new room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SlowMode(u32);

impl SlowMode {
    /// The longest, in seconds: six hours.
    pub const LONGEST: u32 = 21_600;

    /// So many seconds; 0 for no wait.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] for more than [`LONGEST`](Self::LONGEST).
    pub fn parse(seconds: u32) -> Result<Self, Refusal> {
        if seconds <= Self::LONGEST {
            Ok(Self(seconds))
        } else {
            Err(Refusal::RoomInvalid("A room may ask for 0 to 21600 seconds between two messages."))
        }
    }

    /// So many seconds, or the longest: what was allowed once is read as it may be now.
    #[must_use]
    pub fn nearest(seconds: u32) -> Self {
        Self(seconds.min(Self::LONGEST))
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }

    /// In milliseconds.
    #[must_use]
    pub fn millis(self) -> i64 {
        i64::from(self.0) * 1000
    }
}
