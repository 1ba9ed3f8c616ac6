use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, Seq, ThreadListPage, ThreadListQuery, ThreadPage, Window};
use crate::ports::{RateLimitKey, ThreadChange};

impl Chat {
    /// A page of a thread. A larger `limit` than allowed is served with what is allowed.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`thread`](crate::ports::Threads::thread).
    pub async fn read_thread(
        &self,
        actor: Actor,
        (room, root): (RoomId, Seq),
        window: Window,
        limit: u32,
    ) -> Result<ThreadPage, Refusal> {
        self.count_read(actor)?;
        self.store.thread(actor.user, room, root, window, limit.clamp(1, self.limits.page)).await
    }

    /// A page of the threads that the actor follows.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn list_threads(
        &self,
        actor: Actor,
        query: ThreadListQuery,
    ) -> Result<ThreadListPage, Refusal> {
        self.count_read(actor)?;
        let limit = query.limit.clamp(1, self.limits.page);
        self.store.threads(actor.user, ThreadListQuery { limit, ..query }).await
    }

    /// Follows a thread, ends that, or marks it as read.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`change_thread`](crate::ports::Threads::change_thread).
    pub async fn change_thread(
        &self,
        actor: Actor,
        (room, root): (RoomId, Seq),
        change: ThreadChange,
    ) -> Result<(), Refusal> {
        match change {
            ThreadChange::Followed | ThreadChange::Unfollowed => self.count_change(actor)?,
            ThreadChange::Read(_) => self.limiter.check(RateLimitKey::Read(actor.user))?,
        }
        self.store.change_thread(actor, room, root, change).await
    }
}
