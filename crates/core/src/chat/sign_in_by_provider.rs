//! People who sign in elsewhere, at a provider that the operator chose.

use super::sign_in::Newcomer;
use super::{Chat, SignedIn};
use crate::domain::permissions::ServerRole;
use crate::domain::{Actor, Email, Refusal, UserName};
use crate::ports::{
    Identity, IdentityKind, LinkPurpose, ProviderAccounts, ProviderComer, ProviderSignIn, RateLimitKey,
};
use std::net::IpAddr;

/// What a provider says of somebody, once it is sure that it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvidedPerson {
    /// The provider.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// What the person is called there.
    pub name: Option<String>,
    /// Where mail reaches the person, if the provider has made sure of that.
    pub email: Option<String>,
    /// What the groups of the person make them here.
    pub role: Option<ServerRole>,
}

/// What the operator lets a provider say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderPolicy {
    /// For whom accounts are made.
    pub accounts: ProviderAccounts,
    /// The highest role that groups give; a member when they give none.
    pub highest: ServerRole,
}

/// What somebody takes along to a provider and back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenAlong {
    /// The token of an invitation.
    pub invite: Option<String>,
    /// The code by which a guest is known who becomes a member; of [`Chat::make_provider_link`].
    pub guest: Option<String>,
    /// The secret by which a browser is known in which somebody was a guest.
    pub keeper: Option<String>,
}

/// What somebody is called of whom no name is said that could be one.
const NAMELESS: &str = "Member";

impl Chat {
    /// Counts an attempt to sign in by a provider, before that is asked about it.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn count_provider_sign_in(&self, address: IpAddr) -> Result<(), Refusal> {
        self.limiter.admit(RateLimitKey::SignIn(address)).await
    }

    /// Makes the code by which a guest is known who goes to a provider to become a member.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for somebody who is no guest, [`Refusal::RateLimited`].
    pub async fn make_provider_link(&self, actor: Actor) -> Result<String, Refusal> {
        Ok(self.make_link_for(actor, LinkPurpose::Provider).await?.0)
    }

    /// Signs somebody in of whom a provider has said who it is. Whoever has an account already and brings an invitation is brought into its rooms; a
    /// guest who has none becomes the member.
    ///
    /// # Errors
    /// [`Refusal::AccountsClosed`], [`Refusal::InviteInvalid`] for somebody for whom no account is made, [`Refusal::Unauthorized`] for a guest whose
    /// code is not good any more.
    pub async fn sign_in_by_provider(
        &self,
        person: &ProvidedPerson,
        policy: ProviderPolicy,
        TakenAlong { invite, guest, keeper }: TakenAlong,
        newcomer: &Newcomer,
    ) -> Result<SignedIn, Refusal> {
        let identity = Identity {
            kind: IdentityKind::Provider,
            issuer: person.issuer.clone(),
            subject: person.subject.clone(),
        };
        let comer = ProviderSignIn {
            identity,
            name: self.name_of_provided(person)?,
            email: person.email.as_deref().and_then(|email| Email::parse(email).ok()),
            // Nobody owns a server because of a group.
            role: person.role.map(|role| role.clamp(ServerRole::Member, ServerRole::Admin)),
            highest: policy.highest.min(ServerRole::Admin),
            accounts: policy.accounts,
            invite: invite.as_deref().map(|token| self.secrets.hash(token)),
            guest: guest.map(|code| self.secrets.hash(&code)),
            keeper: keeper.map(|secret| self.secrets.hash(&secret)),
        };
        let (secret, session) = self.new_session(newcomer);
        let (comer, endings) = self.store.sign_in_by_provider(comer, session).await?;
        self.settle(endings).await?;
        let ProviderComer { user, session, is_new } = comer;
        if let Some(invite) = invite.filter(|_| !is_new) {
            let actor = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
            // Whether it is good still or not, the person is in.
            _ = self.accept_invite(actor, &invite).await;
        }
        Ok(SignedIn { secret, user, session })
    }

    /// The name that is nearest to what is said, unless that is kept for the server. Of an address of mail the part is taken that names the person.
    fn name_of_provided(&self, person: &ProvidedPerson) -> Result<UserName, Refusal> {
        let said = person.name.as_deref().map(|name| name.split_once('@').map_or(name, |(before, _)| before));
        let name = said.and_then(UserName::fitting).filter(|name| self.reserved.check(name).is_ok());
        name.map_or_else(|| UserName::parse(NAMELESS), Ok)
    }
}
