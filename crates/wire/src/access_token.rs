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
