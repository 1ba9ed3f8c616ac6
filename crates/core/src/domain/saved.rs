use super::{Message, Millis};

/// Messages that one person keeps for later at most.
pub const SAVED_PER_PERSON: u32 = 1000;

/// A message that somebody keeps for later, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedMessage {
    /// The number of the entry; a later one has a higher.
    pub id: i64,
    /// When it was saved.
    pub at: Millis,
    /// The message.
    pub message: Message,
}

/// A page of them, the last one saved first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedPage {
    /// Those that the person may still read.
    pub saved: Vec<SavedMessage>,
    /// Behind which entry the next page begins, when there may be one.
    pub next: Option<i64>,
}
