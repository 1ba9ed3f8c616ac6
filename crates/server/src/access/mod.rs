//! Who may connect (`docs/security.md`): by which names this server answers, and which web pages it lets in.

mod called_by;
mod guard;
mod notices;
mod pages;

pub(crate) use called_by::CalledBy;
pub(crate) use guard::{guard, let_nobody_keep};

use crate::config::Config;
use crate::config::{BasePath, HostPattern, Network, PageOrigin, PublicUrl};
use axum::http::HeaderMap;
use notices::Notices;
use std::net::IpAddr;

/// What decides who may connect.
pub(crate) struct Access {
    /// Names by which the server may be called, beside addresses and `localhost`.
    hosts: Vec<HostPattern>,
    public_url: PublicUrl,
    trusted_proxies: Vec<Network>,
    /// Pages that may connect with a sign-in.
    origins: Vec<PageOrigin>,
    /// Pages that may connect without one.
    gateway_origins: Vec<PageOrigin>,
    /// Whether any page may connect without a sign-in.
    open_gateways: bool,
    notices: Notices,
}

impl Access {
    /// What is configured, for a server that listens on this address.
    pub(crate) fn new(config: &Config, listens_on: IpAddr) -> Self {
        let mut hosts = config.hosts.clone();
        if hosts.is_empty() && !listens_on.to_canonical().is_loopback() {
            hosts.push(HostPattern::Any);
        }
        Self {
            hosts,
            public_url: config.public_url.clone(),
            trusted_proxies: config.trusted_proxies.clone(),
            origins: config.allowed_origins.clone(),
            gateway_origins: config.gateways.origins.clone(),
            open_gateways: config.open_gateways,
            notices: Notices::default(),
        }
    }

    /// By which address a request reached the server, as far as that can be known.
    pub(crate) fn called_by(&self, peer: IpAddr, headers: &HeaderMap) -> CalledBy {
        CalledBy::read(headers, self.trusts(peer))
    }

    fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&peer.to_canonical()))
    }

    /// Says in one line who may connect.
    pub(crate) fn tell(&self, base_path: &BasePath) {
        let hosts = if self.hosts.contains(&HostPattern::Any) {
            "any name"
        } else {
            "addresses, localhost and the names configured"
        };
        let pages = match (self.open_gateways, self.gateway_origins.is_empty()) {
            (true, _) => "those of any origin (--open-gateways)",
            (false, true) => "this server's own, and those of this machine",
            (false, false) => "this server's own, those of this machine, and those of --gateways-origins",
        };
        tracing::info!(
            hosts,
            pages_without_sign_in = pages,
            base_path = base_path.as_str(),
            "who may connect, see docs/security.md"
        );
    }
}
