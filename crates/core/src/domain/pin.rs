use super::{Message, Millis, UserId};

/// How many messages of a room are pinned at most.
pub const PINS_PER_ROOM: u32 = 100;

/// A message that those who keep order hold up for everybody in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The message as it is now.
    pub message: Message,
    /// Who pinned it, with the name at present.
    pub by: (UserId, String),
    /// When.
    pub at: Millis,
}

/// What somebody does with a pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinChange {
    /// The message is pinned.
    Pinned,
    /// It is not pinned any more.
    Unpinned,
}
