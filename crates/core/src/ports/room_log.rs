use super::StoreFuture;
use crate::domain::{LogAccess, RoomEvent, Seq};

/// Reads on in a room's log: for those who were away, and for what was committed while they were brought up to date.
pub trait RoomLog: Send + Sync {
    /// The next part of a replay, for somebody whose right was granted after everything of the replay was wanted.
    /// [`Refusal::Unavailable`](crate::domain::Refusal::Unavailable) when the storage fails.
    fn replay(&self, access: &LogAccess, span: ReplaySpan) -> StoreFuture<ReplayPage>;
}

/// What is read at once of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplaySpan {
    /// Up to where the client had the log when the replay began, with all changes up to there.
    pub seen: Seq,
    /// Up to where it was read since.
    pub after: Seq,
    /// Places of the log to be read at most.
    pub limit: u32,
}

/// A part of a replay.
///
/// Only the state at the end matters to whoever was away. So a change of a message is left out when a later one is told, or when its message
/// is told in the same replay. The last change of a message that the client has had before is told, as
/// [`Changed`](crate::domain::MessageEvent::Changed), with the message as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplayPage {
    /// Events, messages among them, oldest first. What is missing between them was left out.
    pub events: Vec<RoomEvent>,
    /// The last place that was read; [`ReplaySpan::after`] when there is nothing behind it.
    pub through: Seq,
    /// Where the log has to be read up to at least, since something that was left out is told there.
    pub until: Seq,
}
