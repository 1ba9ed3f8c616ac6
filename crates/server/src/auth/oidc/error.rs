use super::http::HttpError;
use super::id_token::Rejection;
use chinwag_core::domain::Refusal;
use std::path::PathBuf;

/// Why people cannot sign in by a provider as it is configured. Each is a sentence that tells what to do.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// Something is said of a provider that has no name.
    #[error(
        "oidc has a client or a switch and no provider: say by oidc.issuer how the provider calls itself"
    )]
    NoIssuer,
    /// The provider has no address that could be trusted.
    #[error(
        "oidc.issuer is {0:?}, which is no address such as https://id.example.org: http is for a provider on this machine (localhost, 127.0.0.1) alone"
    )]
    WrongIssuer(String),
    /// The provider does not know this server.
    #[error(
        "oidc.client_id is missing: say what the provider calls this server, which has to be made known there"
    )]
    NoClient,
    /// Nobody said to where the provider leads people back.
    #[error(
        "public_url is missing: say where people reach this server, such as https://chat.example.org, so that the provider can lead them back there"
    )]
    NoPublicUrl,
    /// Two secrets.
    #[error("oidc has a client_secret and a client_secret_file: say one of them")]
    TwoSecrets,
    /// The file is not readable.
    #[error("oidc.client_secret_file names {0}, which cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is empty.
    #[error("oidc.client_secret_file names {0}, which is empty")]
    Empty(PathBuf),
}

/// Why somebody could not sign in. It is for the log; the page is told one [word](Self::word).
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInFailure {
    #[error("the provider cannot be reached or does not speak OpenID Connect: {0}")]
    Unreachable(#[from] HttpError),
    #[error("the metadata of the provider are of no use: {0}")]
    Metadata(&'static str),
    #[error("the provider calls itself {0:?}: write oidc.issuer exactly so")]
    AnotherIssuer(String),
    #[error("the provider did not answer a moment ago")]
    AskedLately,
    #[error("the person or the provider said no: {0:?}")]
    Denied(String),
    #[error("the provider refused: {0:?}")]
    Refused(String),
    #[error("the sign-in was not begun in this browser, or too long ago, or is finished already")]
    Stale,
    #[error("what the provider says is not believed: {0}")]
    Rejected(#[from] Rejection),
    #[error("{0}")]
    Refusal(#[from] Refusal),
}

impl SignInFailure {
    /// What the page is told, which has a sentence for each word: nothing of the address of a page is shown as it stands there.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Unreachable(_) | Self::Metadata(_) | Self::AnotherIssuer(_) | Self::AskedLately => {
                "unreachable"
            }
            Self::Denied(_) => "denied",
            Self::Refused(_) | Self::Rejected(_) => "refused",
            // The code of a guest is good for a while, too.
            Self::Stale | Self::Refusal(Refusal::Unauthorized) => "stale",
            Self::Refusal(refusal) => word_of(refusal),
        }
    }

    /// Whether it is the operator's to mend.
    pub(crate) fn is_for_the_operator(&self) -> bool {
        matches!(self.word(), "unreachable" | "refused")
    }
}

fn word_of(refusal: &Refusal) -> &'static str {
    if *refusal == Refusal::AccountsClosed {
        "closed"
    } else if *refusal == Refusal::InviteInvalid {
        "uninvited"
    } else if matches!(refusal, Refusal::RateLimited { .. }) {
        "often"
    } else if matches!(refusal, Refusal::BannedFromServer { .. }) {
        "banned"
    } else {
        "unavailable"
    }
}
