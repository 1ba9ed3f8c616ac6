use std::path::PathBuf;

/// Why no mail can be sent as it is configured. Each is a sentence that tells what to do.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Something is said of a server that has no name.
    #[error(
        "mail has a sender or a password and no server: say by mail.host which one takes it, such as smtp.example.org"
    )]
    NoHost,
    /// Nobody said from whom mail comes.
    #[error(
        "mail.from is {0:?}, which is no address such as Chat <chat@example.org>: say from whom mail comes"
    )]
    From(String),
    /// Nobody said where links lead.
    #[error(
        "public_url is missing: say where people reach this server, such as https://chat.example.org, so that the links in mails lead there"
    )]
    NoPublicUrl,
    /// A name without a password, or the other way round.
    #[error("mail.user and mail.password belong together: say both, or none")]
    HalfSignIn,
    /// A password that everybody on the way could read.
    #[error(
        "mail.security is none, and a password would be said in the clear: that is for a server on this machine (localhost, 127.0.0.1) alone"
    )]
    PlainPassword,
    /// Two passwords.
    #[error("mail has a password and a password_file: say one of them")]
    TwoPasswords,
    /// The file is not readable.
    #[error("mail.password_file names {0}, which cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The certificates cannot be read.
    #[error("TLS cannot be spoken to mail.host: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
}

/// Why a mail was not sent. It is for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailFailure {
    #[error("the server for mail did not answer in time")]
    Time,
    #[error("the server for mail did not take it: {0}")]
    Refused(#[from] lettre::transport::smtp::Error),
    #[error("it is no mail: {0}")]
    Message(#[from] lettre::error::Error),
    #[error("nobody has such an address: {0}")]
    Address(#[from] lettre::address::AddressError),
}

impl MailFailure {
    /// Whether it may have been sent all the same.
    pub(crate) fn may_have_come(&self) -> bool {
        matches!(self, Self::Time)
    }
}
