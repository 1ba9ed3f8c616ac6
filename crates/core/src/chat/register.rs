use super::sign_in::Newcomer;
use super::{Chat, SignedIn};
use crate::domain::{Actor, Email, Refusal, UserName};
use crate::ports::{NewAccount, RateLimitKey, Registration};

/// What somebody says who wants an account, after the rules of names.
#[derive(Clone, Debug)]
pub struct Application {
    login: UserName,
    name: Option<UserName>,
    email: Option<Email>,
    invite: Option<String>,
    registration: Registration,
}

impl Chat {
    /// Looks at an application for an account before anything is done that takes time.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`], [`Refusal::NameTaken`] for a reserved name, [`Refusal::EmailInvalid`], [`Refusal::AccountsClosed`],
    /// [`Refusal::InviteInvalid`], [`Refusal::RateLimited`].
    pub async fn apply(
        &self,
        login: &str,
        name: Option<&str>,
        email: Option<&str>,
        invite: Option<String>,
        newcomer: &Newcomer,
    ) -> Result<Application, Refusal> {
        let registration = self.registration(invite.is_some())?;
        let login = UserName::parse(login)?;
        let name = name.map(UserName::parse).transpose()?;
        self.reserved.check(&login)?;
        name.as_ref().map_or(Ok(()), |name| self.reserved.check(name))?;
        let email = email.filter(|text| !text.trim().is_empty()).map(Email::parse).transpose()?;
        self.limiter.admit(RateLimitKey::SignIn(newcomer.address)).await?;
        Ok(Application { login, name, email, invite, registration })
    }

    /// Makes the account, with the password as a slow function left it. A `guest` becomes the member, and keeps everything. Names that are held for
    /// whoever brings `keeper` are free.
    ///
    /// # Errors
    /// [`Refusal::NameTaken`], [`Refusal::InviteInvalid`].
    pub async fn register(
        &self,
        Application { login, name, email, invite, registration }: Application,
        password: String,
        guest: Option<Actor>,
        keeper: Option<&str>,
        newcomer: &Newcomer,
    ) -> Result<SignedIn, Refusal> {
        let (secret, session) = self.new_session(newcomer);
        let invite = invite.map(|token| self.secrets.hash(&token));
        let keeper = keeper.map(|secret| self.secrets.hash(secret));
        let password = Some(password);
        let account = NewAccount { login, name, password, email, invite, keeper, guest, session };
        let (user, session, endings) = self.store.register(account, registration).await?;
        self.settle(endings).await?;
        Ok(SignedIn { secret, user, session })
    }
}
