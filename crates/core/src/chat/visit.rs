use super::Chat;
use crate::domain::{Actor, Refusal, RoomId, RoomSlug, Seq, SessionId, User, UserId, UserName, WantedName};
use crate::ports::{NewVisitor, RateLimitKey, ReturningVisitor, StoreFuture, TokenHash};
use futures_util::{FutureExt as _, TryFutureExt as _};
use std::net::IpAddr;

/// No account has this number: through it one sees what everybody sees.
const NOBODY: UserId = UserId(0);

impl Chat {
    /// Lets a visitor in: a guest whose account lives as long as a connection. Whoever knows `way_back` may
    /// [come back](Self::resume_visit) over another one. One who wants a reserved name gets a number instead: every visitor has a name.
    ///
    /// # Errors
    /// [`Refusal::AccountRequired`], [`Refusal::InviteInvalid`], [`Refusal::RateLimited`], and those of [`create_visitor`](crate::ports::Sessions::create_visitor).
    pub async fn visit(
        &self,
        name: WantedName,
        address: IpAddr,
        way_back: Option<&str>,
    ) -> Result<(User, SessionId), Refusal> {
        self.check_guest(false)?;
        self.count_arrival(address)?;
        self.limiter.admit(RateLimitKey::Visit(address)).await?;
        let way_back = way_back.map(|secret| self.secrets.hash(secret));
        let name = match name {
            WantedName::Named(name) if self.reserved.check(&name).is_err() => WantedName::Numbered("Guest"),
            name @ (WantedName::Named(_) | WantedName::Numbered(_)) => name,
        };
        let visitor = NewVisitor { name, token: self.token_of_nobody(), way_back };
        self.store.create_visitor(visitor).await
    }

    /// Goes on with a visit: the visitor is the same person with what `way_back` was then. It was counted when it began, and after a
    /// restart everybody comes back at once, so only what they are answered is limited.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`resume_visit`](crate::ports::Sessions::resume_visit).
    pub async fn resume_visit(
        &self,
        user: UserId,
        way_back: &str,
        address: IpAddr,
    ) -> Result<(User, SessionId), Refusal> {
        self.check_guest(false)?;
        self.count_arrival(address)?;
        let way_back = self.secrets.hash(way_back);
        self.store.resume_visit(ReturningVisitor { user, way_back, token: self.token_of_nobody() }).await
    }

    /// The hash of a token that nobody is told, so that nobody signs in with it.
    pub(super) fn token_of_nobody(&self) -> TokenHash {
        self.secrets.hash(&self.secrets.new_token())
    }

    /// Where the log of a room ends at this moment, for a client that will visit it and is to miss nothing from now on. `None`
    /// when there is no such room.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn look_at(&self, slug: RoomSlug) -> Result<Option<(RoomId, Seq)>, Refusal> {
        match self.store.room(NOBODY, slug.into()).await {
            Ok(found) => Ok(Some((found.room.id, found.room.head))),
            Err(Refusal::RoomNotFound(_)) => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// Gives a visitor another name, or a free variant of it.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`], [`Refusal::RateLimited`], and those of [`rename_visitor`](crate::ports::Sessions::rename_visitor).
    pub async fn rename_visitor(&self, actor: Actor, name: UserName) -> Result<User, Refusal> {
        self.reserved.check(&name)?;
        self.count_change(actor)?;
        self.store.rename_visitor(actor, name).await
    }

    /// Ends a visit, when its connection has ended. The name is free for whoever comes after this call.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub fn end_visit(&self, actor: Actor) -> StoreFuture<()> {
        self.store.end_session(actor).map_ok(|_| ()).boxed()
    }

    /// Ends the visits that nobody can end any more: those that a crash left behind, and those of nodes that are gone. Answers how many. For the
    /// start, when nobody is connected, and now and then where there are several nodes.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn end_lost_visits(&self) -> Result<u32, Refusal> {
        let mut lost = 0;
        // The storage ends a few at a time, so that other writes come in between.
        loop {
            match self.store.end_lost_visits().await? {
                0 => return Ok(lost),
                some => lost += some,
            }
        }
    }
}
