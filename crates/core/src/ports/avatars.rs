use super::StoreFuture;
use crate::domain::{Actor, AvatarOwner, AvatarQuery, Avatars, BlobKey, FileId, StoredAvatar, UserId};

/// A picture that somebody begins to give.
#[derive(Clone, Debug)]
pub struct NewAvatar {
    /// What it will be called.
    pub id: FileId,
    /// Where its bytes will be.
    pub key: BlobKey,
    /// Whose it is to be.
    pub of: AvatarOwner,
}

/// Pictures of people, of rooms and of the server. Who gives one is said by the table of rights. What nobody is shown any more leaves its key for
/// [`removals`](super::Files::removals), in the same transaction.
pub trait AvatarStore {
    /// Begins a picture, which nobody is shown yet. [`Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`NotMember`](crate::domain::Refusal::NotMember).
    fn begin_avatar(&self, actor: Actor, avatar: NewAvatar) -> StoreFuture<()>;

    /// Says that its bytes are kept durably, and what they are: it is shown in place of the one before, and everybody hears of it. Refused as
    /// [`begin_avatar`](Self::begin_avatar), and with [`FileNotFound`](crate::domain::Refusal::FileNotFound) when it is gone meanwhile.
    fn finish_avatar(&self, actor: Actor, id: FileId, media_type: String) -> StoreFuture<()>;

    /// Gives up a picture that nobody is shown. It is harmless when there is none.
    fn discard_avatar(&self, id: FileId) -> StoreFuture<()>;

    /// Takes a picture away; it is harmless when there is none. [`Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`UserNotFound`](crate::domain::Refusal::UserNotFound), and those of rooms.
    fn remove_avatar(&self, actor: Actor, of: AvatarOwner) -> StoreFuture<()>;

    /// A picture that is shown: that of the server to everybody, those of people to all who have signed in, that of a room to those who find it.
    /// [`FileNotFound`](crate::domain::Refusal::FileNotFound) for everybody else.
    fn avatar(&self, user: Option<UserId>, id: FileId) -> StoreFuture<StoredAvatar>;

    /// What the picture of the server is called, if it has one.
    fn server_avatar(&self) -> StoreFuture<Option<FileId>>;

    /// What the pictures are called of those of whom the person asks, as far as they have one and the person finds them.
    fn avatars(&self, user: UserId, query: AvatarQuery) -> StoreFuture<Avatars>;
}
