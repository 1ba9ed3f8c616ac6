//! What is pushed can be read by the browser alone, and by no push service (RFC 8291).

use chinwag_core::domain::PushTarget;
use web_push_native::p256::PublicKey;
use web_push_native::{Auth, encrypt};

/// Bytes of what is said at most: push services take 4,096 with all that is around it.
pub(super) const LONGEST: usize = 3000;
/// Bytes of what a browser and a server share.
const SECRET_LENGTH: usize = 16;
/// Bytes of a public key as browsers give it, and its first one.
const KEY_LENGTH: usize = 65;
const UNCOMPRESSED: u8 = 4;

/// What is needed to write to a browser.
pub(super) struct BrowserKeys {
    key: PublicKey,
    secret: Auth,
}

impl BrowserKeys {
    /// None for what is no key of a browser.
    pub(super) fn of(target: &PushTarget) -> Option<Self> {
        let PushTarget { key, secret, .. } = target;
        if key.len() != KEY_LENGTH || key.first() != Some(&UNCOMPRESSED) || secret.len() != SECRET_LENGTH {
            return None;
        }
        let key = PublicKey::from_sec1_bytes(key).ok()?;
        Some(Self { key, secret: Auth::clone_from_slice(secret) })
    }

    /// The body of a request to the push service. None for what is too long.
    pub(super) fn seal(&self, text: Vec<u8>) -> Option<Vec<u8>> {
        if text.len() > LONGEST { None } else { encrypt(text, &self.key, &self.secret).ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use web_push_native::decrypt;
    use web_push_native::p256::SecretKey;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    /// The browser of the example in RFC 8291, section 5.
    fn target() -> PushTarget {
        let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        PushTarget {
            endpoint: String::new(),
            key: bytes(key),
            secret: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            page: String::new(),
            language: String::new(),
        }
    }

    #[test]
    fn the_browser_reads_it() {
        let browser = SecretKey::from_slice(&bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")).unwrap();
        let sealed = BrowserKeys::of(&target()).unwrap().seal(b"When I grow up".to_vec()).unwrap();
        assert!(!sealed.windows(4).any(|bytes| bytes == b"grow"));
        let opened = decrypt(sealed, &browser, &Auth::clone_from_slice(&target().secret)).unwrap();
        assert_eq!(opened, b"When I grow up");
    }

    #[test]
    fn only_a_point_is_a_key() {
        let with = |change: fn(&mut PushTarget)| {
            let mut target = target();
            change(&mut target);
            BrowserKeys::of(&target).is_some()
        };
        assert!(with(|_| {}));
        assert!(!with(|target| target.key[40] ^= 1) && !with(|target| _ = target.key.pop()));
        assert!(!with(|target| target.key.clear()) && !with(|target| target.secret.push(0)));
        assert_eq!(BrowserKeys::of(&target()).unwrap().seal(vec![b'x'; LONGEST + 1]), None);
    }
}
