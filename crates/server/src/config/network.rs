use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;
use std::str::FromStr;

/// Addresses with a common beginning, such as `10.0.0.0/8`; an address alone is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network(IpNet);

/// What is no network.
#[derive(Debug, thiserror::Error)]
#[error("this is no address or network such as 127.0.0.1 or 10.0.0.0/8")]
pub struct NotANetwork;

impl Network {
    /// Whether `address` is one of them.
    #[must_use]
    pub fn contains(&self, address: &IpAddr) -> bool {
        self.0.contains(address)
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let one = |_| text.parse::<IpAddr>().map(IpNet::from);
        text.parse().or_else(one).map(Self).map_err(|_| NotANetwork)
    }
}

impl TryFrom<String> for Network {
    type Error = NotANetwork;

    fn try_from(text: String) -> Result<Self, NotANetwork> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_network_of_one() {
        let contains = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(&address.parse().unwrap())
        };
        assert!(contains("127.0.0.1", "127.0.0.1") && !contains("127.0.0.1", "127.0.0.2"));
        assert!(contains("10.0.0.0/8", "10.1.2.3") && !contains("10.0.0.0/8", "11.1.2.3"));
        assert!(contains("::1", "::1") && !contains("::1", "::2"));
        for text in ["localhost", "10.0.0.0/40", ""] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
