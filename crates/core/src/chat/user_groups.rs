use super::Chat;
use crate::domain::{Actor, GroupName, Refusal, UserGroup, UserId};

impl Chat {
    /// All groups that can be mentioned, by their names.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn groups(&self, actor: Actor) -> Result<Vec<UserGroup>, Refusal> {
        self.count_read(actor)?;
        self.store.groups(actor.user).await
    }

    /// Who is in a group, by their names.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`group_people`](crate::ports::UserGroups::group_people).
    pub async fn group_people(
        &self,
        actor: Actor,
        group: GroupName,
    ) -> Result<Vec<(UserId, String)>, Refusal> {
        self.count_read(actor)?;
        self.store.group_people(actor.user, group).await
    }

    /// Makes a group, if there is none of the name.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`make_group`](crate::ports::UserGroups::make_group).
    pub async fn make_group(&self, actor: Actor, group: GroupName) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.make_group(actor, group).await
    }

    /// Ends a group.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`end_group`](crate::ports::UserGroups::end_group).
    pub async fn end_group(&self, actor: Actor, group: GroupName) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.end_group(actor, group).await
    }

    /// Has a member be in a group.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`add_to_group`](crate::ports::UserGroups::add_to_group).
    pub async fn add_to_group(&self, actor: Actor, group: GroupName, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.add_to_group(actor, group, user).await
    }

    /// Has somebody be in a group no more.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`take_from_group`](crate::ports::UserGroups::take_from_group).
    pub async fn take_from_group(&self, actor: Actor, group: GroupName, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.take_from_group(actor, group, user).await
    }
}
