use super::Chat;
use crate::domain::permissions::{Operator, ServerRole};
use crate::domain::{Actor, Millis, Refusal, RoomId, UserId, UserName};
use crate::ports::{
    Device, NewAccount, NewSession, Registration, RoomReport, RoomReportQuery, SigningKey, StoreFuture,
    UserReport, UserReportQuery,
};

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

    /// Makes an account without a password for somebody, which is a member of no room. Its person comes in by a [reset link](Self::make_reset_link).
    pub async fn create_member(
        &self,
        operator: Operator,
        name: UserName,
        role: ServerRole,
    ) -> Result<UserId, Refusal> {
        let session = NewSession { token: self.token_of_nobody(), device: Device::default() };
        let account = NewAccount {
            login: name,
            name: None,
            password: None,
            email: None,
            invite: None,
            keeper: None,
            guest: None,
            session,
        };
        let (user, session, _) = self.store.register(account, Registration::Open).await?;
        // The account had to begin with a session, and nobody has its token.
        let actor = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
        self.store.end_session(actor).await?;
        if role != ServerRole::Member {
            self.store.set_server_role(operator, user.id, role).await?;
        }
        Ok(user.id)
    }

    /// Says what a member is on the server.
    pub async fn set_server_role(
        &self,
        operator: Operator,
        user: UserId,
        role: ServerRole,
    ) -> Result<(), Refusal> {
        self.store.set_server_role(operator, user, role).await
    }

    /// Makes a link by which a member who lost the password comes in. Answers its code, and up to when it is good.
    pub async fn make_reset_link(
        &self,
        operator: Operator,
        user: UserId,
    ) -> Result<(String, Millis), Refusal> {
        let code = self.secrets.new_token();
        let until = self.store.make_reset_link(operator, user, self.secrets.hash(&code)).await?;
        Ok((code, until))
    }

    /// Makes another key that signs access tokens. The one before is believed for a day still.
    pub async fn add_signing_key(&self, _: Operator, key: SigningKey) -> Result<(), Refusal> {
        self.store.add_signing_key(key).await
    }

    /// Ends an account. Answers whether there was one; then it hears nothing any more.
    pub async fn remove_user(&self, operator: Operator, user: UserId) -> Result<bool, Refusal> {
        match self.store.remove_user(operator, user).await? {
            Some(endings) => self.settle(endings).await.map(|()| true),
            None => Ok(false),
        }
    }
}
