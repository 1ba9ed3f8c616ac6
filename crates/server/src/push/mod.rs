//! Web Push: what is for somebody who is elsewhere goes to that person's devices, by the push services of their browsers.
//!
//! A consumer of the logs finds it ([`consumer`]), and what is found waits in the storage until a push service has taken it.

mod address;
mod consumer;
mod encrypt;
mod http;
mod payload;
mod wanted;

pub(crate) use consumer::run;
pub(crate) use payload::Payload;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chinwag_core::chat::Chat;
use chinwag_core::domain::{Millis, PUSH_ENDPOINT_LENGTH, PushTarget, Refusal};
use encrypt::BrowserKeys;
use http::{HttpError, PushService};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

/// Seconds for which a push service keeps what it cannot deliver.
const TTL_S: u32 = 24 * 60 * 60;
/// Seconds for which a signature is good.
const SIGNATURE_S: i64 = 12 * 60 * 60;
/// The status of a refusal that no push service has given: it cannot be written to.
const NO_STATUS: u32 = 0;

/// Speaks to push services.
pub(crate) struct Pusher {
    key: EncodingKey,
    /// In URL-safe Base64.
    public_key: String,
    service: PushService,
}

/// What a push service made of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Taken,
    /// The browser has ended it.
    Gone,
    /// Come again, perhaps after so many seconds.
    Later(Option<u32>),
    Refused(u32),
}

impl Pusher {
    /// Reads the key of this server, and makes it when there is none. `allows_loopback` is for tests.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the storage does not answer, or its key cannot be read.
    pub(crate) async fn open(chat: &Chat, allows_loopback: bool) -> Result<Self, Refusal> {
        let fresh = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| Refusal::Unavailable)?;
        let secret = chat.push_key(fresh.as_ref().to_vec()).await?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &secret)
            .map_err(|_| Refusal::Unavailable)?;
        let public_key = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let service = PushService::new(allows_loopback);
        Ok(Self { key: EncodingKey::from_ec_der(&secret), public_key, service })
    }

    /// The public key, as browsers take it.
    pub(crate) fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Whether a device may be reached like that, as far as it can be told before.
    ///
    /// # Errors
    /// A sentence that says why not.
    pub(crate) fn check(&self, target: &PushTarget) -> Result<(), &'static str> {
        if target.endpoint.len() > PUSH_ENDPOINT_LENGTH || self.service.uri(&target.endpoint).is_none() {
            return Err("A push service has an https address that everybody reaches.");
        }
        if BrowserKeys::of(target).is_none() {
            return Err("These are no keys of a browser.");
        }
        Ok(())
    }

    /// Hands something to the push service of a device.
    pub(crate) async fn push(&self, target: &PushTarget, payload: &Payload, now: Millis) -> Answer {
        let sealed = BrowserKeys::of(target).and_then(|keys| keys.seal(payload.json()));
        let (Some(uri), Some(body)) = (self.service.uri(&target.endpoint), sealed) else {
            return Answer::Refused(NO_STATUS);
        };
        let Some(authorization) = self.authorization(&uri, &target.page, now) else {
            return Answer::Later(None);
        };
        let headers = [
            ("authorization", authorization),
            ("content-encoding", "aes128gcm".to_owned()),
            ("content-type", "application/octet-stream".to_owned()),
            ("ttl", TTL_S.to_string()),
            ("urgency", "high".to_owned()),
            ("topic", payload.topic().to_owned()),
        ];
        match self.service.post(&uri, &headers, body).await {
            Ok((200..=299, _)) => Answer::Taken,
            Ok((404 | 410, _)) => Answer::Gone,
            Ok((429 | 500..=599, after)) => Answer::Later(after),
            Ok((status, _)) => Answer::Refused(status.into()),
            Err(HttpError::NotPublic) => Answer::Refused(NO_STATUS),
            Err(error) => {
                tracing::debug!(%error, "a push service could not be reached");
                Answer::Later(None)
            }
        }
    }

    /// Says who sends it (RFC 8292), and where whoever runs the service finds out more.
    fn authorization(&self, uri: &axum::http::Uri, page: &str, now: Millis) -> Option<String> {
        let claims = serde_json::json!({
            "aud": format!("{}://{}", uri.scheme_str()?, uri.authority()?),
            "exp": now.0 / 1000 + SIGNATURE_S,
            "sub": if page.starts_with("https:") { page } else { "mailto:push@chinwag.invalid" },
        });
        let token = encode(&Header::new(Algorithm::ES256), &claims, &self.key).ok()?;
        Some(format!("vapid t={token}, k={}", self.public_key))
    }
}
