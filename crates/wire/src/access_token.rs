//! The claims of an access token: a JWT (RFC 7519), signed with Ed25519 (`EdDSA`, RFC 8037).

use serde::{Deserialize, Serialize};

/// For whom every access token of this server is: for itself.
pub const AUDIENCE: &str = "chinwag";

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// The account.
    pub sub: String,
    /// The session.
    pub sid: i64,
    /// [`AUDIENCE`].
    pub aud: String,
    /// When it was made, in seconds since 1970-01-01 UTC.
    pub iat: i64,
    /// When it ends, in seconds since 1970-01-01 UTC.
    pub exp: i64,
}

/// What a token says that is good for one file and one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileClaims {
    /// The number of the person: the file is read as this person would.
    pub sub: String,
    /// The file.
    pub file: String,
    /// [`FILE_AUDIENCE`].
    pub aud: String,
    /// Up to when it is good, in seconds since 1970.
    pub exp: i64,
}

/// For what such a token is good.
pub const FILE_AUDIENCE: &str = "chinwag-file-link";

/// All that a server says to itself and signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Claims {
    /// Of a session.
    Session(AccessClaims),
    /// Of a file.
    File(FileClaims),
}
