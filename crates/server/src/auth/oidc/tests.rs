use super::id_token::read;
use super::*;
use crate::auth::foreign::Keys;
use crate::config::{HiddenSecret, Options, PlatformVariables};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

const ISSUER: &str = "https://id.example.org/chat/";
const NOW_S: i64 = 1_000_000;
const NOW: Millis = Millis(NOW_S * 1000);

struct Signer {
    key: EncodingKey,
    jwk: Value,
}

impl Signer {
    fn new(kid: &str) -> Self {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": kid, "x": x});
        Self { key: EncodingKey::from_ed_der(der.as_ref()), jwk }
    }

    fn sign(&self, claims: &Value) -> String {
        let kid = self.jwk["kid"].as_str().map(str::to_owned);
        encode(&Header { kid, ..Header::new(Algorithm::EdDSA) }, claims, &self.key).unwrap()
    }

    fn keys(&self) -> Keys {
        Keys::of_published(vec![self.jwk.clone()])
    }
}

fn claims() -> Value {
    json!({"iss": ISSUER, "sub": "7", "aud": "chinwag", "exp": NOW_S + 300, "iat": NOW_S, "nonce": "n"})
}

fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[claim] = value;
    claims
}

fn says(token: &str, keys: &Keys) -> Result<Claims, Rejection> {
    read(token, keys, &Expected { issuer: ISSUER, client: "chinwag", nonce: "n" }, NOW)
}

#[test]
fn a_token_is_for_this_server_and_this_sign_in() {
    let signer = Signer::new("a");
    let keys = signer.keys();
    assert_eq!(says(&signer.sign(&claims()), &keys).unwrap()["sub"], "7");
    for (claim, value) in [("aud", json!(["chinwag"])), ("azp", json!("chinwag")), ("exp", json!(NOW_S - 59))]
    {
        let token = with(claim, value);
        assert!(says(&signer.sign(&token), &keys).is_ok(), "{token}");
    }
    for (claim, value) in [
        ("iss", json!("https://id.example.org/chat")),
        ("iss", json!("https://evil.example/")),
        ("aud", json!("another")),
        ("aud", json!([])),
        ("aud", json!(["chinwag", "another"])),
        ("azp", json!("another")),
        ("exp", json!(NOW_S - 60)),
        ("exp", json!("soon")),
        ("nonce", json!("another")),
        ("nonce", json!(["n"])),
        ("sub", json!("")),
        ("sub", json!(7)),
        ("sub", json!("a\u{0}")),
        ("sub", json!("x".repeat(256))),
    ] {
        let token = with(claim, value);
        assert!(says(&signer.sign(&token), &keys).is_err(), "{token}");
    }
    for claim in ["iss", "aud", "exp", "nonce", "sub"] {
        let mut without = claims();
        without.as_object_mut().unwrap().remove(claim);
        assert!(says(&signer.sign(&without), &keys).is_err(), "without {claim}");
    }
    let shared = json!({"iss": ISSUER, "sub": "7", "aud": ["chinwag", "x"], "azp": "chinwag", "exp": NOW_S + 1, "nonce": "n"});
    assert!(says(&signer.sign(&shared), &keys).is_ok());
}

#[test]
fn only_keys_that_the_provider_publishes_sign() {
    let (own, foreign) = (Signer::new("a"), Signer::new("a"));
    assert!(matches!(says(&foreign.sign(&claims()), &own.keys()), Err(Rejection::Wrong(_))));
    assert!(matches!(says(&Signer::new("b").sign(&claims()), &own.keys()), Err(Rejection::UnknownKey)));
    assert!(!id_token::has_key(&Signer::new("b").sign(&claims()), &own.keys()));
    // What everybody may know is no secret.
    let public = URL_SAFE_NO_PAD.decode(own.jwk["x"].as_str().unwrap()).unwrap();
    let header = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::HS256) };
    let confused = encode(&header, &claims(), &EncodingKey::from_secret(&public)).unwrap();
    assert!(says(&confused, &own.keys()).is_err());
    let token = own.sign(&claims());
    let parts: Vec<_> = token.split('.').collect();
    let none = URL_SAFE_NO_PAD.encode(json!({"alg": "none", "kid": "a"}).to_string());
    let crit = URL_SAFE_NO_PAD.encode(json!({"alg": "EdDSA", "kid": "a", "crit": ["exp"]}).to_string());
    for wrong in [
        format!("{none}.{}.", parts[1]),
        format!("{crit}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        String::new(),
    ] {
        assert!(says(&wrong, &own.keys()).is_err(), "{wrong}");
    }
}

#[test]
fn of_what_a_provider_publishes_the_usable_keys_are_taken() {
    let signer = Signer::new("a");
    let mut encryption = Signer::new("e").jwk;
    encryption["use"] = json!("enc");
    let published = vec![
        json!({"kty": "EC", "crv": "secp256k1", "kid": "x", "x": "AA", "y": "AA"}),
        json!({"kty": "AKP", "kid": "pq", "alg": "ML-DSA-65", "pub": "AA"}),
        json!({"kty": "oct", "kid": "s", "k": "AAAA"}),
        json!("nothing"),
        encryption,
        signer.jwk.clone(),
    ];
    let keys = Keys::of_published(published);
    assert!(says(&signer.sign(&claims()), &keys).is_ok());
    for name in ["x", "pq", "s", "e"] {
        assert!(keys.of_token(Some(name)).is_none(), "{name}");
    }
}

fn config(oidc: Oidc) -> Config {
    let public_url = "https://example.org/chat".parse().unwrap();
    Config { public_url, base_path: "/chat".parse().unwrap(), oidc, ..Config::default() }
}

fn usual() -> Oidc {
    Oidc { issuer: ISSUER.to_owned(), client_id: "chinwag".to_owned(), ..Oidc::default() }
}

fn error(config: &Config) -> String {
    Provider::of(config).err().unwrap().to_string()
}

#[test]
fn what_is_missing_or_does_not_fit_is_told() {
    assert!(Provider::of(&Config::default()).unwrap().is_none());
    assert!(Provider::of(&config(usual())).unwrap().is_some());
    let told = |oidc: Oidc| error(&config(oidc));
    assert!(told(Oidc { only: true, ..Oidc::default() }).contains("say by oidc.issuer"));
    assert!(told(Oidc { issuer: String::new(), ..usual() }).contains("say by oidc.issuer"));
    assert!(told(Oidc { client_id: " ".to_owned(), ..usual() }).contains("oidc.client_id is missing"));
    assert!(error(&Config { oidc: usual(), ..Config::default() }).contains("public_url is missing"));
    for wrong in [
        "id.example.org",
        "http://id.example.org",
        "ftp://x",
        "https://x/?a",
        "https://a@b",
        "http://10.0.0.1",
    ] {
        let oidc = Oidc { issuer: wrong.to_owned(), ..usual() };
        assert!(told(oidc).contains("no address such as https://id.example.org"), "{wrong}");
    }
    for right in
        ["http://localhost:8080/realms/x", "http://127.0.0.1:1", "http://[::1]:1", "https://id.example.org"]
    {
        let oidc = Oidc { issuer: right.to_owned(), ..usual() };
        assert!(Provider::of(&config(oidc)).is_ok(), "{right}");
    }
}

#[test]
fn a_secret_may_stand_in_a_file_and_is_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "a secret\r\n").unwrap();
    let of_file = Oidc { client_secret_file: file.clone(), ..usual() };
    let provider = Provider::of(&config(of_file.clone())).unwrap().unwrap();
    assert_eq!(provider.secret.as_deref(), Some("a secret"));
    let client_secret: HiddenSecret = "another".parse().unwrap();
    assert!(error(&config(Oidc { client_secret, ..of_file.clone() })).contains("say one of them"));
    std::fs::write(&file, "\n").unwrap();
    assert!(error(&config(of_file)).contains("which is empty"));
    let missing = Oidc { client_secret_file: "/nowhere".into(), ..usual() };
    assert!(error(&config(missing)).contains("/nowhere, which cannot be read"));
    let oidc = Oidc { client_secret: "hush".parse().unwrap(), ..usual() };
    assert!(!format!("{oidc:?}").contains("hush"));
}

#[test]
fn a_provider_is_told_no_more_than_it_has_to_know() {
    let provider = Provider::of(&config(usual())).unwrap().unwrap();
    assert_eq!(provider.redirect, "https://example.org/chat/api/oidc/callback");
    assert_eq!(
        scope(&["profile email".to_owned(), "openid".to_owned(), "groups".to_owned()]),
        "openid profile email groups"
    );
    assert_eq!(scope(&[]), "openid");
    let header = basic("a:b", "c d%").unwrap();
    assert_eq!(header, format!("Basic {}", STANDARD.encode("a%3Ab:c+d%25")).as_str());
    // RFC 7636, appendix B.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
    let mut pending = Pending::new(TakenAlong::default(), NOW);
    pending.verifier = verifier;
    assert_eq!(pending.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_looked_at_no_further() {
    // Nothing listens there: whoever asked it would be told so.
    let oidc = Oidc { issuer: "http://127.0.0.1:1".to_owned(), ..usual() };
    let provider = Provider::of(&config(oidc)).unwrap().unwrap();
    let pending = Pending::new(TakenAlong::default(), NOW);
    let answer = |state: &str| Answer {
        code: Some("c".to_owned()),
        state: Some(state.to_owned()),
        ..Answer::default()
    };
    let word = async |answer, pending| provider.finish(answer, pending, NOW).await.unwrap_err().word();
    assert_eq!(word(answer("another"), Some(&pending)).await, "stale");
    assert_eq!(word(answer(&pending.state), None).await, "stale");
    assert_eq!(
        word(Answer { code: Some("c".to_owned()), ..Answer::default() }, Some(&pending)).await,
        "stale"
    );
    let mixed_up = Answer { iss: Some("https://evil.example".to_owned()), ..answer(&pending.state) };
    assert_eq!(word(mixed_up, Some(&pending)).await, "refused");
    let denied = Answer { error: Some("access_denied".to_owned()), ..answer(&pending.state) };
    assert_eq!(word(denied, Some(&pending)).await, "denied");
    assert_eq!(word(answer(&pending.state), Some(&pending)).await, "unreachable");
    assert!(matches!(provider.begin(TakenAlong::default(), NOW).await, Err(SignInFailure::AskedLately)));
    let later = Millis(NOW.0 + AGAIN_MS);
    assert!(matches!(provider.begin(TakenAlong::default(), later).await, Err(SignInFailure::Unreachable(_))));
}

#[test]
fn the_examples_of_the_page_are_taken() {
    let page = include_str!("../../../../../docs/accounts.md");
    let examples: Vec<_> =
        page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    // The third is about mail.
    let examples: Vec<_> = examples.into_iter().filter(|example| example.contains("[oidc]")).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), example).unwrap();
        let platform = PlatformVariables::default();
        let config = Config::load(Options::default(), Some(file.path()), platform).unwrap();
        let config = Config { oidc: Oidc { client_secret_file: "".into(), ..config.oidc.clone() }, ..config };
        assert!(Provider::of(&config).unwrap().is_some());
    }
}
