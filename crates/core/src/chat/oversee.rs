use super::Chat;
use crate::domain::permissions::ServerRole;
use crate::domain::{
    AccountBan, Actor, AuditEntry, Ban, NameSearch, Refusal, Report, ReportReason, RoomId, RoomSearch, Seq,
    UserId,
};
use crate::ports::{Makers, RoomReport, RoomReportQuery, UserReport, UserReportQuery};

impl Chat {
    /// A page of what was done by those who keep order, the last first.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`audit`](crate::ports::Oversight::audit).
    pub async fn audit(
        &self,
        actor: Actor,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, Refusal> {
        self.count_read(actor)?;
        self.store.audit(actor.user, before, limit.clamp(1, self.limits.page)).await
    }

    /// Reports a message to those who keep order on the server.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`report`](crate::ports::Oversight::report).
    pub async fn report(
        &self,
        actor: Actor,
        room: RoomId,
        target: Seq,
        reason: ReportReason,
    ) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.report(actor, room, target, reason).await
    }

    /// A page of what was reported, the last first.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`reports`](crate::ports::Oversight::reports).
    pub async fn reports(
        &self,
        actor: Actor,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Report>, Refusal> {
        self.count_read(actor)?;
        self.store.reports(actor.user, before, limit.clamp(1, self.limits.page)).await
    }

    /// Notes that a report was handled, or that it was not. Answers whether there is such a report.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`handle_report`](crate::ports::Oversight::handle_report).
    pub async fn handle_report(&self, actor: Actor, report: i64, handled: bool) -> Result<bool, Refusal> {
        self.count_change(actor)?;
        self.store.handle_report(actor, report, handled).await
    }

    /// A page of all accounts with `search` in their names, by their numbers.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`people`](crate::ports::Oversight::people).
    pub async fn people(
        &self,
        actor: Actor,
        search: NameSearch,
        after: UserId,
        limit: u32,
    ) -> Result<Vec<UserReport>, Refusal> {
        self.count_read(actor)?;
        let limit = limit.clamp(1, self.limits.page);
        self.store.people(actor.user, UserReportQuery { which: None, search, after, limit }).await
    }

    /// Says what another member is on the server.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`choose_server_role`](crate::ports::Oversight::choose_server_role).
    pub async fn choose_server_role(
        &self,
        actor: Actor,
        user: UserId,
        role: ServerRole,
    ) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.choose_server_role(actor, user, role).await
    }

    /// The rooms in which everybody is who comes, with their titles.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`first_rooms`](crate::ports::Oversight::first_rooms).
    pub async fn first_rooms(&self, actor: Actor) -> Result<Vec<(RoomId, String)>, Refusal> {
        self.count_read(actor)?;
        self.store.first_rooms(actor.user).await
    }

    /// Says whether everybody who comes is in a public room from then on.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`set_first_room`](crate::ports::Oversight::set_first_room).
    pub async fn set_first_room(&self, actor: Actor, room: RoomId, is_first: bool) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.set_first_room(actor, room, is_first).await
    }

    /// A page of the rooms that one who runs the server may know of, with `search` in them, by their numbers.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`rooms_of_the_server`](crate::ports::Oversight::rooms_of_the_server).
    pub async fn rooms_of_the_server(
        &self,
        actor: Actor,
        search: RoomSearch,
        after: RoomId,
        limit: u32,
    ) -> Result<Vec<RoomReport>, Refusal> {
        self.count_read(actor)?;
        let (limit, seen_by) = (limit.clamp(1, self.limits.page), Some(actor.user));
        let query = RoomReportQuery { which: None, search, makers: Makers::All, seen_by, after, limit };
        self.store.rooms_of_the_server(actor.user, query).await
    }

    /// Whether somebody may see how the server is set up.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::Forbidden`].
    pub async fn check_may_see_server(&self, actor: Actor) -> Result<(), Refusal> {
        self.count_read(actor)?;
        self.store.check_may_see_server(actor.user).await
    }

    /// Keeps somebody out of the server. When this is answered, none of the person's connections hears anything any more.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`ban_account`](crate::ports::Oversight::ban_account).
    pub async fn ban_account(&self, actor: Actor, user: UserId, ban: AccountBan) -> Result<(), Refusal> {
        self.count_change(actor)?;
        let endings = self.store.ban_account(actor, user, ban).await?;
        self.settle(endings).await
    }

    /// Lets somebody come again.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`unban_account`](crate::ports::Oversight::unban_account).
    pub async fn unban_account(&self, actor: Actor, user: UserId) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.unban_account(actor, user).await
    }

    /// Who is kept out of the server.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`banned_accounts`](crate::ports::Oversight::banned_accounts).
    pub async fn banned_accounts(&self, actor: Actor) -> Result<Vec<Ban>, Refusal> {
        self.count_read(actor)?;
        self.store.banned_accounts(actor.user).await
    }
}
