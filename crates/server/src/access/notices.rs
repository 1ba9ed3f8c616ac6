//! What the log says to whoever sets the server up. It costs those who cause it nothing, so it is not to fill the log.

use axum::http::{HeaderMap, HeaderValue, header};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

#[derive(Default)]
pub(super) struct Notices {
    pages: Hourly,
    hosts: Hourly,
    upgrades: Hourly,
    forwarded: AtomicBool,
}

impl Notices {
    /// A page was refused; `option` would let it in.
    pub(super) fn refused_page(&self, origin: &HeaderValue, headers: &HeaderMap, option: &'static str) {
        let origin = beginning(origin);
        if self.pages.is_due(&origin, Instant::now()) {
            let host = headers.get(header::HOST).map(beginning);
            tracing::warn!(
                origin,
                host,
                option,
                "refused a page of another origin; a proxy must pass the Host of its requests on and be one of --trusted-proxies, other pages \
                 stand in the option"
            );
        }
    }

    /// A request was refused for the name that it gave the server.
    pub(super) fn refused_host(&self, host: &str) {
        let host: String = host.chars().take(LENGTH).collect();
        if self.hosts.is_due(&host, Instant::now()) {
            tracing::warn!(
                host,
                option = "--hosts",
                "refused a request to another name; those of this server stand in the option"
            );
        }
    }

    /// A handshake came without its upgrade, or a page found that none of its own comes through.
    pub(super) fn lost_upgrade(&self, peer: IpAddr) {
        if self.upgrades.is_due(&peer.to_string(), Instant::now()) {
            tracing::warn!(
                %peer,
                "a proxy does not pass WebSocket upgrades; it has to speak HTTP/1.1 to this server and to pass on the headers Upgrade and \
                 Connection, see docs/deployment.md"
            );
        }
    }

    /// Somebody told for whom he asks whom nobody trusts.
    pub(super) fn untrusted_proxy(&self, peer: IpAddr) {
        if !self.forwarded.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                %peer,
                option = "--trusted-proxies",
                "somebody who is no trusted proxy sent X-Forwarded-For; if this is your proxy, all people behind it count as one address \
                 until it stands in the option"
            );
        }
    }
}

/// Characters of a header that the log repeats.
const LENGTH: usize = 200;

fn beginning(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).chars().take(LENGTH).collect()
}

/// Once an hour for each thing, and for few things in an hour.
#[derive(Default)]
struct Hourly(Mutex<HashMap<String, Instant>>);

impl Hourly {
    const HOUR: Duration = Duration::from_secs(3600);
    const THINGS: usize = 32;

    fn is_due(&self, thing: &str, now: Instant) -> bool {
        let mut told = self.0.lock();
        told.retain(|_, then| now.duration_since(*then) < Self::HOUR);
        let is_due = !told.contains_key(thing) && told.len() < Self::THINGS;
        if is_due {
            told.insert(thing.to_owned(), now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_not_filled_by_those_refused() {
        let (hourly, start) = (Hourly::default(), Instant::now());
        let told = [0, 1, 3599, 3600, 3601].map(|s| hourly.is_due("a", start + Duration::from_secs(s)));
        assert_eq!(told, [true, false, false, true, false]);
        let told =
            (0..100).filter(|number| hourly.is_due(&number.to_string(), start + Duration::from_secs(3602)));
        assert_eq!(told.count(), 31);
        assert_eq!(beginning(&HeaderValue::from_str(&"x".repeat(30_000)).unwrap()).len(), 200);
    }
}
