use super::StoreFuture;
use crate::domain::{Actor, GroupName, UserGroup, UserId};

/// Groups of people who are mentioned at once.
///
/// A group mentions those who are in it and in the room when it is said. Who comes or goes later changes nothing of that.
pub trait UserGroups {
    /// All groups, by their names; none for those without an account of their own. Bounded by [`GroupName::MOST`].
    fn groups(&self, user: UserId) -> StoreFuture<Vec<UserGroup>>;

    /// Who is in a group, by their names. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden), [`Refusal::GroupNotFound`](crate::domain::Refusal::GroupNotFound).
    fn group_people(&self, user: UserId, group: GroupName) -> StoreFuture<Vec<(UserId, String)>>;

    /// Makes a group without anybody in it. A repeat changes nothing. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`Refusal::GroupLimit`](crate::domain::Refusal::GroupLimit).
    fn make_group(&self, actor: Actor, group: GroupName) -> StoreFuture<()>;

    /// Ends a group. What it was mentioned by stays. It is harmless when there is none.
    /// [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn end_group(&self, actor: Actor, group: GroupName) -> StoreFuture<()>;

    /// Has a member be in a group. A repeat changes nothing. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`Refusal::GroupNotFound`](crate::domain::Refusal::GroupNotFound), [`Refusal::UserNotFound`](crate::domain::Refusal::UserNotFound),
    /// [`Refusal::GroupFull`](crate::domain::Refusal::GroupFull).
    fn add_to_group(&self, actor: Actor, group: GroupName, user: UserId) -> StoreFuture<()>;

    /// Has somebody be in a group no more. It is harmless for one who is not. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`Refusal::GroupNotFound`](crate::domain::Refusal::GroupNotFound).
    fn take_from_group(&self, actor: Actor, group: GroupName, user: UserId) -> StoreFuture<()>;
}
