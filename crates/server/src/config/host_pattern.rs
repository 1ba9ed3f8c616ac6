use serde::Deserialize;
use std::str::FromStr;

/// Names by which a server may be called: `chat.example.org`, `*.example.org` for all below it, or `*` for any.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum HostPattern {
    /// Any name.
    Any,
    /// One name, in lower case.
    Name(Box<str>),
    /// The names that end with this, which begins with a dot.
    Below(Box<str>),
}

/// What is no name of a host.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no name of a host such as chat.example.org or *.example.org, without a scheme, a port and a path (or *, for any)"
)]
pub struct NotAHost;

impl HostPattern {
    /// Whether a host of this name (in lower case, without a port) is meant.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Name(own) => **own == *name,
            Self::Below(end) => name.ends_with(&**end),
        }
    }
}

impl FromStr for HostPattern {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_suffix('.').filter(|text| !text.ends_with('*')).unwrap_or(&text);
        if text == "*" {
            return Ok(Self::Any);
        }
        let name = text.strip_prefix("*.").unwrap_or(text);
        let is_name = !name.is_empty()
            && name.split('.').all(|label| {
                !label.is_empty()
                    && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            });
        match text.strip_prefix('*') {
            _ if !is_name => Err(NotAHost),
            Some(end) => Ok(Self::Below(end.into())),
            None => Ok(Self::Name(name.into())),
        }
    }
}

impl TryFrom<String> for HostPattern {
    type Error = NotAHost;

    fn try_from(text: String) -> Result<Self, NotAHost> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_name_or_all_below_one() {
        let fits = |pattern: &str, name: &str| pattern.parse::<HostPattern>().unwrap().fits(name);
        assert!(fits("Chat.Example.org.", "chat.example.org") && fits("box_1", "box_1"));
        assert!(!fits("example.org", "chat.example.org") && !fits("chat.example.org", "example.org"));
        assert!(fits("*.example.org", "a.b.example.org"));
        assert!(!fits("*.example.org", "example.org") && !fits("*.example.org", "evilexample.org"));
        assert!(fits("*", "anything"));
        for text in
            ["", "https://example.org", "example.org:443", "example.org/chat", "a*.org", "*.", "a..b", "**"]
        {
            assert!(text.parse::<HostPattern>().is_err(), "{text}");
        }
    }
}
