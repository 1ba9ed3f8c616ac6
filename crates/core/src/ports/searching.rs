use super::StoreFuture;
use crate::domain::{Found, Millis, SearchWish, UserId};

/// Finds messages by what they say.
///
/// Whatever index there is, each message is looked at as it is now before it is told: its text, and whether the person may read it. What one
/// may not read is as if it were not. Edits and deletions are seen at once; a message that was just written may be a moment late, and then
/// [`indexed_to`](Found::indexed_to) says so.
pub trait Searching {
    /// A page of what the person finds. It takes little time: when that is over, the page has what was found until then.
    /// [`Refusal::RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`Refusal::NotMember`](crate::domain::Refusal::NotMember) for the room
    /// that is named; [`Refusal::Busy`](crate::domain::Refusal::Busy) when too many are looking for something.
    fn search(&self, user: UserId, wish: SearchWish) -> StoreFuture<Found>;

    /// Has the index made anew, beside everything else. Answers whether the storage has one that it makes by itself.
    fn reindex(&self) -> StoreFuture<bool>;

    /// How far the index is.
    fn index_progress(&self) -> StoreFuture<IndexProgress>;
}

/// How far the index of messages is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexProgress {
    /// Messages that are in it.
    pub messages: u64,
    /// The time of the first message that is to come into it; none when all are there.
    pub indexed_to: Option<Millis>,
}
