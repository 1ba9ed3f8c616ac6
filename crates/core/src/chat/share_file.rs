use super::Chat;
use crate::domain::{
    Actor, Attachment, BlobKey, FileId, FileName, OpenFile, Refusal, RoomFilesPage, RoomId, Seq, StoredFile,
    UNSENT_MS, UserId,
};
use crate::ports::{Blobs, MadeFile, NewFile, RateLimitKey};

/// Keys of one round of removals.
const ROUND: u32 = 100;

impl Chat {
    /// Begins to share a file in a room, of so many bytes if that is known. All that can be refused is refused before the first of them.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`], [`Refusal::FileRefused`], [`Refusal::RateLimited`], and those of
    /// [`begin_file`](crate::ports::Files::begin_file).
    pub async fn begin_file(
        &self,
        actor: Actor,
        room: RoomId,
        name: &str,
        bytes: Option<u64>,
    ) -> Result<OpenFile, Refusal> {
        let most = self.limits.file_bytes;
        if bytes.is_some_and(|bytes| bytes > most) {
            return Err(Refusal::FileTooLarge { limit: most });
        }
        if bytes == Some(0) {
            return Err(Refusal::FileRefused("This file is empty."));
        }
        self.limiter.admit(RateLimitKey::Upload(actor.user)).await?;
        if let Some(address) = actor.address {
            self.limiter.admit(RateLimitKey::GuestUpload(address)).await?;
        }
        let limit = bytes.unwrap_or(most);
        let (id, key) = self.new_file_names();
        let file = NewFile {
            id,
            key: key.clone(),
            room,
            name: FileName::of(name),
            bytes: limit,
            of_person: self.limits.file_bytes_per_person,
            unsent_ms: UNSENT_MS,
        };
        let until = self.store.begin_file(actor, file).await?;
        Ok(OpenFile { id, key, limit, until })
    }

    /// Says that the bytes of a file are kept, and what it is.
    ///
    /// # Errors
    /// Those of [`finish_file`](crate::ports::Files::finish_file).
    pub async fn finish_file(&self, actor: Actor, id: FileId, made: MadeFile) -> Result<Attachment, Refusal> {
        self.store.finish_file(actor, id, made).await
    }

    /// A file of the actor that waits for its bytes.
    ///
    /// # Errors
    /// [`Refusal::FileNotFound`], [`Refusal::RateLimited`].
    pub async fn unfinished_file(&self, actor: Actor, id: FileId) -> Result<OpenFile, Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        self.store.unfinished_file(actor.user, id).await
    }

    /// Gives up a file that was not sent.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Refusal::Unavailable`].
    pub async fn discard_file(&self, actor: Actor, id: FileId) -> Result<(), Refusal> {
        self.store.discard_file(actor, id).await
    }

    /// A file that the person may read now.
    ///
    /// # Errors
    /// [`Refusal::FileNotFound`], [`Refusal::RateLimited`].
    pub async fn find_file(&self, user: UserId, id: FileId) -> Result<StoredFile, Refusal> {
        self.limiter.check(RateLimitKey::Read(user))?;
        self.store.file(user, id).await
    }

    /// The files of some messages of a room, those before `before`, the newest first.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`room_files`](crate::ports::Files::room_files).
    pub async fn room_files(
        &self,
        actor: Actor,
        room: RoomId,
        before: Option<Seq>,
        limit: u32,
    ) -> Result<RoomFilesPage, Refusal> {
        self.count_read(actor)?;
        self.store.room_files(actor.user, room, before, limit.clamp(1, self.limits.page)).await
    }

    /// Has files go that were not sent in their time. Answers how many.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Refusal::Unavailable`].
    pub async fn expire_files(&self) -> Result<u32, Refusal> {
        self.store.expire_files().await
    }

    /// Removes the bytes that nothing names any more: the rows are gone already, and the note of a key goes when its bytes are. So a server that
    /// ends in between goes on later. Answers how many keys that were.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Refusal::Unavailable`].
    pub async fn remove_blobs(&self, blobs: &dyn Blobs) -> Result<u32, Refusal> {
        let mut removed = 0;
        loop {
            let keys = self.store.removals(ROUND).await?;
            let mut gone = Vec::with_capacity(keys.len());
            for key in &keys {
                // What cannot be removed now stays noted, and keeps no other one from it.
                if blobs.remove(key).await.is_ok() {
                    gone.push(key.clone());
                }
            }
            let is_last = keys.len() < ROUND as usize || gone.is_empty();
            removed += u32::try_from(gone.len()).unwrap_or(u32::MAX);
            if !gone.is_empty() {
                self.store.removed(gone).await?;
            }
            if is_last {
                return Ok(removed);
            }
        }
    }

    /// Random names, of which one tells nothing of the other.
    pub(super) fn new_file_names(&self) -> (FileId, BlobKey) {
        let half = |halves: [u8; 32], from: usize| {
            let mut half = [0; 16];
            half.copy_from_slice(&halves[from..from + 16]);
            half
        };
        let random = self.secrets.hash(&self.secrets.new_token()).0;
        (FileId::new(half(random, 0)), BlobKey::new(half(random, 16)))
    }
}
