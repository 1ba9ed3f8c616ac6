use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chinwag_core::chat::Chat;
use chinwag_core::domain::{Millis, Refusal, SessionId, UserId};
use chinwag_core::ports::SigningKey;
use chinwag_wire::access_token::{AUDIENCE, AccessClaims, Claims};
use jsonwebtoken::dangerous::insecure_decode_claims;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use parking_lot::RwLock;
use rand::TryRng as _;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// Seconds that an access token is good.
pub(crate) const ACCESS_TOKEN_S: u32 = 15 * 60;
/// Bytes of the longest token that is looked at.
const LONGEST: usize = 2048;
/// The storage is asked for new keys once in so many milliseconds, whatever names of keys are made up.
const RELOAD_MS: i64 = 1000;

/// Makes and reads access tokens. All nodes have the same keys, from the storage.
pub(crate) struct AccessTokens {
    chat: Chat,
    keys: RwLock<Keys>,
}

struct Keys {
    /// The newest, and its name.
    signing: (String, EncodingKey),
    verifying: HashMap<String, DecodingKey>,
    read_at: Millis,
}

impl AccessTokens {
    /// Reads the keys, and makes the first one.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the storage does not answer, or its keys cannot be read.
    pub(crate) async fn open(chat: Chat) -> Result<Self, Refusal> {
        let keys = chat.signing_keys(Some(new_key()?)).await?;
        // Another node that begins at the same moment may have made a key, too: the first one that is unknown is looked for at once.
        let keys = RwLock::new(Keys::of(&keys, Millis(0)).ok_or(Refusal::Unavailable)?);
        Ok(Self { chat, keys })
    }

    /// Whether a text looks like one: the other tokens have no dot.
    pub(crate) fn may_be(token: &str) -> bool {
        token.contains('.')
    }

    /// Whether a token that may be one says that it is for this server's own use. Nothing else of it is believed for that.
    pub(crate) fn is_own(token: &str) -> bool {
        #[derive(serde::Deserialize)]
        struct Audience {
            aud: String,
        }
        token.len() <= LONGEST
            && insecure_decode_claims::<Audience>(token).is_ok_and(|claims| claims.aud == AUDIENCE)
    }

    /// A token of a session.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the key does not sign.
    pub(crate) fn issue(&self, user: UserId, session: SessionId) -> Result<String, Refusal> {
        self.issue_for(AUDIENCE, i64::from(ACCESS_TOKEN_S), user, session)
    }

    /// A token of a session that is good for one use.
    pub(super) fn issue_for(
        &self,
        audience: &str,
        seconds: i64,
        user: UserId,
        session: SessionId,
    ) -> Result<String, Refusal> {
        let now = self.chat.now().0 / 1000;
        let claims = AccessClaims {
            sub: user.to_string(),
            sid: session.0,
            aud: audience.to_owned(),
            iat: now,
            exp: now + seconds,
        };
        self.sign(&Claims::Session(claims))
    }

    /// Signs what this server says to itself.
    pub(super) fn sign(&self, claims: &Claims) -> Result<String, Refusal> {
        self.keys.read().sign(claims).map_err(|error| {
            tracing::error!(%error, "cannot sign an access token");
            Refusal::Unavailable
        })
    }

    /// Of which session a token is.
    ///
    /// # Errors
    /// [`Refusal::Unauthorized`] for one that this server did not sign, or whose time is over.
    pub(crate) async fn read(&self, token: &str) -> Result<SessionId, Refusal> {
        self.read_for(AUDIENCE, token).await
    }

    /// Of which session a token is that is good for one use.
    pub(super) async fn read_for(&self, audience: &str, token: &str) -> Result<SessionId, Refusal> {
        let claims: AccessClaims = self.verify(audience, token).await?;
        if claims.exp > self.chat.now().0 / 1000 {
            Ok(SessionId(claims.sid))
        } else {
            Err(Refusal::Unauthorized)
        }
    }

    /// What this server has said to itself for one use. Up to when that is good is for the caller to see.
    pub(super) async fn verify<T: DeserializeOwned>(
        &self,
        audience: &str,
        token: &str,
    ) -> Result<T, Refusal> {
        if token.len() > LONGEST {
            return Err(Refusal::Unauthorized);
        }
        let header = decode_header(token).map_err(|_| Refusal::Unauthorized)?;
        let id = header.kid.filter(|_| header.alg == Algorithm::EdDSA).ok_or(Refusal::Unauthorized)?;
        if !self.keys.read().verifying.contains_key(&id) {
            self.reload().await?;
        }
        self.keys.read().claims(&id, audience, token).ok_or(Refusal::Unauthorized)
    }

    /// Reads the keys anew, unless that was done a moment ago: another node may have made one.
    async fn reload(&self) -> Result<(), Refusal> {
        let now = self.chat.now();
        {
            let mut keys = self.keys.write();
            if now.0 - keys.read_at.0 < RELOAD_MS {
                return Ok(());
            }
            keys.read_at = now;
        }
        let read = self.chat.signing_keys(None).await?;
        if let Some(keys) = Keys::of(&read, now) {
            *self.keys.write() = keys;
        }
        Ok(())
    }
}

impl Keys {
    /// None when there is no key that can be read.
    fn of(keys: &[SigningKey], read_at: Millis) -> Option<Self> {
        let mut verifying = HashMap::new();
        for key in keys {
            match Ed25519KeyPair::from_pkcs8(&key.secret) {
                Ok(pair) => {
                    let public = DecodingKey::from_ed_der(pair.public_key().as_ref());
                    verifying.insert(key.id.clone(), public);
                }
                Err(error) => tracing::error!(key = key.id, %error, "a signing key cannot be read"),
            }
        }
        let newest = keys.iter().find(|key| verifying.contains_key(&key.id))?;
        let signing = (newest.id.clone(), EncodingKey::from_ed_der(&newest.secret));
        Some(Self { signing, verifying, read_at })
    }

    /// Signs with the newest key.
    fn sign(&self, claims: &Claims) -> jsonwebtoken::errors::Result<String> {
        let (id, key) = &self.signing;
        let header = Header { kid: Some(id.clone()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, claims, key)
    }

    /// What a token says that was signed with the key `id` for one use. Its time is looked at by the clock of this server, which several nodes
    /// have from one database.
    fn claims<T: DeserializeOwned>(&self, id: &str, audience: &str, token: &str) -> Option<T> {
        Some(decode::<T>(token, self.verifying.get(id)?, &validation(audience)).ok()?.claims)
    }
}

fn validation(audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "aud", "sub"]);
    validation.validate_exp = false;
    validation
}

/// A new key under a random name.
///
/// # Errors
/// [`Refusal::Unavailable`] when the system has no random numbers.
pub(crate) fn new_key() -> Result<SigningKey, Refusal> {
    let mut name = [0_u8; 9];
    rand::rngs::SysRng.try_fill_bytes(&mut name).map_err(|_| Refusal::Unavailable)?;
    let secret = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| Refusal::Unavailable)?;
    Ok(SigningKey { id: URL_SAFE_NO_PAD.encode(name), secret: secret.as_ref().to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: Millis = Millis(1_000_000_000);

    fn keys(keys: &[SigningKey]) -> Keys {
        Keys::of(keys, NOW).unwrap()
    }

    fn claims() -> Value {
        json!({"sub": "1", "sid": 7, "aud": AUDIENCE, "iat": 999_900, "exp": 1_000_001})
    }

    fn session(keys: &Keys, claims: &Value) -> Option<SessionId> {
        let (id, key) = &keys.signing;
        let header = Header { kid: Some(id.clone()), ..Header::new(Algorithm::EdDSA) };
        good(keys, id, &encode(&header, claims, key).unwrap())
    }

    fn good(keys: &Keys, id: &str, token: &str) -> Option<SessionId> {
        let claims: AccessClaims = keys.claims(id, AUDIENCE, token)?;
        (claims.exp > NOW.0 / 1000).then_some(SessionId(claims.sid))
    }

    #[test]
    fn a_token_is_good_for_its_session_until_it_ends() {
        let keys = keys(&[new_key().unwrap()]);
        assert_eq!(session(&keys, &claims()), Some(SessionId(7)));
        for (claim, value) in [
            ("exp", json!(1_000_000)),
            ("exp", json!(0)),
            ("aud", json!("another")),
            ("aud", json!(["x", "y"])),
        ] {
            let mut wrong = claims();
            wrong[claim] = value;
            assert_eq!(session(&keys, &wrong), None, "{wrong}");
        }
        for claim in ["exp", "aud", "sub", "sid"] {
            let mut without = claims();
            without.as_object_mut().unwrap().remove(claim);
            assert_eq!(session(&keys, &without), None, "{without}");
        }
    }

    #[test]
    fn the_key_says_by_which_algorithm() {
        let own = new_key().unwrap();
        let keys = keys(std::slice::from_ref(&own));
        let pair = Ed25519KeyPair::from_pkcs8(&own.secret).unwrap();
        // What everybody may know must not be a secret that signs.
        let secret = EncodingKey::from_secret(pair.public_key().as_ref());
        let header = Header { kid: Some(own.id.clone()), ..Header::new(Algorithm::HS256) };
        let confused = encode(&header, &claims(), &secret).unwrap();
        assert_eq!(good(&keys, &own.id, &confused), None);
        let stranger = EncodingKey::from_ed_der(&new_key().unwrap().secret);
        let header = Header { kid: Some(own.id.clone()), ..Header::new(Algorithm::EdDSA) };
        let foreign = encode(&header, &claims(), &stranger).unwrap();
        assert_eq!(good(&keys, &own.id, &foreign), None);
    }

    #[test]
    fn the_newest_key_signs_and_those_before_are_believed() {
        let (old, new) = (new_key().unwrap(), new_key().unwrap());
        let before = keys(std::slice::from_ref(&old));
        let claims: AccessClaims = serde_json::from_value(claims()).unwrap();
        let token = before.sign(&Claims::Session(claims)).unwrap();
        let after = keys(&[new.clone(), old.clone()]);
        assert_eq!(after.signing.0, new.id);
        assert_eq!(good(&after, &old.id, &token), Some(SessionId(7)));
        assert_eq!(good(&keys(&[new]), &old.id, &token), None);
    }
}
