use super::StoreFuture;
use crate::domain::{Actor, Pin, PinChange, RoomId, Seq, UserId};

/// A message that somebody pins or unpins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pinning {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub target: Seq,
    /// Which of both.
    pub change: PinChange,
}

/// Messages that are held up for everybody in a room. Wherever a message is read, it says whether it is pinned.
pub trait Pins {
    /// Pins a message, or ends that. What is so already is no event. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound),
    /// [`NotMember`](crate::domain::Refusal::NotMember), [`Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`Archived`](crate::domain::Refusal::Archived), [`MessageNotFound`](crate::domain::Refusal::MessageNotFound),
    /// [`PinLimit`](crate::domain::Refusal::PinLimit) above [`PINS_PER_ROOM`](crate::domain::PINS_PER_ROOM).
    fn pin(&self, actor: Actor, pinning: Pinning) -> StoreFuture<()>;

    /// The pinned messages of a room that the person may read, the last one pinned first.
    /// [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`NotMember`](crate::domain::Refusal::NotMember).
    fn pins(&self, user: UserId, room: RoomId) -> StoreFuture<Vec<Pin>>;
}
