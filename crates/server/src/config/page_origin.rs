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
    "this is no origin as browsers name it, such as https://example.org or http://localhost:5173, without a usual port and \
     without * (or null, for pages opened from disk)"
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
        let text = text.trim().trim_end_matches('/');
        let is_origin = text == "null"
            || text.split_once("://").is_some_and(|(scheme, authority)| {
                let has_usual_port = [("http", ":80"), ("https", ":443")]
                    .iter()
                    .any(|(name, port)| scheme.eq_ignore_ascii_case(name) && authority.ends_with(port));
                !scheme.is_empty()
                    && !authority.is_empty()
                    && !has_usual_port
                    && !authority
                        .contains(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '@' | '*'))
            });
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
        for text in
            ["https://example.org", "http://localhost:5173/", "null", " http://[::1]:3000", "https://x:4443"]
        {
            assert!(text.parse::<PageOrigin>().unwrap().is(text.trim().trim_end_matches('/')), "{text}");
        }
        for text in [
            "example.org",
            "https://",
            "https://example.org/chat",
            "*",
            "//example.org",
            "",
            "https://*.example.org",
            "https://example.org:443",
            "HTTP://example.org:80",
            "https://exa mple.org",
        ] {
            assert!(text.parse::<PageOrigin>().is_err(), "{text}");
        }
    }
}
