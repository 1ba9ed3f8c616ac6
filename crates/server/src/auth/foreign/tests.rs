use super::*;
use crate::config::{Config, Options, PlatformVariables};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const NOW_S: i64 = 1_800_000_000;
const NOW: Millis = Millis(NOW_S * 1000);
const SECRET: &str = "a secret of thirty-two bytes, or more";
const SMALL_RSA: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDFROWnZPY8Tekeu6L+G1pyLzgo
RdGUycWhlod4HVe8YI3GA5p4eM/RgEjPBpZyczlLz92riQy0m8iGhL1BrDDetF4c
ln2aFjz+dxfaJNSpz+uyRRCCtyXNnFz7ohkC/Ei2kj1A9NYORbfzj1cIQ7hshqmv
rIcwpjh8kX2Z2lfkwwIDAQAB
-----END PUBLIC KEY-----\n";
const P384: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEfsz7a/Zsl8AdQYx7oyPGDzp0LVn1a6aL
8+l8QE8g8vdJ/Q44bXqniAJS0ipZBdU0kqwvvBdm0aOUL7+LlEUNIeMa+XTqjw3c
KvbqU9V65sQu4SXkuKUVWwSb/mfLrGND
-----END PUBLIC KEY-----\n";

/// Somebody who signs, with the public key in PEM.
struct Signer {
    algorithm: Algorithm,
    key: EncodingKey,
    public: String,
    private: String,
}

fn pem(kind: &str, der: &[u8]) -> String {
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", STANDARD.encode(der))
}

impl Signer {
    fn rsa() -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let private = pem("PRIVATE KEY", private.as_ref());
        let key = EncodingKey::from_rsa_pem(private.as_bytes()).unwrap();
        Self { algorithm: Algorithm::RS256, key, public: pem("PUBLIC KEY", public.as_ref()), private }
    }

    fn ec() -> Self {
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let der = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, der.as_ref()).unwrap();
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let (algorithm, key) = (Algorithm::ES256, EncodingKey::from_ec_der(der.as_ref()));
        let private = pem("PRIVATE KEY", der.as_ref());
        Self { algorithm, key, public: pem("PUBLIC KEY", public.as_ref()), private }
    }

    fn ed() -> Self {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap();
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let (algorithm, key) = (Algorithm::EdDSA, EncodingKey::from_ed_der(der.as_ref()));
        let private = pem("PRIVATE KEY", der.as_ref());
        Self { algorithm, key, public: pem("PUBLIC KEY", public.as_ref()), private }
    }

    fn sign(&self, kid: Option<&str>, claims: &Value) -> String {
        let header = Header { kid: kid.map(str::to_owned), ..Header::new(self.algorithm) };
        encode(&header, claims, &self.key).unwrap()
    }

    fn jwk(&self, kid: &str) -> Value {
        // The key stands at the end of what says what it is.
        let ed = |der: &[u8]| json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(&der[der.len() - 32..])});
        let mut key = if self.algorithm == Algorithm::EdDSA {
            ed(&STANDARD.decode(self.public.lines().nth(1).unwrap()).unwrap())
        } else {
            serde_json::to_value(Jwk::from_encoding_key(&self.key, self.algorithm).unwrap()).unwrap()
        };
        key["kid"] = json!(kid);
        key
    }
}

fn claims() -> Value {
    json!({"sub": "7", "aud": "chat", "exp": NOW_S + 600, "iat": NOW_S - 1, "name": "Alex", "role": "moderator", "rooms": ["tech"]})
}

fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[claim] = value;
    claims
}

fn signed(claims: &Value) -> String {
    encode(&Header::default(), claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

fn of_secret() -> Embedding {
    Embedding { secret: SECRET.parse().unwrap(), audience: "chat".to_owned(), ..Embedding::default() }
}

/// What is configured by a file of this text.
struct Configured {
    _folder: TempDir,
    file: PathBuf,
}

impl Configured {
    fn of(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        std::fs::write(&file, text).unwrap();
        Self { _folder: folder, file }
    }

    fn pem(&self) -> Result<ForeignTokens, EmbeddingError> {
        tokens(&Embedding { key_file: self.file.clone(), ..Self::audience() })
    }

    fn set(&self) -> Result<ForeignTokens, EmbeddingError> {
        tokens(&Embedding { jwks_file: self.file.clone(), ..Self::audience() })
    }

    fn audience() -> Embedding {
        Embedding { audience: "chat".to_owned(), ..Embedding::default() }
    }
}

fn tokens(embedding: &Embedding) -> Result<ForeignTokens, EmbeddingError> {
    ForeignTokens::of(embedding).map(Option::unwrap)
}

fn error(result: Result<ForeignTokens, EmbeddingError>) -> String {
    result.err().unwrap().to_string()
}

#[test]
fn each_kind_of_key_reads_what_it_signed() {
    let says = ForeignClaims {
        subject: "7".to_owned(),
        name: Some("Alex".to_owned()),
        role: Some("moderator".to_owned()),
        rooms: vec!["tech".to_owned()],
        issued_at: Some(Millis((NOW_S - 1) * 1000)),
        until: Millis((NOW_S + 600) * 1000),
    };
    let of_secret = tokens(&of_secret()).unwrap();
    assert_eq!(of_secret.read(&signed(&claims()), NOW).unwrap(), says);
    for signer in [Signer::rsa(), Signer::ec(), Signer::ed()] {
        let (tokens, other) =
            (Configured::of(&signer.public).pem().unwrap(), tokens(&self::of_secret()).unwrap());
        assert_eq!(tokens.read(&signer.sign(None, &claims()), NOW).unwrap(), says);
        assert_eq!(tokens.read(&signer.sign(Some("any"), &claims()), NOW).unwrap(), says);
        assert!(other.read(&signer.sign(None, &claims()), NOW).is_err(), "{:?}", signer.algorithm);
        assert!(tokens.read(&signed(&claims()), NOW).is_err(), "{:?}", signer.algorithm);
    }
    let (mine, theirs) = (Signer::ed(), Signer::ed());
    let tokens = Configured::of(&mine.public).pem().unwrap();
    assert!(tokens.read(&theirs.sign(None, &claims()), NOW).is_err(), "another key of the same kind");
}

#[test]
fn the_key_fixes_the_algorithm() {
    for signer in [Signer::rsa(), Signer::ec(), Signer::ed()] {
        let tokens = Configured::of(&signer.public).pem().unwrap();
        let der = STANDARD.decode(signer.public.lines().nth(1).unwrap()).unwrap();
        // What everybody may know is no secret, in whatever form.
        for public in [signer.public.as_bytes(), signer.public.trim_end().as_bytes(), &der] {
            let confused = encode(&Header::default(), &claims(), &EncodingKey::from_secret(public)).unwrap();
            assert!(tokens.read(&confused, NOW).is_err(), "{:?}", signer.algorithm);
        }
    }
    let tokens = tokens(&of_secret()).unwrap();
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let other = encode(&Header::new(algorithm), &claims(), &EncodingKey::from_secret(SECRET.as_bytes()));
        assert!(tokens.read(&other.unwrap(), NOW).is_err(), "{algorithm:?}");
    }
}

#[test]
fn what_is_not_signed_is_refused() {
    let tokens = tokens(&of_secret()).unwrap();
    let token = signed(&claims());
    let parts: Vec<_> = token.split('.').collect();
    for none in ["none", "None", "NONE", ""] {
        let header = URL_SAFE_NO_PAD.encode(json!({"alg": none, "typ": "JWT"}).to_string());
        assert!(tokens.read(&format!("{header}.{}.", parts[1]), NOW).is_err(), "{none}");
        assert!(tokens.read(&format!("{header}.{}.{}", parts[1], parts[2]), NOW).is_err(), "{none}");
    }
    let crit = URL_SAFE_NO_PAD.encode(json!({"alg": "HS256", "crit": ["exp"]}).to_string());
    for wrong in [
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}A.{}", parts[0], parts[1], parts[2]),
        format!("{crit}.{}.{}", parts[1], parts[2]),
        format!("{token}.{token}"),
        format!("{}.{}.{}", parts[0], "a".repeat(LONGEST), parts[2]),
        "a.b.c".to_owned(),
        "..".to_owned(),
        String::new(),
    ] {
        assert!(tokens.read(&wrong, NOW).is_err(), "{wrong}");
    }
    tokens.read(&token, NOW).unwrap();
}

#[test]
fn what_is_for_others_or_says_too_little_is_refused() {
    let tokens = tokens(&of_secret()).unwrap();
    for claim in ["aud", "exp", "sub"] {
        let mut without = claims();
        without.as_object_mut().unwrap().remove(claim);
        assert!(tokens.read(&signed(&without), NOW).is_err(), "{without}");
    }
    for (claim, value) in [
        ("aud", json!("another")),
        ("aud", json!(["another", "third"])),
        ("aud", json!([])),
        ("aud", json!(7)),
        ("sub", json!("")),
        ("sub", json!(" ")),
        ("sub", json!(7)),
        ("sub", json!(null)),
        ("sub", json!("a\u{0}b")),
        ("sub", json!("x".repeat(256))),
        ("exp", json!("tomorrow")),
        ("exp", json!(null)),
        ("exp", json!(-1)),
        ("name", json!(7)),
        ("role", json!(["moderator"])),
        ("rooms", json!("tech")),
        ("rooms", json!([1])),
        ("nbf", json!("now")),
    ] {
        let token = signed(&with(claim, value.clone()));
        assert!(tokens.read(&token, NOW).is_err(), "{claim}: {value}");
    }
    for (claim, value) in [
        ("aud", json!(["other", "chat"])),
        ("exp", json!(NOW_S as f64 + 10.5)),
        ("name", json!(null)),
        ("rooms", json!(null)),
        ("iat", json!(null)),
        ("sub", json!("x".repeat(255))),
        ("more", json!({"x": 1})),
    ] {
        tokens.read(&signed(&with(claim, value)), NOW).unwrap();
    }
}

#[test]
fn the_time_counts_with_a_little_leeway() {
    let tokens = tokens(&of_secret()).unwrap();
    let is_good = |claim, value| tokens.read(&signed(&with(claim, json!(value))), NOW).is_ok();
    let day = 24 * 60 * 60;
    assert_eq!(
        [NOW_S - 30, NOW_S - 29, NOW_S + day, NOW_S + day + 31].map(|exp| is_good("exp", exp)),
        [false, true, true, false]
    );
    assert_eq!([NOW_S, NOW_S + 30, NOW_S + 31].map(|nbf| is_good("nbf", nbf)), [true, true, false]);
    assert!(!is_good("exp", i64::MAX) && !is_good("exp", 0));
    // One that is dated ahead is as old as it can be.
    let ahead = tokens.read(&signed(&with("iat", json!(NOW_S + 10_000))), NOW).unwrap();
    assert_eq!(ahead.issued_at, Some(NOW));
}

#[test]
fn an_issuer_counts_where_one_is_configured() {
    let tokens = tokens(&Embedding { issuer: "https://example.org".to_owned(), ..of_secret() }).unwrap();
    tokens.read(&signed(&with("iss", json!("https://example.org"))), NOW).unwrap();
    assert!(tokens.read(&signed(&with("iss", json!("https://example.com"))), NOW).is_err());
    assert!(tokens.read(&signed(&claims()), NOW).is_err(), "it is missing");
}

#[test]
fn a_set_has_the_key_that_a_token_names() {
    let (rsa, ec, ed) = (Signer::rsa(), Signer::ec(), Signer::ed());
    let mut encryption = Signer::rsa().jwk("d");
    encryption["use"] = json!("enc");
    encryption["alg"] = json!("RSA-OAEP");
    let mut plain = ec.jwk("b");
    plain.as_object_mut().unwrap().remove("alg");
    let set = json!({"keys": [rsa.jwk("a"), plain, ed.jwk("c"), encryption]});
    let tokens = Configured::of(&set.to_string()).set().unwrap();
    for (kid, signer) in [("a", &rsa), ("b", &ec), ("c", &ed)] {
        tokens.read(&signer.sign(Some(kid), &claims()), NOW).unwrap();
        for other in [None, Some("d"), Some("e"), Some("")]
            .into_iter()
            .chain(["a", "b", "c"].into_iter().filter(|other| *other != kid).map(Some))
        {
            assert!(tokens.read(&signer.sign(other, &claims()), NOW).is_err(), "{kid} as {other:?}");
        }
    }
    let alone = Configured::of(&json!({"keys": [ed.jwk("c")]}).to_string()).set().unwrap();
    alone.read(&ed.sign(None, &claims()), NOW).unwrap();
    assert!(alone.read(&ed.sign(Some("x"), &claims()), NOW).is_err());
}

#[test]
fn keys_that_cannot_be_used_are_told() {
    let (rsa, ed) = (Signer::rsa(), Signer::ed());
    assert!(error(Configured::of(&rsa.private).pem()).contains("private key"));
    for wrong in
        [SMALL_RSA, P384, "", "nothing", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
    {
        assert!(error(Configured::of(wrong).pem()).contains("no usable key"), "{wrong}");
    }
    let set = |keys: Value| error(Configured::of(&json!({ "keys": keys }).to_string()).set());
    assert!(error(Configured::of("{").set()).contains("no JSON Web Key Set"));
    assert!(set(json!([])).contains("no key for signatures"));
    assert!(set(json!([ed.jwk("a"), rsa.jwk("a")])).contains("same kid"));
    let mut nameless = ed.jwk("a");
    nameless.as_object_mut().unwrap().remove("kid");
    assert!(set(json!([nameless, rsa.jwk("b")])).contains("has none"));
    let secret = json!({"kty": "oct", "kid": "s", "k": URL_SAFE_NO_PAD.encode(SECRET)});
    assert!(set(json!([secret])).contains("whose key s cannot be used"));
    let mut other = rsa.jwk("r");
    other["alg"] = json!("PS256");
    assert!(set(json!([other])).contains("whose key r cannot be used"));
    let missing = Embedding { key_file: PathBuf::from("/nowhere/key.pem"), ..Configured::audience() };
    assert!(error(tokens(&missing)).contains("/nowhere/key.pem, which cannot be read"));
}

#[test]
fn what_does_not_fit_together_is_told() {
    let secret = |text: &str| Embedding { secret: text.parse().unwrap(), ..of_secret() };
    let short = error(tokens(&secret("0123456789012345678901234567890")));
    assert!(short.contains("31 bytes") && !short.contains("0123"), "{short}");
    assert!(tokens(&secret("01234567890123456789012345678901")).is_ok());
    assert!(error(tokens(&secret(&Signer::ed().public))).contains("embedding.key_file"));
    let told = |embedding: &Embedding| error(tokens(embedding));
    assert!(
        told(&Embedding { audience: String::new(), ..of_secret() }).contains("embedding.audience is missing")
    );
    assert!(
        told(&Embedding { audience: "chinwag".to_owned(), ..of_secret() }).contains("server's own tokens")
    );
    assert!(told(&Configured::audience()).contains("no key"));
    let several = Embedding { key_file: PathBuf::from("key.pem"), ..of_secret() };
    assert!(told(&several).contains("several keys"));
    assert!(ForeignTokens::of(&Embedding::default()).unwrap().is_none());
    assert!(!format!("{:?}", of_secret()).contains(SECRET));
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let configured = Configured::of(&format!("{SECRET}\r\n"));
    let of_file = |file: &Path| Embedding { secret_file: file.to_owned(), ..Configured::audience() };
    tokens(&of_file(&configured.file)).unwrap().read(&signed(&claims()), NOW).unwrap();
    assert!(error(tokens(&of_file(Path::new("/nowhere")))).contains("embedding.secret_file names /nowhere"));
}

#[test]
fn the_examples_of_the_page_are_taken() {
    let page = include_str!("../../../../../docs/embedding.md");
    let examples: Vec<_> =
        page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let configured = Configured::of(example);
        let platform = PlatformVariables::default();
        let config = Config::load(Options::default(), Some(&configured.file), platform).unwrap();
        assert_eq!(config.embedding.audience, "chat.example.org");
    }
}
