use super::Chat;
use crate::domain::{Actor, CustomEmoji, EmojiName, FileId, OpenFile, Refusal, StoredAvatar, UserId};
use crate::ports::{NewEmoji, RateLimitKey};

/// Bytes of a picture that somebody gives, at most, where files may be as long. What is kept of it is small.
const EMOJI_BYTES: u64 = 2 * 1024 * 1024;

impl Chat {
    /// All emoji that the server has of its own, by their names.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn emoji(&self, actor: Actor) -> Result<Vec<CustomEmoji>, Refusal> {
        self.limiter.check(RateLimitKey::Read(actor.user))?;
        self.store.emoji().await
    }

    /// Begins to give the server an emoji, whose picture has so many bytes if that is known.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`], [`Refusal::FileRefused`], [`Refusal::RateLimited`], and those of [`begin_emoji`](crate::ports::EmojiStore::begin_emoji).
    pub async fn begin_emoji(
        &self,
        actor: Actor,
        name: EmojiName,
        bytes: Option<u64>,
    ) -> Result<OpenFile, Refusal> {
        let limit = self.admit_picture(actor, EMOJI_BYTES, bytes).await?;
        let (id, key) = self.new_file_names();
        self.store.begin_emoji(actor, NewEmoji { id, key: key.clone(), name }).await?;
        Ok(OpenFile { id, key, limit, until: self.clock.now() })
    }

    /// Says that the bytes of its picture are kept, and what they are.
    ///
    /// # Errors
    /// Those of [`finish_emoji`](crate::ports::EmojiStore::finish_emoji).
    pub async fn finish_emoji(&self, actor: Actor, id: FileId, media_type: String) -> Result<(), Refusal> {
        self.store.finish_emoji(actor, id, media_type).await
    }

    /// Gives up one that nobody sees.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Refusal::Unavailable`].
    pub async fn discard_emoji(&self, id: FileId) -> Result<(), Refusal> {
        self.store.discard_emoji(id).await
    }

    /// Takes one away.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`remove_emoji`](crate::ports::EmojiStore::remove_emoji).
    pub async fn remove_emoji(&self, actor: Actor, name: EmojiName) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.remove_emoji(actor, name).await
    }

    /// The picture of one. A text may show many at once, and a browser asks for each once for ever, so that nothing is counted.
    ///
    /// # Errors
    /// [`Refusal::FileNotFound`].
    pub async fn emoji_picture(&self, user: UserId, id: FileId) -> Result<StoredAvatar, Refusal> {
        self.store.emoji_picture(user, id).await
    }
}
