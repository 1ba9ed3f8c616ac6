use super::{RoomReport, RoomReportQuery, Settling, StoreFuture, UserReport, UserReportQuery};
use crate::domain::permissions::ServerRole;
use crate::domain::{AccountBan, Actor, AuditEntry, Ban, Report, ReportReason, RoomId, Seq, UserId};

/// What those see and do who keep order on the whole server.
pub trait Oversight {
    /// What was done by those who keep order, the last first: at most `limit` of what stands before `before`.
    /// [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn audit(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<Vec<AuditEntry>>;

    /// Reports a message to those who keep order on the server. A repeat changes nothing.
    /// [`Refusal::RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`Refusal::NotMember`](crate::domain::Refusal::NotMember),
    /// [`Refusal::MessageNotFound`](crate::domain::Refusal::MessageNotFound).
    fn report(&self, actor: Actor, room: RoomId, target: Seq, reason: ReportReason) -> StoreFuture<()>;

    /// What was reported, the last first: at most `limit` of what stands before `before`. A message's text comes with it while there is one, when
    /// the room is public or the person who asks may read it there. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn reports(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<Vec<Report>>;

    /// Notes that a report was handled, or that it was not. Answers whether there is such a report.
    /// [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn handle_report(&self, actor: Actor, report: i64, handled: bool) -> StoreFuture<bool>;

    /// A page of all accounts, by their numbers. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn people(&self, user: UserId, query: UserReportQuery) -> StoreFuture<Vec<UserReport>>;

    /// Says what another member is on the server. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`Refusal::UserNotFound`](crate::domain::Refusal::UserNotFound) for one who is no member.
    fn choose_server_role(&self, actor: Actor, user: UserId, role: ServerRole) -> StoreFuture<()>;

    /// The rooms in which everybody is who comes, with their titles. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn first_rooms(&self, user: UserId) -> StoreFuture<Vec<(RoomId, String)>>;

    /// Says whether everybody who comes is in a public room from then on. Those who are there already stay where they are.
    /// [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden), [`Refusal::RoomNotFound`](crate::domain::Refusal::RoomNotFound).
    fn set_first_room(&self, actor: Actor, room: RoomId, is_first: bool) -> StoreFuture<()>;

    /// A page of the public rooms and of the private ones that the person is in, by their numbers.
    /// [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn rooms_of_the_server(&self, user: UserId, query: RoomReportQuery) -> StoreFuture<Vec<RoomReport>>;

    /// Whether somebody may see how the server is set up. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn check_may_see_server(&self, user: UserId) -> StoreFuture<()>;

    /// Has somebody not come to the server before the end of the ban: all sign-ins of the person end. A guest's account ends, and the browser that was
    /// the guest's makes no other one. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden),
    /// [`Refusal::UserNotFound`](crate::domain::Refusal::UserNotFound).
    fn ban_account(&self, actor: Actor, user: UserId, ban: AccountBan) -> StoreFuture<Vec<Settling>>;

    /// Ends that; no change where there is no ban. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn unban_account(&self, actor: Actor, user: UserId) -> StoreFuture<()>;

    /// Who is banned at present, the last first; bounded. [`Refusal::Forbidden`](crate::domain::Refusal::Forbidden).
    fn banned_accounts(&self, user: UserId) -> StoreFuture<Vec<Ban>>;
}
