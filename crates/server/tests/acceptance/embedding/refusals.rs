use super::signer::{AUDIENCE, SECRET};
use super::{Page, Signer};
use crate::support::{Child, Server};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chinwag_server::Embedding;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

fn without(claim: &str) -> Value {
    let mut claims = Signer::claims(json!({}));
    claims.as_object_mut().unwrap().remove(claim);
    claims
}

async fn refuses(server: &Server, token: String) {
    Page::with(server, token).is_refused("GET /api/session").await;
}

#[tokio::test]
async fn what_is_not_signed_for_this_server_now_is_refused() {
    let server = Signer::server().await;
    for claims in [
        without("aud"),
        without("exp"),
        without("sub"),
        Signer::claims(json!({"aud": "chinwag"})),
        Signer::claims(json!({"aud": "another.example.org"})),
        Signer::claims(json!({"exp": Signer::now() - 60})),
        Signer::claims(json!({"exp": Signer::now() + 25 * 60 * 60})),
        Signer::claims(json!({"nbf": Signer::now() + 120})),
        Signer::claims(json!({"sub": ""})),
        Signer::claims(json!({"rooms": "general"})),
    ] {
        refuses(&server, Signer::signed(&claims)).await;
    }
    let claims = Signer::claims(json!({}));
    let guessed = EncodingKey::from_secret(format!("{SECRET}?").as_bytes());
    refuses(&server, encode(&Header::default(), &claims, &guessed).unwrap()).await;
    let none = URL_SAFE_NO_PAD.encode(json!({"alg": "none"}).to_string());
    refuses(&server, format!("{none}.{}.", URL_SAFE_NO_PAD.encode(claims.to_string()))).await;
    // Its own tokens are read as before.
    let guest = server.sign_in("Sam").await;
    Page::with(&server, guest.token).person().await;
    Page::of(&server, json!({})).person().await;
}

#[tokio::test]
async fn a_server_without_a_key_takes_no_foreign_token() {
    let server = Server::start().await;
    refuses(&server, Signer::token(json!({}))).await;
}

#[tokio::test]
async fn a_public_key_is_no_secret() {
    let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let public = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
    let public: PublicKeyX509Der<'_> = public.public_key().as_der().unwrap();
    let pem =
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(&*public));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.pem");
    std::fs::write(&file, &pem).unwrap();
    let embedding = Embedding { key_file: file, audience: AUDIENCE.to_owned(), ..Embedding::default() };
    let server = Server::with(|config| config.embedding = embedding).await;
    let claims = Signer::claims(json!({}));
    let confused = encode(&Header::default(), &claims, &EncodingKey::from_secret(pem.as_bytes())).unwrap();
    refuses(&server, confused).await;
    let key = EncodingKey::from_ed_der(pair.as_ref());
    let token = encode(&Header::new(Algorithm::EdDSA), &claims, &key).unwrap();
    assert_eq!(Page::with(&server, token).person().await["name"], "Alex");
}

#[tokio::test]
async fn a_key_that_cannot_be_used_ends_the_start() {
    let told = async |environment: &[(&str, &str)]| {
        let ended = Child::run(&["serve", "--storage", "memory"], environment).await;
        assert_eq!(
            (ended.status.code(), ended.stderr.trim_end().lines().count()),
            (Some(2), 1),
            "{}",
            ended.stderr
        );
        ended.stderr
    };
    let (secret, audience) = (("CHINWAG_EMBEDDING_SECRET", SECRET), ("CHINWAG_EMBEDDING_AUDIENCE", AUDIENCE));
    assert!(told(&[secret]).await.contains("embedding.audience is missing"));
    assert!(told(&[audience]).await.contains("no key"));
    let short = told(&[("CHINWAG_EMBEDDING_SECRET", "hunter2"), audience]).await;
    assert!(short.contains("at least 32") && !short.contains("hunter2"), "{short}");
    let missing = ("CHINWAG_EMBEDDING_KEY_FILE", "/nowhere/key.pem");
    assert!(told(&[missing, audience]).await.contains("/nowhere/key.pem"));
    assert!(told(&[secret, missing, audience]).await.contains("several keys"));
}
