use super::StoreFuture;
use crate::domain::{
    Actor, Attachment, BlobKey, FileId, FileName, Millis, OpenFile, Picture, RoomFilesPage, RoomId, Seq,
    StoredFile, UserId,
};

/// A file that somebody begins to share.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Its name for programs.
    pub id: FileId,
    /// Where its bytes will be.
    pub key: BlobKey,
    /// The room in which it is shared.
    pub room: RoomId,
    /// Its name for people.
    pub name: FileName,
    /// How many bytes are kept free for it.
    pub bytes: u64,
    /// Bytes that all files of one person may have together.
    pub of_person: u64,
    /// For how long it waits for its message, in milliseconds.
    pub unsent_ms: i64,
}

/// What was found out of a file whose bytes are there.
#[derive(Clone, Debug)]
pub struct MadeFile {
    /// What it is, by its content.
    pub media_type: String,
    /// How long it is.
    pub bytes: u64,
    /// What is known of a picture that was encoded anew.
    pub picture: Option<Picture>,
    /// What the smaller ones of it are that stand beside it, if there are any.
    pub scaled: Option<String>,
}

/// Files that people share. A file belongs to a room from its beginning and to one message from when that is sent: then those read it who read
/// the message, before only whoever shares it. Nothing finds a file but through a person.
///
/// Wherever a message goes, its files go with it, in the same transaction; their bytes follow by [`removals`](Self::removals).
pub trait Files {
    /// Begins a file. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`NotMember`](crate::domain::Refusal::NotMember),
    /// [`Forbidden`](crate::domain::Refusal::Forbidden), [`FileQuota`](crate::domain::Refusal::FileQuota), and those of
    /// [`check_sharing`](crate::domain::permissions::check_sharing). Answers up to when it waits for its message.
    fn begin_file(&self, actor: Actor, file: NewFile) -> StoreFuture<Millis>;

    /// Says that all bytes of a file are kept durably. [`FileNotFound`](crate::domain::Refusal::FileNotFound) when it is gone meanwhile, or waits for
    /// none.
    fn finish_file(&self, actor: Actor, id: FileId, made: MadeFile) -> StoreFuture<Attachment>;

    /// A file of the person that waits for its bytes. [`FileNotFound`](crate::domain::Refusal::FileNotFound).
    fn unfinished_file(&self, user: UserId, id: FileId) -> StoreFuture<OpenFile>;

    /// Gives up a file of the actor that was not sent. It is harmless when there is none.
    fn discard_file(&self, actor: Actor, id: FileId) -> StoreFuture<()>;

    /// A file that the person may read now. [`FileNotFound`](crate::domain::Refusal::FileNotFound), whether it never was, is gone, or is
    /// somebody else's affair.
    fn file(&self, user: UserId, id: FileId) -> StoreFuture<StoredFile>;

    /// The files of at most `limit` messages of a room, those before `before`, that the person reads: the newest first. What is not sent yet is not
    /// among them. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), and what refuses to read a log.
    fn room_files(
        &self,
        user: UserId,
        room: RoomId,
        before: Option<Seq>,
        limit: u32,
    ) -> StoreFuture<RoomFilesPage>;

    /// Has those go that were not sent in their time. Answers how many.
    fn expire_files(&self) -> StoreFuture<u32>;

    /// Some of the keys whose bytes are to go, because nothing names them any more.
    fn removals(&self, limit: u32) -> StoreFuture<Vec<BlobKey>>;

    /// Notes that the bytes of these keys are gone.
    fn removed(&self, keys: Vec<BlobKey>) -> StoreFuture<()>;
}
