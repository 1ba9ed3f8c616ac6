//! A push service, and the browser behind it.

use crate::support::within;
use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifying};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const SECRET: [u8; 16] = [7; 16];

/// What came, opened.
pub(super) struct Push {
    pub(super) headers: HashMap<String, String>,
    /// The public key of whoever sent it, which its signature fits.
    pub(super) key: String,
    pub(super) body: Value,
}

pub(super) struct PushService {
    address: SocketAddr,
    browser: Arc<PrivateKey>,
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    came: tokio::sync::Mutex<mpsc::UnboundedReceiver<(HeaderMap, Bytes)>>,
}

impl PushService {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, came) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::new(VecDeque::new()));
        let next = Arc::clone(&answers);
        let routes = Router::new().fallback(async move |headers: HeaderMap, body: Bytes| {
            sender.send((headers, body)).unwrap();
            let (status, after) = next.lock().unwrap().pop_front().unwrap_or((201, "0"));
            (StatusCode::from_u16(status).unwrap(), [("retry-after", after)])
        });
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let browser = Arc::new(PrivateKey::generate(&ECDH_P256).unwrap());
        Self { address, browser, answers, came: tokio::sync::Mutex::new(came) }
    }

    /// What a browser says of itself.
    pub(super) fn subscription(&self, page: &str) -> Value {
        let key = self.browser.compute_public_key().unwrap();
        json!({
            "endpoint": format!("http://{}/push/abc", self.address),
            "keys": {"p256dh": URL_SAFE_NO_PAD.encode(key.as_ref()), "auth": URL_SAFE_NO_PAD.encode(SECRET)},
            "page": page,
        })
    }

    /// With what the next are answered, and after how many seconds one may come again.
    pub(super) fn answers(&self, answers: &[(u16, &'static str)]) {
        self.answers.lock().unwrap().extend(answers);
    }

    pub(super) async fn next(&self) -> Push {
        let (headers, body) = within("a push", async { self.came.lock().await.recv().await.unwrap() }).await;
        let key = self.signed_by(&headers);
        let headers = headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        Push { headers, key, body: serde_json::from_slice(&self.open(&body)).unwrap() }
    }

    /// Looks at the signature (RFC 8292).
    fn signed_by(&self, headers: &HeaderMap) -> String {
        let authorization = headers["authorization"].to_str().unwrap();
        let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let verifying = Verifying::new(&ECDSA_P256_SHA256_FIXED, URL_SAFE_NO_PAD.decode(key).unwrap());
        verifying.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        let part =
            |part: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap() };
        let (header, claims) = signed.split_once('.').unwrap();
        assert_eq!(part(header)["alg"], "ES256");
        let claims = part(claims);
        assert_eq!(claims["aud"], format!("http://{}", self.address));
        assert!(claims["exp"].as_i64().unwrap() > 1_700_000_000 && claims["sub"].is_string());
        key.to_owned()
    }

    /// Reads what was sealed (RFC 8291), as the browser does.
    fn open(&self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (_size, rest) = rest.split_at(4);
        let (length, rest) = rest.split_first().unwrap();
        let (server, sealed) = rest.split_at(usize::from(*length));
        let own = self.browser.compute_public_key().unwrap();
        let info = [b"WebPush: info\0", own.as_ref(), server].concat();
        let shared = agree(&self.browser, UnparsedPublicKey::new(&ECDH_P256, server), (), |shared| {
            Ok(derive::<32>(&SECRET, shared, &info))
        })
        .unwrap();
        let key = derive::<16>(salt, &shared, b"Content-Encoding: aes128gcm\0");
        let nonce = derive::<12>(salt, &shared, b"Content-Encoding: nonce\0");
        let opening = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut text = sealed.to_vec();
        let text =
            opening.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text).unwrap();
        text.strip_suffix(&[2]).unwrap().to_vec()
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut derived = [0; N];
    let info = [info];
    Salt::new(HKDF_SHA256, salt)
        .extract(secret)
        .expand(&info, Length(N))
        .unwrap()
        .fill(&mut derived)
        .unwrap();
    derived
}
