use serde::Deserialize;
use std::str::FromStr;

/// The origin of a web page as browsers name it (RFC 6454, section 6.2): `https://example.org`, with a port where it is not the usual
/// one, or `null` for a page that has none, such as one opened from disk.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PageOrigin(Box<str>);

/// What no browser sends.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no origin such as https://example.org or http://localhost:5173 (or null, for pages opened from disk)"
)]
pub struct NotAnOrigin;

impl PageOrigin {
    /// Whether a browser that sends `origin` means it.
    #[must_use]
    pub fn is(&self, origin: &str) -> bool {
        self.0.eq_ignore_ascii_case(origin)
    }
}

impl FromStr for PageOrigin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.trim_end_matches('/');
        let has_host = |(scheme, host): (&str, &str)| {
            !scheme.is_empty() && !host.is_empty() && !host.contains(['/', '?', '#', '@'])
        };
        let is_origin = text == "null" || text.split_once("://").is_some_and(has_host);
        if is_origin { Ok(Self(text.into())) } else { Err(NotAnOrigin) }
    }
}

impl TryFrom<String> for PageOrigin {
    type Error = NotAnOrigin;

    fn try_from(text: String) -> Result<Self, NotAnOrigin> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_send_is_an_origin() {
        for text in ["https://example.org", "http://localhost:5173/", "null", "http://[::1]:3000"] {
            assert!(text.parse::<PageOrigin>().unwrap().is(text.trim_end_matches('/')), "{text}");
        }
        for text in ["example.org", "https://", "https://example.org/chat", "*", "//example.org", ""] {
            assert!(text.parse::<PageOrigin>().is_err(), "{text}");
        }
    }
}
