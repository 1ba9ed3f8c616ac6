//! People whom somebody else vouches for, and which accounts are theirs here.

use super::{NewSession, StoreFuture, TokenHash};
use crate::domain::permissions::ServerRole;
use crate::domain::{Millis, RoomSlug, SessionId, User, UserName};

/// Who says who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityKind {
    /// Whoever embeds this server in a product of their own, by tokens signed with their key.
    Foreign,
    /// A provider of sign-ins (OpenID Connect), which the issuer names.
    Provider,
}

/// How somebody else names a person. It leads to one account for as long as that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who names.
    pub kind: IdentityKind,
    /// Where names are given, if there may be several such places; may be empty.
    pub issuer: String,
    /// The name, which is never told to anybody.
    pub subject: String,
}

/// What somebody else says of a person by a token whose signature is right.
#[derive(Clone, Debug)]
pub struct Voucher {
    /// Of whom.
    pub identity: Identity,
    /// The name; none leaves the account the name that it has.
    pub name: Option<UserName>,
    /// The name of an account that is made when none was said.
    pub nameless: UserName,
    /// What the person is on the server, at most a moderator; none says nothing of it.
    pub role: Option<ServerRole>,
    /// Rooms that the person is to be in.
    pub rooms: Vec<RoomSlug>,
    /// The token's hash: what a token says is done once.
    pub token: TokenHash,
    /// When it was made, if it says so: what an older one says is not done any more.
    pub issued_at: Option<Millis>,
    /// Up to when it is good.
    pub until: Millis,
}

/// A person who is known, with the session that all tokens of this person have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// The account.
    pub user: User,
    /// The session.
    pub session: SessionId,
    /// The hash of the token that was done last.
    pub token: TokenHash,
    /// When that was made, if it said so.
    pub issued_at: Option<Millis>,
    /// Up to when the session is vouched for.
    pub until: Millis,
}

/// Accounts of people for whom somebody else vouches.
pub trait Identities {
    /// Whom a name leads to, who has a session; none before the first token and after the session ended.
    fn find_vouched(&self, identity: Identity) -> StoreFuture<Option<Vouched>>;

    /// Makes the account if there is none, and the session; then does what the voucher says, unless a newer one was done. A name that others have,
    /// or that looks like one of theirs, gets a number behind it. Rooms that do not exist are made, as private ones.
    fn vouch(&self, voucher: Voucher, session: NewSession) -> StoreFuture<(User, SessionId)>;

    /// Ends sessions for which nobody vouches since `before`, some of them. Answers how many.
    fn end_unvouched(&self, before: Millis) -> StoreFuture<u32>;
}
