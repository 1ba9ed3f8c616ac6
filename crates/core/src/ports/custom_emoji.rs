use super::StoreFuture;
use crate::domain::{Actor, BlobKey, CustomEmoji, EmojiName, FileId, StoredAvatar, UserId};

/// An emoji that somebody begins to give the server.
#[derive(Clone, Debug)]
pub struct NewEmoji {
    /// What its picture will be called.
    pub id: FileId,
    /// Where the bytes of that will be.
    pub key: BlobKey,
    /// What it is to be called.
    pub name: EmojiName,
}

/// Emoji that the server has of its own. Who changes them is said by the table of rights, and who did so by the audit. What is shown no more leaves its
/// key for [`removals`](super::Files::removals), in the same transaction.
pub trait EmojiStore {
    /// All of them, by their names. Bounded by [`EmojiName::MOST`].
    fn emoji(&self) -> StoreFuture<Vec<CustomEmoji>>;

    /// Begins one, which nobody sees yet. [`Forbidden`](crate::domain::Refusal::Forbidden), [`EmojiLimit`](crate::domain::Refusal::EmojiLimit).
    fn begin_emoji(&self, actor: Actor, emoji: NewEmoji) -> StoreFuture<()>;

    /// Says that the bytes of its picture are kept durably, and what they are: it takes the place of one of the same name, and everybody hears of it.
    /// Refused as [`begin_emoji`](Self::begin_emoji), and with [`FileNotFound`](crate::domain::Refusal::FileNotFound) when it is gone meanwhile.
    fn finish_emoji(&self, actor: Actor, id: FileId, media_type: String) -> StoreFuture<()>;

    /// Gives up one that nobody sees. It is harmless when there is none.
    fn discard_emoji(&self, id: FileId) -> StoreFuture<()>;

    /// Takes one away, and everybody hears of it. Where it stands in texts and reactions, its name stays. It is harmless when there is none.
    /// [`Forbidden`](crate::domain::Refusal::Forbidden).
    fn remove_emoji(&self, actor: Actor, name: EmojiName) -> StoreFuture<()>;

    /// The picture of one, for everybody who has signed in. [`FileNotFound`](crate::domain::Refusal::FileNotFound).
    fn emoji_picture(&self, user: UserId, id: FileId) -> StoreFuture<StoredAvatar>;
}
