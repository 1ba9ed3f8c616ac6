use super::StoreFuture;
use crate::domain::{Actor, RoomId, Seq, ThreadListPage, ThreadListQuery, ThreadPage, UserId, Window};

/// What a person has to do with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadChange {
    /// Its news are the person's from now on. What was said until now counts as read.
    Followed,
    /// They are not any more, until the person writes there or follows it again.
    Unfollowed,
    /// Replies up to this place are read.
    Read(Seq),
}

/// What is said under messages. Whoever wrote the root, replies, or is mentioned in a reply follows a thread; who ended that is only brought
/// back by a reply of one's own.
///
/// Wherever a root is read, it says what hangs under it.
pub trait Threads {
    /// A page of a thread. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`NotMember`](crate::domain::Refusal::NotMember),
    /// [`MessageNotFound`](crate::domain::Refusal::MessageNotFound) for what is no message that the person reads, or hangs under another one.
    fn thread(
        &self,
        user: UserId,
        room: RoomId,
        root: Seq,
        window: Window,
        limit: u32,
    ) -> StoreFuture<ThreadPage>;

    /// A page of the threads that a person follows, in all of the person's rooms.
    fn threads(&self, user: UserId, query: ThreadListQuery) -> StoreFuture<ThreadListPage>;

    /// Changes what a thread is to a member; a mark never moves back. The same errors as for [`thread`](Self::thread).
    fn change_thread(&self, actor: Actor, room: RoomId, root: Seq, change: ThreadChange) -> StoreFuture<()>;
}
