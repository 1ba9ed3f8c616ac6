//! Which web pages may connect (cross-site WebSocket hijacking, RFC 6455 section 10.2).

use crate::config::{Config, Gateways, PageOrigin};
use axum::http::{HeaderMap, header};
use parking_lot::Mutex;
use std::time::{Duration, Instant};

/// Pages that may connect, and the name of the option that lists them.
struct Allowed<'a> {
    option: &'static str,
    origins: &'a [PageOrigin],
}

/// Whether a page of the request's `Origin` may connect: one that this server delivered, or one of those allowed.
pub(crate) fn is_allowed(headers: &HeaderMap, config: &Config) -> bool {
    let allowed = Allowed { option: "allowed_origins", origins: &config.allowed_origins };
    allowed.lets_in(headers)
}

/// Whether a page may connect by a protocol in which nothing that a browser adds by itself, such as a cookie, gives a right: any
/// page, unless the configuration names some.
pub(crate) fn may_visit(headers: &HeaderMap, gateways: &Gateways) -> bool {
    let allowed = Allowed { option: "gateways.origins", origins: &gateways.origins };
    allowed.origins.is_empty() || allowed.lets_in(headers)
}

impl Allowed<'_> {
    /// A request without an `Origin` does not come from a page.
    fn lets_in(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let Ok(origin) = origin.to_str() else { return false };
        if self.origins.iter().any(|allowed| allowed.is(origin)) {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let page = origin.split_once("://").map(|(_, authority)| authority);
        let is_own = matches!((host, page), (Some(host), Some(page)) if host.eq_ignore_ascii_case(page));
        if !is_own && IS_TOLD.is_due(Instant::now()) {
            tracing::warn!(
                origin = beginning(origin),
                host = host.map(beginning),
                option = self.option,
                "refused a foreign page; a proxy must pass the Host of its requests on, other pages stand in the option"
            );
        }
        is_own
    }
}

/// Refusals are logged for whoever sets the server up. They cost whoever asks nothing, so they are not to fill the log.
static IS_TOLD: LogPace = LogPace(Mutex::new(None));

/// Once a second.
struct LogPace(Mutex<Option<Instant>>);

impl LogPace {
    fn is_due(&self, now: Instant) -> bool {
        let mut last = self.0.lock();
        let is_due = last.is_none_or(|last| now.duration_since(last) >= Duration::from_secs(1));
        if is_due {
            *last = Some(now);
        }
        is_due
    }
}

/// Enough of a header's text to know it again.
fn beginning(text: &str) -> &str {
    const LENGTH: usize = 200;
    text.get(..LENGTH).unwrap_or(text)
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
        let allowed_origins = allowed.iter().map(|origin| origin.parse().unwrap()).collect();
        is_allowed(&headers, &Config { allowed_origins, ..Config::default() })
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

    #[test]
    fn the_log_is_not_filled_by_those_refused() {
        let (pace, start) = (LogPace(Mutex::new(None)), Instant::now());
        let told =
            [0, 1, 999, 1000, 1001, 1999, 5000].map(|ms| pace.is_due(start + Duration::from_millis(ms)));
        assert_eq!(told, [true, false, false, true, false, false, true]);
        assert_eq!(beginning(&"x".repeat(30_000)).len(), 200);
        assert_eq!(beginning("https://evil.example"), "https://evil.example");
    }
}
