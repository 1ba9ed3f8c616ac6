use rustix::system::uname;
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// What the operator calls one of several nodes. It stands in the session ids of Socket.IO, by which a proxy finds the node again, so it has only
/// what no proxy has to escape.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NodeName(String);

/// What is no name of a node.
#[derive(Debug, thiserror::Error)]
#[error("a node is named by 1 to 32 letters (a to z), digits and -, such as chat-1")]
pub struct NotANodeName;

/// Characters of a name.
const LONGEST: usize = 32;

impl NodeName {
    /// The name as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a host is called, without its domain and what a name cannot have. Of a long one the end is kept, which is what tells the machines of an
    /// orchestrator apart.
    fn of_host(host: &str) -> Self {
        let first = host.split('.').next().unwrap_or_default();
        let name: String =
            first.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
        let name = name.get(name.len().saturating_sub(LONGEST)..).unwrap_or_default().trim_matches('-');
        name.parse().unwrap_or_else(|_| Self("node".to_owned()))
    }
}

impl Default for NodeName {
    fn default() -> Self {
        Self::of_host(&uname().nodename().to_string_lossy())
    }
}

impl FromStr for NodeName {
    type Err = NotANodeName;

    fn from_str(text: &str) -> Result<Self, NotANodeName> {
        let is_name = (1..=LONGEST).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_name { Ok(Self(text.to_owned())) } else { Err(NotANodeName) }
    }
}

impl TryFrom<String> for NodeName {
    type Error = NotANodeName;

    fn try_from(text: String) -> Result<Self, NotANodeName> {
        text.parse()
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_letters_digits_and_dashes() {
        for name in ["a", "chat-1", "Node7", &"x".repeat(32)] {
            assert_eq!(name.parse::<NodeName>().unwrap().as_str(), name);
        }
        for text in ["", "a b", "chat.1", "a_b", "é", &"x".repeat(33)] {
            assert!(text.parse::<NodeName>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_host_lends_its_name() {
        let of = |host: &str| NodeName::of_host(host).0;
        assert_eq!(of("chat-1.example.org"), "chat-1");
        assert_eq!(of("3f2a9c01b7de"), "3f2a9c01b7de");
        assert_eq!(of("my_host"), "my-host");
        assert_eq!(
            of("chinwag-deployment-in-production-7d9f6c5b8-x2x4q"),
            "nt-in-production-7d9f6c5b8-x2x4q"
        );
        for host in ["", ".", "___", "(none)"] {
            assert!(of(host).parse::<NodeName>().is_ok(), "{host}");
        }
    }
}
