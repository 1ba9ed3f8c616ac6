//! The cookie in which a browser keeps its session. No script of a page reads it, no other site has it sent, and it comes to the routes of sessions
//! alone.

use crate::config::BasePath;
use axum::http::{HeaderMap, HeaderValue, header};

const NAME: &str = "chinwag_session";
/// As long as browsers keep a cookie at most. The session may end before.
const KEPT_S: u32 = 400 * 24 * 60 * 60;
/// Bytes of what a browser brings, at most; ours have 46.
const LONGEST: usize = 64;

/// How this server sets it for a request.
pub(crate) struct RefreshCookie {
    path: String,
    is_secure: bool,
}

impl RefreshCookie {
    pub(crate) fn new(base_path: &BasePath, is_secure: bool) -> Self {
        Self { path: format!("{}api/session", base_path.as_str()), is_secure }
    }

    /// What a browser brings.
    pub(crate) fn brought(headers: &HeaderMap) -> Option<&str> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, token) = pairs.find(|(name, _)| *name == NAME)?;
        (!token.is_empty() && token.len() <= LONGEST).then_some(token)
    }

    /// Has the browser keep a token.
    pub(crate) fn keep(&self, token: &str) -> Option<HeaderValue> {
        self.header(token, KEPT_S)
    }

    /// Has the browser forget it.
    pub(crate) fn forget(&self) -> Option<HeaderValue> {
        self.header("", 0)
    }

    fn header(&self, value: &str, seconds: u32) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let Self { path, .. } = self;
        HeaderValue::try_from(format!(
            "{NAME}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
        ))
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_by_its_name_and_kept_from_everybody_else() {
        let brought = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookies));
            RefreshCookie::brought(&headers).map(str::to_owned)
        };
        assert_eq!(brought("a=b; chinwag_session=cw_x; c=d").as_deref(), Some("cw_x"));
        for none in ["xchinwag_session=cw_x", "chinwag_session=", "cw_x", ""] {
            assert_eq!(brought(none), None, "{none}");
        }
        let cookie = RefreshCookie { path: "/chat/api/session".to_owned(), is_secure: true };
        let kept = "chinwag_session=cw_x; Path=/chat/api/session; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure";
        assert_eq!(cookie.keep("cw_x").unwrap(), kept);
        assert!(cookie.forget().unwrap().to_str().unwrap().contains("Max-Age=0;"));
    }
}
