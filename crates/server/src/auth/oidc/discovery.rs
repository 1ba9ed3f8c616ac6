//! What a provider says of itself.

use super::SignInFailure;
use super::http::HttpClient;
use crate::auth::foreign::Keys;
use axum::http::Uri;
use axum::http::uri::Scheme;
use chinwag_core::domain::Millis;
use serde::Deserialize;

/// Where a provider is, and with which keys it signs.
pub(super) struct Discovered {
    pub(super) authorization: Uri,
    pub(super) token: Uri,
    pub(super) user_info: Option<Uri>,
    /// Whether the secret goes into the form, for a provider that does not read it in the header.
    pub(super) secret_in_form: bool,
    pub(super) keys: Keys,
    pub(super) at: Millis,
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<serde_json::Value>,
}

impl Discovered {
    /// Asks the provider.
    pub(super) async fn ask(http: &HttpClient, issuer: &str, now: Millis) -> Result<Self, SignInFailure> {
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let place: Uri = place.parse().map_err(|_| SignInFailure::Metadata("their place is no address"))?;
        let metadata: Metadata = http.get(&place, None).await?;
        if metadata.issuer != issuer {
            return Err(SignInFailure::AnotherIssuer(metadata.issuer));
        }
        let is_secure = place.scheme() == Some(&Scheme::HTTPS);
        let Published { keys } = http.get(&endpoint(&metadata.jwks_uri, is_secure)?, None).await?;
        let methods = metadata.token_endpoint_auth_methods_supported.unwrap_or_default();
        let takes = |method: &str| methods.iter().any(|known| known == method);
        Ok(Self {
            authorization: endpoint(&metadata.authorization_endpoint, is_secure)?,
            token: endpoint(&metadata.token_endpoint, is_secure)?,
            user_info: metadata.userinfo_endpoint.map(|it| endpoint(&it, is_secure)).transpose()?,
            secret_in_form: takes("client_secret_post") && !takes("client_secret_basic"),
            keys: Keys::of_published(keys),
            at: now,
        })
    }
}

/// An address of the provider. Where it speaks TLS, it does everywhere.
fn endpoint(text: &str, is_secure: bool) -> Result<Uri, SignInFailure> {
    let uri: Uri = text.parse().map_err(|_| SignInFailure::Metadata("an endpoint is no address"))?;
    let speaks_tls = uri.scheme() == Some(&Scheme::HTTPS);
    let is_http = speaks_tls || uri.scheme() == Some(&Scheme::HTTP) && !is_secure;
    if is_http && uri.authority().is_some() {
        Ok(uri)
    } else {
        Err(SignInFailure::Metadata("an endpoint is no address, or does not speak TLS"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_tls_does_so_everywhere() {
        for (text, is_secure, is_good) in [
            ("https://id.example.org/token", true, true),
            ("http://id.example.org/token", true, false),
            ("http://localhost:8080/token", false, true),
            ("https://id.example.org/token", false, true),
            ("ftp://id.example.org/", false, false),
            ("/token", false, false),
            ("", true, false),
        ] {
            assert_eq!(endpoint(text, is_secure).is_ok(), is_good, "{text}");
        }
    }
}
