use super::Chat;
use crate::domain::permissions::ServerRole;
use crate::domain::{Actor, AuditEntry, NameSearch, Refusal, Report, ReportReason, RoomId, Seq, UserId};
use crate::ports::{UserReport, UserReportQuery};

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
}
