use crate::error::UrlError;
use std::fmt;
use std::str::FromStr;

/// Where a server is, such as `http://localhost:3000` or `http://example.org/chat`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerUrl {
    authority: String,
    /// The path below which it is, with a `/` at its beginning and none at its end, or nothing.
    base_path: String,
}

impl ServerUrl {
    /// Host and port, as they stand in a `Host` header.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Host and port to connect to.
    pub(crate) fn address(&self) -> String {
        // In an IPv6 address only what follows the bracket can be a port.
        let after_host = self.authority.rsplit(']').next().unwrap_or_default();
        if after_host.contains(':') { self.authority.clone() } else { format!("{}:80", self.authority) }
    }

    /// The address of the native protocol.
    pub(crate) fn web_socket(&self) -> String {
        format!("ws://{}{}", self.authority, self.path("ws"))
    }

    /// The path of something that the server has.
    pub(crate) fn path(&self, relative: &str) -> String {
        format!("{}/{relative}", self.base_path)
    }
}

impl FromStr for ServerUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let error = || UrlError(text.to_owned());
        let rest = text.trim().strip_prefix("http://").ok_or_else(error)?.trim_end_matches('/');
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.is_empty() || rest.contains(['?', '#', '@']) || rest.contains(char::is_whitespace) {
            return Err(error());
        }
        Ok(Self { authority: authority.to_owned(), base_path: path.to_owned() })
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority, self.base_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, address, web_socket) in [
            ("http://localhost:3000", "localhost:3000", "ws://localhost:3000/ws"),
            (" http://chat.example.org/ ", "chat.example.org:80", "ws://chat.example.org/ws"),
            ("http://example.org/chat/", "example.org:80", "ws://example.org/chat/ws"),
            ("http://[::1]", "[::1]:80", "ws://[::1]/ws"),
            ("http://[::1]:3000", "[::1]:3000", "ws://[::1]:3000/ws"),
        ] {
            let url: ServerUrl = text.parse().unwrap();
            assert_eq!((url.address().as_str(), url.web_socket().as_str()), (address, web_socket));
        }
    }

    #[test]
    fn refuses_what_it_cannot_reach() {
        for text in [
            "",
            "localhost:3000",
            "https://chat.example.org",
            "http://",
            "http:///b",
            "http://a/?b",
            "http://a b",
        ] {
            assert!(text.parse::<ServerUrl>().is_err(), "{text}");
        }
    }
}
