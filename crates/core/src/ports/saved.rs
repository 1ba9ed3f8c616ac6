use super::StoreFuture;
use crate::domain::{Actor, RoomId, SavedPage, Seq, UserId};

/// Messages that people keep for later. Nobody else learns of it.
pub trait SavedMessages {
    /// Keeps a message. A repeat changes nothing. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound),
    /// [`NotMember`](crate::domain::Refusal::NotMember), [`MessageNotFound`](crate::domain::Refusal::MessageNotFound),
    /// [`SavedLimit`](crate::domain::Refusal::SavedLimit).
    fn save(&self, actor: Actor, room: RoomId, target: Seq) -> StoreFuture<()>;

    /// Keeps it no longer. It is harmless when it is not kept.
    fn unsave(&self, actor: Actor, room: RoomId, target: Seq) -> StoreFuture<()>;

    /// At most `limit` of those that were saved before the entry `before`, the last first. What the person may not read any more is left out.
    fn saved(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<SavedPage>;
}
