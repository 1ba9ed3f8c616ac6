//! Accounts of one's own, and what signs in to them.

use super::{Settling, StoreFuture, TokenHash};
use crate::domain::{Actor, Email, Millis, SessionId, StatusText, User, UserId, UserName};

/// For how long a refresh token that was replaced is taken still, in milliseconds: two tabs begin at once, and an answer may be lost.
pub const REFRESH_GRACE_MS: i64 = 10_000;
/// For how long a link for another device is good, in milliseconds.
pub const LINK_MS: i64 = 10 * 60 * 1000;

/// On what somebody signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The hash of the refresh token that a browser is given.
    pub refresh: Option<TokenHash>,
    /// What it says of itself; may be empty.
    pub name: String,
    /// Its address; may be empty.
    pub address: String,
}

/// A session to be begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The hash of the token that is good until the session ends. A browser is not told it.
    pub token: TokenHash,
    /// Where.
    pub device: Device,
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name to sign in with.
    pub login: UserName,
    /// The name that others see: the one to sign in with, or that of the guest, unless it is said.
    pub name: Option<UserName>,
    /// The password, as a slow function left it (a PHC string); none for one that the operator makes.
    pub password: Option<String>,
    /// Where mail reaches the person.
    pub email: Option<Email>,
    /// The hash of the token of an invitation.
    pub invite: Option<TokenHash>,
    /// The hash of the secret of a browser that had names as a guest, for which these are held.
    pub keeper: Option<TokenHash>,
    /// The guest who becomes this member, and keeps everything.
    pub guest: Option<Actor>,
    /// The first session. A guest keeps its own, and only the device of this counts.
    pub session: NewSession,
}

/// Who may make accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Anybody.
    Open,
    /// Whoever has an invitation.
    Invited,
}

/// What was refreshed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// The session goes on.
    Session(User, SessionId),
    /// The token was used long after it had been replaced. Whoever has the newer one or this one stole it: the session has ended.
    Stolen(Vec<Settling>),
}

/// One's own account, with what nobody else sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// As others see it.
    pub user: User,
    /// The name to sign in with.
    pub login: Option<String>,
    /// Where mail reaches the person.
    pub email: Option<String>,
    /// What the person says of how they are, and up to when.
    pub status: Option<(String, Option<Millis>)>,
    /// Whether there is a password.
    pub has_password: bool,
    /// Up to when a password may be set without the present one.
    pub reset_until: Option<Millis>,
}

/// The password of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordState {
    /// As a slow function left it (a PHC string), if there is one.
    pub hash: Option<String>,
    /// Up to when another one may be set without it.
    pub reset_until: Option<Millis>,
}

/// What is to be changed of one's own account; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountUpdate {
    /// Another e-mail address, or none.
    pub email: Option<Option<Email>>,
    /// Another status up to a time, or none.
    pub status: Option<Option<(StatusText, Option<Millis>)>>,
}

/// A sign-in as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionReport {
    /// The session.
    pub id: SessionId,
    /// What the browser or program said of itself.
    pub device: String,
    /// From where it was used last.
    pub address: String,
    /// When it began.
    pub created_at: Millis,
    /// When it was used last, to a few minutes.
    pub last_seen_at: Millis,
}

/// Which of one's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichSessions {
    /// This one.
    One(SessionId),
    /// All but the one that asks.
    Others,
}

/// For what a link is that signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// For another device of the same person.
    Device,
    /// For somebody who lost the password: it may be set anew for a while.
    Reset,
    /// For somebody who lost the password and is reached by mail. It takes a new password, and does nothing else.
    Mail,
    /// For a guest who goes to a provider of sign-ins, and becomes a member on the way back. It signs nobody in.
    Provider,
}

/// Accounts that are reached by one address of mail, of which one asks at once.
pub const ACCOUNTS_PER_EMAIL: u32 = 5;

/// An account that is reached by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedAccount {
    /// Whose it is.
    pub user: UserId,
    /// The name to sign in with.
    pub login: String,
    /// Where its person said to be reached. Letters that look alike to a database may be another mailbox, so mail goes to this one alone.
    pub email: Email,
}
/// Links by mail of one person that are good at once. So many mails somebody gets in [`MAIL_LINK_MS`], whoever asks for them.
pub const MAIL_LINKS: u32 = 3;
/// For how long a link by mail is good, in milliseconds.
pub const MAIL_LINK_MS: i64 = 60 * 60 * 1000;

/// What becomes of the messages of an account that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessagesLeft {
    /// They stay, under [`FORMER_MEMBER`].
    Keep,
    /// Their texts are deleted.
    Delete,
}

/// The name under which messages of ended accounts stay.
pub const FORMER_MEMBER: &str = "Former member";

/// Members: accounts of one's own.
pub trait Accounts {
    /// Makes an account with a session, or makes a member of a guest, whose other sessions end. [`NameTaken`] for either name, [`InviteInvalid`]
    /// when one is needed or given that is not good.
    ///
    /// [`NameTaken`]: crate::domain::Refusal::NameTaken
    /// [`InviteInvalid`]: crate::domain::Refusal::InviteInvalid
    fn register(
        &self,
        account: NewAccount,
        registration: Registration,
    ) -> StoreFuture<(User, SessionId, Vec<Settling>)>;

    /// The account and the password (a PHC string) of whoever signs in by this name, if there is one.
    fn find_password(&self, login: UserName) -> StoreFuture<Option<(UserId, String)>>;

    /// The password of one's own account.
    fn password_of(&self, actor: Actor) -> StoreFuture<PasswordState>;

    /// Gives an account another password. All other sessions end, and all links.
    fn set_password(&self, actor: Actor, password: String) -> StoreFuture<Vec<Settling>>;

    /// One's own account.
    fn own_account(&self, actor: Actor) -> StoreFuture<OwnAccount>;

    /// Changes one's own account.
    fn update_account(&self, actor: Actor, update: AccountUpdate) -> StoreFuture<OwnAccount>;

    /// Ends an account: it leaves all rooms, and nobody signs in to it any more. Its row stays under [`FORMER_MEMBER`] for the sake of its messages.
    fn end_account(&self, actor: Actor, messages: MessagesLeft) -> StoreFuture<Vec<Settling>>;
}

/// What signs in to an account, and where one is signed in.
pub trait SignIns {
    /// Begins a session of an account.
    fn begin_session(&self, user: UserId, session: NewSession) -> StoreFuture<(User, SessionId)>;

    /// The session of this number. [`Unauthorized`](crate::domain::Refusal::Unauthorized) for none.
    fn session_by_id(&self, session: SessionId) -> StoreFuture<(User, SessionId)>;

    /// The same with the rooms that its person is in.
    fn overview_by_id(&self, session: SessionId) -> StoreFuture<super::SessionOverview>;

    /// Replaces a refresh token by that of `device`. One that was replaced within [`REFRESH_GRACE_MS`] is taken once more.
    /// [`Unauthorized`](crate::domain::Refusal::Unauthorized) for one that is unknown.
    fn refresh(&self, token: TokenHash, device: Device) -> StoreFuture<Refreshed>;

    /// Where a person is signed in, the latest first.
    fn sessions_of(&self, user: UserId) -> StoreFuture<Vec<SessionReport>>;

    /// Ends other sessions of the actor; no change for one that is none.
    fn end_sessions(&self, actor: Actor, which: WhichSessions) -> StoreFuture<Vec<Settling>>;

    /// Makes a link that signs the actor in once more. Answers up to when it is good.
    fn make_link(&self, actor: Actor, link: TokenHash, purpose: LinkPurpose) -> StoreFuture<Millis>;

    /// Begins a session by a link, which ends with that. [`Unauthorized`](crate::domain::Refusal::Unauthorized) when it is not good.
    fn open_link(&self, link: TokenHash, session: NewSession) -> StoreFuture<(User, SessionId)>;

    /// Who signs in by a password, or could, and is reached by mail there. At most [`ACCOUNTS_PER_EMAIL`], whoever was here last first, whatever the case
    /// of the letters is.
    fn accounts_at(&self, email: Email) -> StoreFuture<Vec<ReachedAccount>>;

    /// Makes a link that is sent to somebody by mail. Answers whether it is to be sent: not when the address is another one by now, the person is
    /// banned, or [`MAIL_LINKS`] are good still.
    fn make_mail_link(&self, user: UserId, email: Email, link: TokenHash) -> StoreFuture<bool>;

    /// Takes such a link back: it never reached anybody.
    fn forget_mail_link(&self, link: TokenHash) -> StoreFuture<()>;

    /// With which name one signs in whose link this is. [`Unauthorized`](crate::domain::Refusal::Unauthorized) when it is not good.
    fn look_at_mail_link(&self, link: TokenHash) -> StoreFuture<String>;

    /// Gives whose link this is another password (a PHC string), and begins a session. The link, all others of the person and all other sessions end with
    /// that. [`Unauthorized`](crate::domain::Refusal::Unauthorized) when it is not good.
    fn reset_by_mail(
        &self,
        link: TokenHash,
        password: String,
        session: NewSession,
    ) -> StoreFuture<(User, SessionId, Vec<Settling>)>;
}

/// A key that signs access tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its name in tokens.
    pub id: String,
    /// An Ed25519 key in PKCS #8.
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The keys of the server.
pub trait SigningKeys {
    /// All keys, the newest first.
    fn signing_keys(&self) -> StoreFuture<Vec<SigningKey>>;

    /// Adds a key. Those that were replaced a day ago and more are forgotten.
    fn add_signing_key(&self, key: SigningKey) -> StoreFuture<()>;

    /// Adds a key if there is none, and answers all.
    fn first_signing_key(&self, key: SigningKey) -> StoreFuture<Vec<SigningKey>>;
}
