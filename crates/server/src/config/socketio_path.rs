use serde::Deserialize;
use std::str::FromStr;

/// A path under which Socket.IO is spoken, as its clients name it in their option `path`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SocketIoPath(Box<str>);

/// What no client can use, or something else uses here.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no path for Socket.IO, such as /socket.io or /chat/socket: letters, digits, and - _ . between slashes, and nothing of the server's own such as /ws"
)]
pub struct NotAPath;

/// The first parts of paths that lead to something else. What comes by Socket.IO to `/ws` is answered as it is.
const OTHERS: [&str; 8] = ["ws", "simple", "api", "assets", "healthz", "readyz", "metrics", ""];

impl SocketIoPath {
    /// The path, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for SocketIoPath {
    fn default() -> Self {
        Self("/socket.io".into())
    }
}

impl FromStr for SocketIoPath {
    type Err = NotAPath;

    fn from_str(text: &str) -> Result<Self, NotAPath> {
        let path = text.trim().trim_end_matches('/');
        let parts: Vec<_> = path.strip_prefix('/').ok_or(NotAPath)?.split('/').collect();
        let may_stand = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let is_part = |part: &&str| !matches!(*part, "" | "." | "..") && part.chars().all(may_stand);
        let is_free = parts.first().is_some_and(|first| !OTHERS.contains(first));
        if is_free && parts.iter().all(is_part) { Ok(Self(path.into())) } else { Err(NotAPath) }
    }
}

impl TryFrom<String> for SocketIoPath {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, NotAPath> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_clients_name() {
        for (text, path) in
            [("/chat", "/chat"), ("/chat/", "/chat"), ("/a/b.c", "/a/b.c"), (" /socket.io ", "/socket.io")]
        {
            assert_eq!(text.parse::<SocketIoPath>().unwrap().as_str(), path, "{text}");
        }
        for text in
            ["", "/", "chat", "/a//b", "/a/../b", "/{x}", "/a?b", "/ws", "/api/session", "/healthz", "/*"]
        {
            assert!(text.parse::<SocketIoPath>().is_err(), "{text}");
        }
    }
}
