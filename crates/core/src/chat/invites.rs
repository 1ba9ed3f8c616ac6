//! Inviting people.

use super::Chat;
use crate::domain::permissions::{Operator, ServerRole};
use crate::domain::{Actor, Refusal, RoomId};
use crate::ports::{InviteReport, InviteView, NewInvite, RateLimitKey, Withdrawal};
use std::net::IpAddr;

/// For how long an invitation is good unless said otherwise, in hours: a week.
const HOURS: u32 = 7 * 24;
/// How many may come by an invitation unless said otherwise.
const USES: u32 = 25;

/// An invitation as it is wished for.
#[derive(Clone, Debug)]
pub struct InviteWish {
    /// For how many hours it is good.
    pub hours: Option<u32>,
    /// How many may come by it.
    pub uses: Option<u32>,
    /// The rooms that whoever comes by it joins.
    pub rooms: Vec<RoomId>,
    /// What whoever comes by it is on the server.
    pub role: ServerRole,
}

impl Chat {
    /// Makes an invitation. Answers its token as well, which is told this once.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::RoomNotFound`], [`Refusal::RateLimited`].
    pub async fn invite(&self, actor: Actor, wish: InviteWish) -> Result<(String, InviteReport), Refusal> {
        self.count_change(actor)?;
        let (token, invite) = self.new_invite(wish);
        Ok((token, self.store.create_invite(actor, invite).await?))
    }

    /// The same for the operator at the console.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn invite_by_operator(
        &self,
        _: Operator,
        wish: InviteWish,
    ) -> Result<(String, InviteReport), Refusal> {
        let (token, invite) = self.new_invite(wish);
        Ok((token, self.store.create_operator_invite(invite).await?))
    }

    /// Makes an invitation for whoever owns this server, when nobody does. Answers its token.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn invite_first_owner(&self, _: Operator) -> Result<Option<String>, Refusal> {
        let wish = InviteWish { hours: None, uses: Some(1), rooms: Vec::new(), role: ServerRole::Owner };
        let (token, invite) = self.new_invite(wish);
        Ok(self.store.invite_first_owner(invite).await?.then_some(token))
    }

    fn new_invite(&self, InviteWish { hours, uses, rooms, role }: InviteWish) -> (String, NewInvite) {
        let token = self.secrets.new_token();
        let good_for_ms = i64::from(hours.unwrap_or(HOURS).max(1)) * 60 * 60 * 1000;
        let uses = uses.unwrap_or(USES).max(1);
        let invite = NewInvite { token: self.secrets.hash(&token), uses, good_for_ms, rooms, role };
        (token, invite)
    }

    /// Invitations that are good still, the latest first: one's own, and for admins those of all.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for those who may make none.
    pub async fn invites(&self, actor: Actor) -> Result<Vec<InviteReport>, Refusal> {
        let mut invites = self.store.invites(actor).await?;
        let now = self.now();
        invites.retain(|invite| invite.expires_at > now);
        Ok(invites)
    }

    /// Withdraws an invitation, and ends the accounts of those who came by it if that is wanted.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub async fn withdraw_invite(
        &self,
        actor: Actor,
        invite: i64,
        withdrawal: Withdrawal,
    ) -> Result<(), Refusal> {
        let endings = self.store.withdraw_invite(actor, invite, withdrawal).await?;
        self.settle(endings).await
    }

    /// What an invitation is to. Counts as a sign-in of the address, so that nobody tries tokens.
    ///
    /// # Errors
    /// [`Refusal::InviteInvalid`], [`Refusal::RateLimited`].
    pub async fn look_at_invite(&self, token: &str, address: IpAddr) -> Result<InviteView, Refusal> {
        self.limiter.admit(RateLimitKey::SignIn(address)).await?;
        self.store.look_at_invite(self.secrets.hash(token)).await
    }

    /// Has somebody who is in already join the rooms of an invitation.
    ///
    /// # Errors
    /// [`Refusal::InviteInvalid`], [`Refusal::RoomLimit`], [`Refusal::RateLimited`].
    pub async fn accept_invite(&self, actor: Actor, token: &str) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.accept_invite(actor, self.secrets.hash(token), self.limits.of_rooms()).await
    }
}
