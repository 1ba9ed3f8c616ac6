//! From where a client comes, and how many connections come from there.

use crate::adapters::network;
use crate::config::Network;
use axum::http::HeaderMap;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

/// Counts the connections of each address.
pub(crate) struct Addresses {
    limit: Option<u32>,
    counts: Mutex<HashMap<IpAddr, u32>>,
}

/// One of the connections that an address may have. Dropping it frees the place.
pub(crate) struct Permit {
    addresses: Arc<Addresses>,
    network: IpAddr,
}

impl Addresses {
    /// `None` for no limit.
    pub(crate) fn new(limit: Option<u32>) -> Arc<Self> {
        Arc::new(Self { limit, counts: Mutex::default() })
    }

    /// Room for one more connection, or `None` when there are too many from this address.
    pub(crate) fn permit(self: &Arc<Self>, address: IpAddr) -> Option<Permit> {
        let network = network(address);
        let mut counts = self.counts.lock();
        let count = counts.entry(network).or_default();
        if self.limit.is_some_and(|limit| *count >= limit) {
            return None;
        }
        *count += 1;
        Some(Permit { addresses: Arc::clone(self), network })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut counts = self.addresses.counts.lock();
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

/// The client's address: that of the connection, or, when that is a trusted proxy, the last one in `X-Forwarded-For` that is not.
pub(crate) fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted =
        |address: &IpAddr| trusted.iter().any(|network| network.contains(&address.to_canonical()));
    if !is_trusted(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
    // From the nearest one on; what cannot be read ends the chain that can be believed.
    let readable = hops.iter().rev().map_while(|hop| read_hop(hop.trim()));
    readable.into_iter().find(|hop| !is_trusted(hop)).unwrap_or(peer)
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn read_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| hop.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn places_are_counted_and_freed() {
        let addresses = Addresses::new(Some(2));
        let first = addresses.permit(address("192.0.2.1"));
        let second = addresses.permit(address("192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(addresses.permit(address("192.0.2.1")).is_none());
        assert!(addresses.permit(address("192.0.2.2")).is_some());
        drop(first);
        assert!(addresses.permit(address("192.0.2.1")).is_some());
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.0.0.2".parse().unwrap());
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(client_address(address("10.0.0.1"), &headers, &trusted), address("198.51.100.7"));
        assert_eq!(client_address(address("192.0.2.1"), &headers, &trusted), address("192.0.2.1"));
        assert_eq!(client_address(address("10.0.0.1"), &HeaderMap::new(), &trusted), address("10.0.0.1"));
        headers.insert("x-forwarded-for", "1.2.3.4, 198.51.100.7:4711".parse().unwrap());
        assert_eq!(client_address(address("10.0.0.1"), &headers, &trusted), address("198.51.100.7"));
        headers.insert("x-forwarded-for", "1.2.3.4, unknown".parse().unwrap());
        assert_eq!(client_address(address("10.0.0.1"), &headers, &trusted), address("10.0.0.1"));
    }
}
