//! Which web pages may connect (cross-site WebSocket hijacking, RFC 6455 section 10.2).

use super::called_by::{is_same, name, read_origin};
use super::{Access, CalledBy};
use crate::config::PageOrigin;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a proxy adds to the requests that it passes on. Whoever sends one is not the client itself.
const FORWARDING: [&str; 8] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-forwarded-server",
    "x-real-ip",
];

impl Access {
    /// Whether the page of a request may connect by the protocol that asks for a sign-in: one of this server, or of those allowed.
    pub(crate) fn may_sign_in(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let called_by = self.called_by(peer, headers);
        let is_let_in =
            origin.to_str().is_ok_and(|origin| self.is_own_or_one_of(&self.origins, origin, &called_by));
        if !is_let_in {
            self.notices.refused_page(origin, headers, "--allowed-origins");
        }
        is_let_in
    }

    /// Whether the page of a request may connect by a protocol that asks for no sign-in. There, to be on a network is a right, and a
    /// browser lends it to every page that it shows.
    pub(crate) fn may_visit(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        if self.open_gateways {
            return true;
        }
        let Some(origin) = headers.get(header::ORIGIN) else { return !is_for_another_page(headers) };
        let called_by = self.called_by(peer, headers);
        let is_let_in = origin.to_str().is_ok_and(|origin| {
            self.is_own_or_one_of(&self.gateway_origins, origin, &called_by)
                || (is_of_this_machine(origin) && comes_from_this_machine(peer, headers, &called_by))
        });
        if !is_let_in {
            self.notices.refused_page(origin, headers, "--gateways-origins or --open-gateways");
        }
        is_let_in
    }

    fn is_own_or_one_of(&self, others: &[PageOrigin], origin: &str, called_by: &CalledBy) -> bool {
        others.iter().any(|other| other.is(origin)) || self.is_public(origin) || called_by.is_origin(origin)
    }

    fn is_public(&self, origin: &str) -> bool {
        let (Some(own), Some((is_secure, page))) = (self.public_url.authority(), read_origin(origin)) else {
            return false;
        };
        is_secure == self.public_url.is_secure() && is_same(own, &page, is_secure)
    }
}

/// Whether a page of another site has its browser load this, as an image or a script: then the request has no `Origin`.
fn is_for_another_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}

/// Whether a page was opened from disk or is served on the machine where its browser runs. A sandboxed frame of any site is `null`, too.
fn is_of_this_machine(origin: &str) -> bool {
    let is_local = |(is_secure, page): (bool, Authority)| !is_secure && is_loopback(&name(&page));
    origin == "null" || read_origin(origin).is_some_and(is_local)
}

/// Whether it is the client that connects from this machine, and no proxy for somebody elsewhere.
fn comes_from_this_machine(peer: IpAddr, headers: &HeaderMap, called_by: &CalledBy) -> bool {
    peer.to_canonical().is_loopback()
        && !FORWARDING.iter().any(|name| headers.contains_key(*name))
        && called_by.authority().is_none_or(|authority| is_loopback(&name(authority)))
}

fn is_loopback(name: &str) -> bool {
    let address = name.trim_start_matches('[').trim_end_matches(']').parse();
    name == "localhost"
        || address == Ok(IpAddr::V4(Ipv4Addr::LOCALHOST))
        || address == Ok(IpAddr::V6(Ipv6Addr::LOCALHOST))
}
