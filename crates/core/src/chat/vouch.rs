//! People for whom somebody else vouches.

use super::Chat;
use crate::domain::permissions::ServerRole;
use crate::domain::{Millis, Refusal, RoomSlug, SessionId, User, UserName};
use crate::ports::{Device, Identity, IdentityKind, NewSession, Vouched, Voucher};
use std::net::IpAddr;

/// What a token says whose signature and time are right, by the words of whoever embeds this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignClaims {
    /// Who it is.
    pub subject: String,
    /// What the person is called.
    pub name: Option<String>,
    /// What the person is here.
    pub role: Option<String>,
    /// The addresses of rooms to be in.
    pub rooms: Vec<String>,
    /// When it was made.
    pub issued_at: Option<Millis>,
    /// Up to when it is good.
    pub until: Millis,
}

/// The word that makes a moderator. Whoever may sign tokens may not make anybody more.
const MODERATORS: [&str; 3] = ["moderator", "admin", "owner"];
/// What somebody is called of whom no name is said that could be one.
const NAMELESS: &str = "Member";
/// How long a session is left that nobody vouches for, in milliseconds. Its connections were closed by then.
const UNVOUCHED_MS: i64 = 60 * 60 * 1000;

impl Chat {
    /// The person of a foreign token, and the session that all tokens of this person have in common. Whoever may sign tokens has invited
    /// everybody who brings one: who else may come in is another thing.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn sign_in_by_token(
        &self,
        token: &str,
        claims: &ForeignClaims,
        address: Option<IpAddr>,
    ) -> Result<(User, SessionId), Refusal> {
        let hash = self.secrets.hash(token);
        let subject = claims.subject.clone();
        let identity = Identity { kind: IdentityKind::Foreign, issuer: String::new(), subject };
        // What is done already is only looked up: a token comes with every request.
        if let Some(Vouched { user, session, token, issued_at, until }) =
            self.store.find_vouched(identity.clone()).await?
        {
            let is_older = claims.issued_at.is_some() && claims.issued_at < issued_at;
            if (token == hash || is_older) && claims.until <= until {
                return Ok((user, session));
            }
        }
        let voucher = Voucher {
            identity,
            name: self.name_of(claims),
            nameless: UserName::parse(NAMELESS)?,
            role: claims.role.as_deref().map(role),
            rooms: self.rooms_of(claims),
            token: hash,
            issued_at: claims.issued_at,
            until: claims.until,
        };
        let address = address.map_or_else(String::new, |address| address.to_string());
        let device = Device { refresh: None, name: String::new(), address };
        self.store.vouch(voucher, NewSession { token: self.token_of_nobody(), device }).await
    }

    /// The name that is nearest to what is said, unless that is kept for the server.
    fn name_of(&self, claims: &ForeignClaims) -> Option<UserName> {
        let name = UserName::fitting(claims.name.as_deref()?)?;
        self.reserved.check(&name).is_ok().then_some(name)
    }

    /// As many rooms as one may be in; what is no address is left out.
    fn rooms_of(&self, claims: &ForeignClaims) -> Vec<RoomSlug> {
        let rooms = claims.rooms.iter().filter_map(|room| RoomSlug::parse(room).ok());
        let mut known = Vec::new();
        for room in rooms.take(self.limits.rooms_per_person as usize) {
            if !known.contains(&room) {
                known.push(room);
            }
        }
        known
    }

    /// Ends the sessions for which nobody vouches any more.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`], [`Refusal::Busy`].
    pub async fn end_unvouched(&self) -> Result<(), Refusal> {
        let before = Millis(self.now().0 - UNVOUCHED_MS);
        while self.store.end_unvouched(before).await? > 0 {}
        Ok(())
    }
}

fn role(word: &str) -> ServerRole {
    if MODERATORS.contains(&word) { ServerRole::Moderator } else { ServerRole::Member }
}
