use super::Chat;
use crate::domain::{
    Actor, DuePush, Millis, PushDevice, PushEnd, PushNews, PushTarget, QueuedPushes, Refusal, RoomId, UserId,
};

impl Chat {
    /// The private key by which push services know this server; `fresh` when there is none yet.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn push_key(&self, fresh: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        self.store.push_key(fresh).await
    }

    /// Has the device be pushed to at which the actor is signed in.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`subscribe`](crate::ports::Pushing::subscribe).
    pub async fn subscribe_to_pushes(&self, actor: Actor, target: PushTarget) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.subscribe(actor, target).await
    }

    /// Ends that.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn unsubscribe_from_pushes(&self, actor: Actor) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.unsubscribe(actor).await
    }

    /// How the device is pushed to at which the actor is signed in.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn push_device(&self, actor: Actor) -> Result<Option<PushDevice>, Refusal> {
        self.count_read(actor)?;
        self.store.push_device(actor).await
    }

    /// The same for somebody who wants to see whether a push comes, which counts as a change.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn push_device_to_test(&self, actor: Actor) -> Result<Option<PushDevice>, Refusal> {
        self.count_change(actor)?;
        self.store.push_device(actor).await
    }

    /// Notes that the push service says that the browser of the actor's device is gone.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn push_device_is_gone(&self, actor: Actor) -> Result<(), Refusal> {
        self.store.unsubscribe(actor).await
    }

    /// What came since it was looked at last, in rooms behind `after`.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn push_news(&self, after: RoomId, limit: u32) -> Result<Vec<PushNews>, Refusal> {
        self.store.push_news(after, limit).await
    }

    /// Notes what of it is to be pushed, and when.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn queue_pushes(&self, pushes: Vec<QueuedPushes>, due: Millis) -> Result<(), Refusal> {
        self.store.queue_pushes(pushes, due).await
    }

    /// Takes what is due, and little of those who have something on its way.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn take_pushes(
        &self,
        limit: u32,
        until: Millis,
        on_their_way: Vec<UserId>,
    ) -> Result<Vec<DuePush>, Refusal> {
        self.store.take_pushes(limit, until, on_their_way).await
    }

    /// Notes what became of one.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn end_push(&self, push: DuePush, end: PushEnd) -> Result<(), Refusal> {
        self.store.end_push(push, end).await
    }
}
