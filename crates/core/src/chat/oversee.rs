use super::Chat;
use crate::domain::{Actor, AuditEntry, Refusal, Report, ReportReason, RoomId, Seq};

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
}
