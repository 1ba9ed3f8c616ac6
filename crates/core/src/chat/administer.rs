use super::Chat;
use crate::domain::permissions::Operator;
use crate::domain::{Refusal, RoomId, UserId};
use crate::ports::{RoomReport, RoomReportQuery, StoreFuture, UserReport, UserReportQuery};

/// What the operator asks for at the console. Nothing of it is limited in its rate.
///
/// Each fails as its method of [`Administration`](crate::ports::Administration) does.
impl Chat {
    /// A page of all rooms.
    pub fn report_rooms(&self, operator: Operator, query: RoomReportQuery) -> StoreFuture<Vec<RoomReport>> {
        let limit = query.limit.clamp(1, self.limits.page);
        self.store.report_rooms(operator, RoomReportQuery { limit, ..query })
    }

    /// Deletes a room. When this is answered, nobody hears it any more.
    pub async fn remove_room(&self, operator: Operator, room: RoomId) -> Result<(), Refusal> {
        let endings = self.store.remove_room(operator, room).await?;
        self.settle(endings).await
    }

    /// A page of all accounts.
    pub fn report_users(&self, operator: Operator, query: UserReportQuery) -> StoreFuture<Vec<UserReport>> {
        let limit = query.limit.clamp(1, self.limits.page);
        self.store.report_users(operator, UserReportQuery { limit, ..query })
    }

    /// Ends an account. Answers whether there was one; then it hears nothing any more.
    pub async fn remove_user(&self, operator: Operator, user: UserId) -> Result<bool, Refusal> {
        match self.store.remove_user(operator, user).await? {
            Some(endings) => self.settle(endings).await.map(|()| true),
            None => Ok(false),
        }
    }
}
