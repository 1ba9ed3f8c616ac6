//! A sign-in that was begun, as the browser keeps it in a cookie until the provider leads back.
//!
//! The cookie is what binds the answer of a provider to the browser that asked: a link to an answer that somebody else was given is of no use in
//! another browser. Where TLS is spoken its name begins with `__Host-`, so that no neighbour on a domain can put one there.

use crate::adapters::RandomSecrets;
use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chinwag_core::chat::TakenAlong;
use chinwag_core::domain::Millis;
use chinwag_core::ports::SecretSource as _;
use sha2::{Digest as _, Sha256};

/// In how many seconds somebody signs in at the provider.
const GOOD_FOR_S: i64 = 10 * 60;
/// Bytes of what a browser brings, at most.
const LONGEST: usize = 400;
/// Bytes of each secret that is taken along, at most; ours have 46.
const SECRET: usize = 64;

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    pub(super) state: String,
    pub(super) nonce: String,
    /// Which only this browser can show to go with the code (PKCE, RFC 7636).
    pub(super) verifier: String,
    pub(crate) along: TakenAlong,
    began_at: Millis,
}

impl Pending {
    pub(super) fn new(TakenAlong { invite, guest, keeper }: TakenAlong, now: Millis) -> Self {
        let [invite, guest, keeper] = [invite, guest, keeper]
            .map(|secret| secret.filter(|secret| is_word(secret) && secret.len() <= SECRET));
        let along = TakenAlong { invite, guest, keeper };
        let [state, nonce, verifier] = std::array::from_fn(|_| RandomSecrets.new_token());
        Self { state, nonce, verifier, along, began_at: now }
    }

    /// What the provider is told of the verifier.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }

    /// The sign-in that a browser has begun, if that was not too long ago.
    pub(crate) fn brought(headers: &HeaderMap, is_secure: bool, now: Millis) -> Option<Self> {
        let name = name(is_secure);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(found, _)| *found == name)?;
        Self::read(value).filter(|pending| {
            let age_s = (now.0 - pending.began_at.0).div_euclid(1000);
            (-60..GOOD_FOR_S).contains(&age_s)
        })
    }

    fn read(value: &str) -> Option<Self> {
        let parts: Vec<_> = value.split('.').collect();
        let [began_at, state, nonce, verifier, invite, guest, keeper] = *parts.as_slice() else {
            return None;
        };
        let are_there = [state, nonce, verifier].iter().all(|part| !part.is_empty());
        if value.len() > LONGEST || !are_there || !parts[1..].iter().all(|part| is_word(part)) {
            return None;
        }
        let [invite, guest, keeper] =
            [invite, guest, keeper].map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        Some(Self {
            state: state.to_owned(),
            nonce: nonce.to_owned(),
            verifier: verifier.to_owned(),
            along: TakenAlong { invite, guest, keeper },
            began_at: Millis(began_at.parse().ok()?),
        })
    }

    /// Has the browser keep it. It is sent along when the provider, which is another site, leads back (`SameSite=Lax`).
    pub(crate) fn keep(&self, is_secure: bool) -> Option<HeaderValue> {
        let Self { state, nonce, verifier, along, began_at } = self;
        let TakenAlong { invite, guest, keeper } = along;
        let [invite, guest, keeper] =
            [invite, guest, keeper].map(|secret| secret.as_deref().unwrap_or_default());
        let value = format!("{}.{state}.{nonce}.{verifier}.{invite}.{guest}.{keeper}", began_at.0);
        header_of(&value, GOOD_FOR_S, is_secure)
    }

    /// Has the browser forget it: each is good for one answer.
    pub(crate) fn forget(is_secure: bool) -> Option<HeaderValue> {
        header_of("", 0, is_secure)
    }
}

fn name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-chinwag_oidc" } else { "chinwag_oidc" }
}

fn header_of(value: &str, seconds: i64, is_secure: bool) -> Option<HeaderValue> {
    let secure = if is_secure { "; Secure" } else { "" };
    let name = name(is_secure);
    HeaderValue::try_from(format!(
        "{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000_000_000);

    fn brought(cookie: &str, is_secure: bool, now: Millis) -> Option<Pending> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::try_from(cookie).unwrap());
        Pending::brought(&headers, is_secure, now)
    }

    #[test]
    fn a_browser_brings_back_what_it_was_given_for_a_while() {
        let secret = |letter: &str| Some(format!("cw_{}", letter.repeat(SECRET - 3)));
        let along = TakenAlong { invite: secret("i"), guest: secret("g"), keeper: secret("k") };
        let guest = TakenAlong { guest: secret("g"), ..TakenAlong::default() };
        for along in [TakenAlong::default(), guest, along] {
            let pending = Pending::new(along, NOW);
            for is_secure in [true, false] {
                let kept = pending.keep(is_secure).unwrap().to_str().unwrap().to_owned();
                let (cookie, rest) = kept.split_once("; ").unwrap();
                assert_eq!(rest.ends_with("; Secure"), is_secure);
                assert!(rest.starts_with("Path=/; Max-Age=600; HttpOnly; SameSite=Lax"), "{rest}");
                assert_eq!(brought(&format!("a=b; {cookie}"), is_secure, NOW).as_ref(), Some(&pending));
                assert_eq!(brought(cookie, is_secure, Millis(NOW.0 + 599_999)), Some(pending.clone()));
                assert_eq!(brought(cookie, is_secure, Millis(NOW.0 + 600_000)), None, "too old");
                assert_eq!(brought(cookie, !is_secure, NOW), None, "where TLS is spoken by another name");
            }
        }
        let forget = Pending::forget(true).unwrap();
        assert!(forget.to_str().unwrap().starts_with("__Host-chinwag_oidc=; Path=/; Max-Age=0;"));
    }

    #[test]
    fn what_is_none_of_ours_is_not_read() {
        for value in [
            "",
            "x",
            "1.a.b.c",
            "1.a.b.c.d.e",
            "1.a.b.c.d.e.f.g",
            "x.a.b.c...",
            "1..b.c...",
            "1.a.b.c.d e..",
            "1.a.b.c..;.",
            "1.a;.b.c...",
        ] {
            assert_eq!(Pending::read(value), None, "{value}");
        }
        assert!(Pending::read("1.a.b.c...").is_some());
        assert_eq!(Pending::read(&format!("1.a.b.{}...", "c".repeat(LONGEST))), None);
    }

    #[test]
    fn no_two_are_the_same_and_a_strange_invitation_is_left_out() {
        let invited = |invite| TakenAlong { invite: Some(invite), ..TakenAlong::default() };
        let (one, other) =
            (Pending::new(invited("a b".to_owned()), NOW), Pending::new(invited("x".repeat(65)), NOW));
        assert_eq!((&one.along, &other.along), (&TakenAlong::default(), &TakenAlong::default()));
        let secrets = [&one.state, &one.nonce, &one.verifier, &other.state, &other.nonce, &other.verifier];
        assert_eq!(secrets.iter().collect::<std::collections::HashSet<_>>().len(), 6);
        assert!(secrets.iter().all(|secret| secret.len() >= 43));
    }
}
