use super::StoreFuture;
use crate::domain::{
    Actor, DuePush, Millis, PushDevice, PushEnd, PushNews, PushTarget, QueuedPushes, RoomId, UserId,
};

/// What is pushed to devices whose person is elsewhere. It follows the logs, at least once: what was found is kept until a push service has taken it.
pub trait Pushing {
    /// The private key by which push services know this server; `fresh` when there is none yet.
    fn push_key(&self, fresh: Vec<u8>) -> StoreFuture<Vec<u8>>;

    /// Has the device be pushed to at which the actor is signed in, until that ends. Another sign-in with the same address is pushed to no more.
    /// [`Forbidden`](crate::domain::Refusal::Forbidden) for a visitor.
    fn subscribe(&self, actor: Actor, target: PushTarget) -> StoreFuture<()>;

    /// Ends that. It is harmless when it is not so.
    fn unsubscribe(&self, actor: Actor) -> StoreFuture<()>;

    /// How the device is pushed to at which the actor is signed in, if it is.
    fn push_device(&self, actor: Actor) -> StoreFuture<Option<PushDevice>>;

    /// What came in at most `limit` rooms since they were looked at, by their numbers from behind `after`. None while there is no device at all.
    fn push_news(&self, after: RoomId, limit: u32) -> StoreFuture<Vec<PushNews>>;

    /// Notes what of it is to be pushed, `due` then, and up to where was looked. Where another node was faster nothing is noted.
    fn queue_pushes(&self, pushes: Vec<QueuedPushes>, due: Millis) -> StoreFuture<()>;

    /// Takes what is due, at most `limit` rooms of devices, what has waited longest first. It is due again at `until` if nobody says what became of
    /// it, and until then nothing else of that room is due for that device, as with what is to be tried again later. `on_their_way` names whoever
    /// has a push on its way, once for each: nobody has more than [`PUSHES_ON_THEIR_WAY`](crate::domain::PUSHES_ON_THEIR_WAY). What was read or
    /// deleted meanwhile, or may not be read any more, goes, and so does what is older than the newest
    /// [`PUSHES_WAITING`](crate::domain::PUSHES_WAITING) messages of a room. Nothing is taken while another node takes.
    fn take_pushes(&self, limit: u32, until: Millis, on_their_way: Vec<UserId>) -> StoreFuture<Vec<DuePush>>;

    /// Notes what became of one.
    fn end_push(&self, push: DuePush, end: PushEnd) -> StoreFuture<()>;
}
