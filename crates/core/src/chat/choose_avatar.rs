use super::Chat;
use crate::domain::{
    Actor, AvatarOwner, AvatarQuery, Avatars, FileId, OpenFile, Refusal, StoredAvatar, UserId,
};
use crate::ports::{NewAvatar, RateLimitKey};

/// Bytes of a picture that somebody gives, at most, where files may be as long. What is kept of it is small.
const AVATAR_BYTES: u64 = 8 * 1024 * 1024;
/// People and rooms of whom one request asks.
const ASKED_AT_ONCE: usize = 200;

impl Chat {
    /// Begins to give a person, a room or the server a picture, of so many bytes if that is known.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`], [`Refusal::FileRefused`], [`Refusal::RateLimited`], and those of
    /// [`begin_avatar`](crate::ports::AvatarStore::begin_avatar).
    pub async fn begin_avatar(
        &self,
        actor: Actor,
        of: AvatarOwner,
        bytes: Option<u64>,
    ) -> Result<OpenFile, Refusal> {
        let limit = self.admit_picture(actor, AVATAR_BYTES, bytes).await?;
        let (id, key) = self.new_file_names();
        self.store.begin_avatar(actor, NewAvatar { id, key: key.clone(), of }).await?;
        Ok(OpenFile { id, key, limit, until: self.clock.now() })
    }

    /// Looks whether somebody may bring so many bytes, if that is known, for something that has `most`. Answers how many may come.
    pub(super) async fn admit_picture(
        &self,
        actor: Actor,
        most: u64,
        bytes: Option<u64>,
    ) -> Result<u64, Refusal> {
        let limit = most.min(self.limits.file_bytes);
        if bytes.is_some_and(|bytes| bytes > limit) {
            return Err(Refusal::FileTooLarge { limit });
        }
        if bytes == Some(0) {
            return Err(Refusal::FileRefused("This file is empty."));
        }
        self.limiter.admit(RateLimitKey::Upload(actor.user)).await?;
        Ok(limit)
    }

    /// Says that the bytes of a picture are kept, and what they are.
    ///
    /// # Errors
    /// Those of [`finish_avatar`](crate::ports::AvatarStore::finish_avatar).
    pub async fn finish_avatar(&self, actor: Actor, id: FileId, media_type: String) -> Result<(), Refusal> {
        self.store.finish_avatar(actor, id, media_type).await
    }

    /// Gives up a picture that nobody is shown.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Refusal::Unavailable`].
    pub async fn discard_avatar(&self, id: FileId) -> Result<(), Refusal> {
        self.store.discard_avatar(id).await
    }

    /// Takes a picture away.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`remove_avatar`](crate::ports::AvatarStore::remove_avatar).
    pub async fn remove_avatar(&self, actor: Actor, of: AvatarOwner) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.remove_avatar(actor, of).await
    }

    /// A picture that is shown to this person, or to one who has not signed in. Lists show many at once, and a browser asks for each once for ever, so
    /// that nothing is counted.
    ///
    /// # Errors
    /// [`Refusal::FileNotFound`].
    pub async fn find_avatar(&self, user: Option<UserId>, id: FileId) -> Result<StoredAvatar, Refusal> {
        self.store.avatar(user, id).await
    }

    /// What the picture of the server is called, for whoever is about to sign in.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn server_avatar(&self) -> Result<Option<FileId>, Refusal> {
        self.store.server_avatar().await
    }

    /// What pictures are called.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn avatars(&self, actor: Actor, mut query: AvatarQuery) -> Result<Avatars, Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        query.people.truncate(ASKED_AT_ONCE);
        query.rooms.truncate(ASKED_AT_ONCE);
        self.store.avatars(actor.user, query).await
    }
}
