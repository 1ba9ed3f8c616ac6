//! The cookie by which the browser of a guest is known again after the sign-out. It is worth nothing but the names that this browser had: it
//! signs nobody in, and says to no account who it is. The storage has only its hash, and no script of a page can read it.

use crate::adapters::RandomSecrets;
use axum::http::{HeaderMap, HeaderValue, header};
use chinwag_core::ports::SecretSource as _;

const COOKIE: &str = "chinwag_name";
/// As long as browsers keep a cookie at most: a session may last, and the name is held from its end on.
const KEPT_S: u32 = 400 * 24 * 60 * 60;
/// Bytes of what a browser brings, at most; ours have 46.
const LONGEST: usize = 64;

/// The secret that a browser brings, or a new one for it.
pub(super) fn secret(headers: &HeaderMap) -> String {
    brought(headers).map_or_else(|| RandomSecrets.new_token(), str::to_owned)
}

/// The secret that a browser brings.
pub(super) fn brought(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut brought = pairs.filter(|(name, _)| *name == COOKIE).map(|(_, secret)| secret);
    brought.find(|secret| secret.starts_with("cw_") && secret.len() <= LONGEST)
}

/// What has the browser keep it. Without a path it comes back to the addresses beside this one alone, wherever a proxy put them.
pub(super) fn set_cookie(secret: &str, is_secure: bool) -> Option<HeaderValue> {
    let secure = if is_secure { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{COOKIE}={secret}; Max-Age={KEPT_S}; HttpOnly; SameSite=Strict{secure}"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_its_own_cookie_alone() {
        let brought = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookies));
            secret(&headers)
        };
        assert_eq!(brought("a=b; chinwag_name=cw_x; c=d"), "cw_x");
        for strange in ["xchinwag_name=cw_x", "chinwag_name=", "chinwag_name=x", "cw_x", ""] {
            assert_eq!(brought(strange).len(), 46, "{strange}");
        }
        assert_ne!(secret(&HeaderMap::new()), secret(&HeaderMap::new()));
        let header = set_cookie("cw_x", true).unwrap();
        assert_eq!(header, "chinwag_name=cw_x; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure");
    }
}
