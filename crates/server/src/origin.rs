//! Which web pages may connect (cross-site WebSocket hijacking, RFC 6455 section 10.2).

use crate::config::PageOrigin;
use axum::http::{HeaderMap, header};

/// Whether a page of the request's `Origin` may connect: one that this server delivered, or one of those allowed.
/// A request without an `Origin` does not come from a page.
pub(crate) fn is_allowed(headers: &HeaderMap, allowed: &[PageOrigin]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if allowed.iter().any(|allowed| allowed.is(origin)) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let page = origin.split_once("://").map(|(_, authority)| authority);
    let is_own = matches!((host, page), (Some(host), Some(page)) if host.eq_ignore_ascii_case(page));
    if !is_own {
        tracing::warn!(
            origin,
            host,
            "refused a foreign page; a proxy must pass the Host of its requests on, others stand in allowed_origins"
        );
    }
    is_own
}

/// Whether a page may connect by a protocol in which nothing that a browser adds by itself, such as a cookie, gives a right: any
/// page, unless the configuration names `origins`.
pub(crate) fn may_visit(headers: &HeaderMap, origins: &[PageOrigin]) -> bool {
    origins.is_empty() || is_allowed(headers, origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(origin: Option<&str>, allowed: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "chat.example.org:3000".parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_allowed(&headers, &allowed.iter().map(|origin| origin.parse().unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn own_and_allowed_pages_connect() {
        assert!(check(None, &[]));
        assert!(check(Some("http://chat.example.org:3000"), &[]));
        assert!(check(Some("https://CHAT.example.org:3000"), &[]));
        assert!(check(Some("https://www.example.com"), &["https://www.example.com/"]));
    }

    #[test]
    fn foreign_pages_do_not() {
        for origin in [
            "https://evil.example",
            "null",
            "http://chat.example.org",
            "https://www.example.com.evil.example",
        ] {
            assert!(!check(Some(origin), &["https://www.example.com"]), "{origin}");
        }
    }
}
