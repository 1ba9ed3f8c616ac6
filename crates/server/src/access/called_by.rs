use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};

/// By which address a request reached the server: as its `Host` says, or the `X-Forwarded-Host` and `-Proto` of a trusted proxy.
pub(crate) struct CalledBy {
    authority: Option<Authority>,
    is_secure: bool,
}

impl CalledBy {
    pub(super) fn read(headers: &HeaderMap, is_trusted: bool) -> Self {
        // With several proxies the first one met the client.
        let first = |name: &str| {
            let value = headers.get(name).filter(|_| is_trusted)?.to_str().ok()?;
            value.split(',').next().map(str::trim)
        };
        let host = || headers.get(header::HOST)?.to_str().ok();
        let is_secure = first("x-forwarded-proto").is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
        Self { authority: first("x-forwarded-host").or_else(host).and_then(read_authority), is_secure }
    }

    /// The host and perhaps a port.
    pub(crate) fn authority(&self) -> Option<&Authority> {
        self.authority.as_ref()
    }

    /// Whether the client is known to speak TLS, with a proxy that does it for us.
    pub(crate) fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Whether a page of this origin (RFC 6454) came from there. A usual port may be written or left out.
    pub(super) fn is_origin(&self, origin: &str) -> bool {
        let (Some(own), Some((is_secure, page))) = (&self.authority, read_origin(origin)) else {
            return false;
        };
        // An http page may have been written by anybody on its way. The other way round, a proxy before the one that tells speaks TLS.
        let is_downgrade = self.is_secure && !is_secure;
        !is_downgrade && is_same(own, &page, is_secure)
    }
}

/// Whether these are the same host and port for who speaks TLS, or does not.
pub(super) fn is_same(own: &Authority, other: &Authority, is_secure: bool) -> bool {
    let usual = if is_secure { 443 } else { 80 };
    let port = |authority: &Authority| authority.port_u16().unwrap_or(usual);
    name(own) == name(other) && port(own) == port(other)
}

/// The name of a host as it is compared.
pub(super) fn name(authority: &Authority) -> String {
    authority.host().trim_end_matches('.').to_ascii_lowercase()
}

/// An origin of HTTP: whether it is encrypted, and where it is.
pub(super) fn read_origin(origin: &str) -> Option<(bool, Authority)> {
    let (scheme, authority) = origin.split_once("://")?;
    let is_secure = scheme.eq_ignore_ascii_case("https");
    let is_http = is_secure || scheme.eq_ignore_ascii_case("http");
    read_authority(authority).filter(|_| is_http).map(|authority| (is_secure, authority))
}

/// A host and perhaps a port, without a person before it.
pub(super) fn read_authority(text: &str) -> Option<Authority> {
    text.parse()
        .ok()
        .filter(|authority: &Authority| !authority.as_str().contains('@') && !authority.host().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_a_host_and_a_port() {
        for text in ["chat.example.org", "localhost:3000", "[::1]:3000", "192.0.2.1", "box_1"] {
            assert!(read_authority(text).is_some(), "{text}");
        }
        for text in ["", "a@b", "a, b", "a/b", ":3000", "http://a", "a b", "[::1"] {
            assert!(read_authority(text).is_none(), "{text}");
        }
    }
}
