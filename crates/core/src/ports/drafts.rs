use super::StoreFuture;
use crate::domain::{Actor, KeptDraft, UserId};

/// What people have begun to write. It ends with the membership, and with the message that it is to answer or to stand under.
pub trait Drafts {
    /// Keeps a draft in the place of the one before, or with no text forgets that, and tells the actor's other connections. The time is given by the
    /// storage. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`NotMember`](crate::domain::Refusal::NotMember),
    /// [`DraftLimit`](crate::domain::Refusal::DraftLimit).
    fn keep_draft(&self, actor: Actor, draft: KeptDraft) -> StoreFuture<()>;

    /// All drafts of a person, the last one first.
    fn drafts(&self, user: UserId) -> StoreFuture<Vec<KeptDraft>>;
}
