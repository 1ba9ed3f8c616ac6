use serde::Deserialize;
use std::str::FromStr;
use std::sync::Arc;

/// The path below which people reach the server, beginning and ending with `/`: `/chat/`, or `/` where it has the whole host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BasePath(Arc<str>);

/// What cannot be a path.
#[derive(Debug, thiserror::Error)]
#[error("this is no path such as /chat, made of letters, digits, -, _, . and ~")]
pub struct NotAPath;

impl BasePath {
    /// With the `/` at both ends.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the server has the whole host.
    #[must_use]
    pub fn is_root(&self) -> bool {
        &*self.0 == "/"
    }

    /// What stands behind this path in `path`, with its `/`; `None` for a path that is not below this one.
    #[must_use]
    pub fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        let bare = self.0.strip_suffix('/')?;
        path.strip_prefix(bare).filter(|rest| rest.starts_with('/'))
    }
}

impl Default for BasePath {
    fn default() -> Self {
        Self("/".into())
    }
}

impl FromStr for BasePath {
    type Err = NotAPath;

    fn from_str(text: &str) -> Result<Self, NotAPath> {
        let inner = text.trim().trim_matches('/');
        if inner.is_empty() {
            return if text.trim().starts_with('/') { Ok(Self::default()) } else { Err(NotAPath) };
        }
        let is_segment = |segment: &str| {
            !matches!(segment, "" | "." | "..")
                && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
        };
        if inner.split('/').all(is_segment) { Ok(Self(format!("/{inner}/").into())) } else { Err(NotAPath) }
    }
}

impl TryFrom<String> for BasePath {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, NotAPath> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_slash_at_both_ends() {
        for (text, path) in [("/", "/"), ("/chat", "/chat/"), ("chat/", "/chat/"), ("/a/b.c/", "/a/b.c/")] {
            assert_eq!(text.parse::<BasePath>().unwrap().as_str(), path);
        }
        for text in ["", "/a b", "/a//b", "/..", "/a/./b", "/a?b", "/caf\u{e9}", "/\"><script>"] {
            assert!(text.parse::<BasePath>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_below_it_is_known() {
        let rest = |base: &str, path| base.parse::<BasePath>().unwrap().rest(path);
        assert_eq!(rest("/chat", "/chat/rooms/tech"), Some("/rooms/tech"));
        assert_eq!(rest("/chat", "/chat/"), Some("/"));
        assert_eq!(
            [rest("/chat", "/chatter"), rest("/chat", "/chat"), rest("/chat", "/")],
            [None, None, None]
        );
        assert_eq!(rest("/", "/rooms"), Some("/rooms"));
    }
}
