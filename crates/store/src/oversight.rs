//! What those see and do who keep order on the whole server, or run it.

use crate::engine::{Engine, SqlStore};
use crate::{account_bans, accounts, administration, audit, first_rooms, reports};
use chinwag_core::domain::permissions::{ServerAction, ServerRole};
use chinwag_core::domain::{AccountBan, Actor, AuditEntry, Ban, Report, ReportReason, RoomId, Seq, UserId};
use chinwag_core::ports::{
    Oversight, RoomReport, RoomReportQuery, Settling, StoreFuture, UserReport, UserReportQuery,
};

impl<E: Engine> Oversight for SqlStore<E> {
    fn audit(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<Vec<AuditEntry>> {
        self.0.read("audit", move |sql| audit::page(sql, user, before, limit))
    }

    fn report(&self, actor: Actor, room: RoomId, target: Seq, reason: ReportReason) -> StoreFuture<()> {
        self.0.write("report", move |write| reports::report(write, actor, room, target, &reason))
    }

    fn reports(&self, user: UserId, before: Option<i64>, limit: u32) -> StoreFuture<Vec<Report>> {
        self.0.read("reports", move |sql| reports::page(sql, user, before, limit))
    }

    fn handle_report(&self, actor: Actor, report: i64, handled: bool) -> StoreFuture<bool> {
        self.0.write("handle_report", move |write| reports::handle(write, actor, report, handled))
    }

    fn people(&self, user: UserId, query: UserReportQuery) -> StoreFuture<Vec<UserReport>> {
        self.0.read("people", move |sql| {
            audit::check(sql, user, ServerAction::ManagePeople)?;
            administration::report_users(sql, &query)
        })
    }

    fn choose_server_role(&self, actor: Actor, user: UserId, role: ServerRole) -> StoreFuture<()> {
        self.0
            .write("choose_server_role", move |write| accounts::choose_server_role(write, actor, user, role))
    }

    fn first_rooms(&self, user: UserId) -> StoreFuture<Vec<(RoomId, String)>> {
        self.0.read("first_rooms", move |sql| first_rooms::list(sql, user))
    }

    fn set_first_room(&self, actor: Actor, room: RoomId, is_first: bool) -> StoreFuture<()> {
        self.0.write("set_first_room", move |write| first_rooms::set(write, actor, room, is_first))
    }

    fn rooms_of_the_server(&self, user: UserId, query: RoomReportQuery) -> StoreFuture<Vec<RoomReport>> {
        self.0.read("rooms_of_the_server", move |sql| {
            audit::check(sql, user, ServerAction::SeeServer)?;
            administration::report_rooms(sql, &query)
        })
    }

    fn check_may_see_server(&self, user: UserId) -> StoreFuture<()> {
        self.0.read("check_may_see_server", move |sql| audit::check(sql, user, ServerAction::SeeServer))
    }

    fn ban_account(&self, actor: Actor, user: UserId, ban: AccountBan) -> StoreFuture<Vec<Settling>> {
        self.0.write("ban_account", move |write| account_bans::ban(write, actor, user, &ban))
    }

    fn unban_account(&self, actor: Actor, user: UserId) -> StoreFuture<()> {
        self.0.write("unban_account", move |write| account_bans::lift(write, actor, user))
    }

    fn banned_accounts(&self, user: UserId) -> StoreFuture<Vec<Ban>> {
        self.0.read("banned_accounts", move |sql| account_bans::list(sql, user))
    }
}
