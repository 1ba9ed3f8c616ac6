use super::BasePath;
use axum::http::Uri;
use axum::http::uri::Authority;
use serde::Deserialize;
use std::str::FromStr;

/// Where people reach the server, such as `https://chat.example.org` or `https://example.org/chat`, as far as that was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(Option<Known>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    is_secure: bool,
    authority: Authority,
    path: BasePath,
}

/// What is no address of a server.
#[derive(Debug, thiserror::Error)]
#[error("this is no address such as https://chat.example.org or https://example.org/chat")]
pub struct NotAnAddress;

impl PublicUrl {
    /// The host and perhaps a port.
    #[must_use]
    pub fn authority(&self) -> Option<&Authority> {
        self.0.as_ref().map(|known| &known.authority)
    }

    /// Whether people reach it by TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.as_ref().is_some_and(|known| known.is_secure)
    }

    /// Scheme and host, as they stand in front of a path.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        let known = self.0.as_ref()?;
        let scheme = if known.is_secure { "https" } else { "http" };
        Some(format!("{scheme}://{}", known.authority))
    }

    /// The path below which it is.
    #[must_use]
    pub fn path(&self) -> Option<&BasePath> {
        self.0.as_ref().map(|known| &known.path)
    }
}

impl FromStr for PublicUrl {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let uri: Uri = text.trim().parse().map_err(|_| NotAnAddress)?;
        let is_secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            Some(_) | None => return Err(NotAnAddress),
        };
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        let authority = authority.ok_or(NotAnAddress)?.clone();
        if text.contains(['?', '#']) {
            return Err(NotAnAddress);
        }
        let path = uri.path().parse().map_err(|_| NotAnAddress)?;
        Ok(Self(Some(Known { is_secure, authority, path })))
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, authority, is_secure, path) in [
            ("https://chat.example.org", "chat.example.org", true, "/"),
            (" http://Chat.example.org:8080/ ", "Chat.example.org:8080", false, "/"),
            ("https://example.org/chat/", "example.org", true, "/chat/"),
            ("http://[::1]:3000/a/b", "[::1]:3000", false, "/a/b/"),
        ] {
            let url: PublicUrl = text.parse().unwrap();
            let read = (url.authority().unwrap().as_str(), url.is_secure(), url.path().unwrap().as_str());
            assert_eq!(read, (authority, is_secure, path));
        }
        for text in [
            "",
            "chat.example.org",
            "ftp://example.org",
            "https://",
            "https://a@b",
            "https://x/?a",
            "https://x/#a",
            "/chat",
        ] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }
}
