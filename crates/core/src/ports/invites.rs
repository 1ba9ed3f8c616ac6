//! Invitations: who may come in, and where to.

use super::{RoomLimits, Settling, StoreFuture, TokenHash};
use crate::domain::permissions::ServerRole;
use crate::domain::{Actor, Millis, RoomId, User};

/// An invitation to be made.
#[derive(Clone, Debug)]
pub struct NewInvite {
    /// The hash of its token.
    pub token: TokenHash,
    /// How many may come by it.
    pub uses: u32,
    /// For how many milliseconds it is good.
    pub good_for_ms: i64,
    /// The rooms that whoever comes by it joins.
    pub rooms: Vec<RoomId>,
    /// What whoever comes by it is on the server.
    pub role: ServerRole,
}

/// An invitation, as whoever made it and admins see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteReport {
    /// Its number.
    pub id: i64,
    /// Who made it; nobody, if the operator did.
    pub by: Option<User>,
    /// When it was made.
    pub created_at: Millis,
    /// Up to when it is good.
    pub expires_at: Millis,
    /// How many may come by it.
    pub uses: u32,
    /// How many have.
    pub used: u32,
    /// The rooms.
    pub rooms: Vec<RoomId>,
    /// What whoever comes by it is on the server.
    pub role: ServerRole,
}

/// An invitation, as whoever holds it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteView {
    /// The name of who made it.
    pub by: Option<String>,
    /// The titles of the rooms.
    pub rooms: Vec<String>,
    /// What whoever comes by it is on the server.
    pub role: ServerRole,
    /// Up to when it is good.
    pub expires_at: Millis,
}

/// What happens to those who came by an invitation that is withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// Nothing.
    Keep,
    /// Their accounts end, where they stand below the actor.
    Undo,
}

/// Invitations. One that is unknown, used up, expired or withdrawn is [`InviteInvalid`](crate::domain::Refusal::InviteInvalid).
pub trait Invites {
    /// Makes an invitation. Those without an account of their own make none, and nobody makes one to a room to which they may bring nobody.
    /// [`Forbidden`](crate::domain::Refusal::Forbidden), [`RoomNotFound`](crate::domain::Refusal::RoomNotFound).
    fn create_invite(&self, actor: Actor, invite: NewInvite) -> StoreFuture<InviteReport>;

    /// Makes an invitation for the operator.
    fn create_operator_invite(&self, invite: NewInvite) -> StoreFuture<InviteReport>;

    /// Makes an invitation for the owner when the server has none; those that were made for one before are withdrawn. Answers whether it was made.
    fn invite_first_owner(&self, invite: NewInvite) -> StoreFuture<bool>;

    /// Invitations that are not withdrawn, the latest first: one's own, and for admins those of all.
    fn invites(&self, actor: Actor) -> StoreFuture<Vec<InviteReport>>;

    /// Withdraws an invitation; no change for one that is not there. [`Forbidden`](crate::domain::Refusal::Forbidden) for who may not do the rest.
    fn withdraw_invite(
        &self,
        actor: Actor,
        invite: i64,
        withdrawal: Withdrawal,
    ) -> StoreFuture<Vec<Settling>>;

    /// What an invitation is to.
    fn look_at_invite(&self, token: TokenHash) -> StoreFuture<InviteView>;

    /// Has somebody who is in already join the rooms of an invitation in which they may be. It is used up by that, unless they are in all of them.
    /// [`RoomLimit`](crate::domain::Refusal::RoomLimit).
    fn accept_invite(&self, actor: Actor, token: TokenHash, limits: RoomLimits) -> StoreFuture<()>;
}
