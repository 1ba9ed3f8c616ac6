//! The keys of a signer, or of a provider. Each fixes by which algorithm its tokens are signed.

use super::EmbeddingError;
use crate::config::Embedding;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm,
};
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind};
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Bytes of the shortest secret: as many as the hash has.
const SECRET: usize = 32;
/// Bytes of the shortest and the longest modulus of RSA: 2048 and 8192 bits.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=1024;
/// Bytes that a public key in PKCS #1 has beside the modulus, at least.
const AROUND_MODULUS: usize = 12;

/// A key, and what it is called in a set.
pub(in crate::auth) struct Key {
    id: Option<String>,
    pub(in crate::auth) key: DecodingKey,
    pub(in crate::auth) algorithm: Algorithm,
}

/// Keys that are told apart by their names, or one alone.
pub(in crate::auth) struct Keys(Vec<Key>);

impl Keys {
    /// Those that the configuration names, if it does.
    pub(super) fn read(embedding: &Embedding) -> Result<Option<Self>, EmbeddingError> {
        let named = |file: &Path| !file.as_os_str().is_empty();
        let Embedding { secret, secret_file, key_file, jwks_file, .. } = embedding;
        match (secret.text(), named(secret_file), named(key_file), named(jwks_file)) {
            ("", false, false, false) => Ok(None),
            (text, false, false, false) => Self::of_secret(text).map(Some),
            ("", true, false, false) => {
                // An editor ends the line.
                let text = read("embedding.secret_file", secret_file)?;
                Self::of_secret(text.trim_end_matches(['\r', '\n'])).map(Some)
            }
            ("", false, true, false) => Self::of_pem(key_file).map(Some),
            ("", false, false, true) => Self::of_set(jwks_file).map(Some),
            (..) => Err(EmbeddingError::SeveralKeys),
        }
    }

    /// Those of a set that somebody publishes for everybody. What is for other things, or of a kind that is not known here, is left out.
    pub(in crate::auth) fn of_published(keys: Vec<Value>) -> Self {
        let keys = keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
        Self(keys.filter(signs).filter_map(|key| of_jwk(&key)).collect())
    }

    /// The key of a token that names it, or does not.
    pub(in crate::auth) fn of_token(&self, id: Option<&str>) -> Option<&Key> {
        match (self.0.as_slice(), id) {
            ([key], None) => Some(key),
            ([key], Some(_)) if key.id.is_none() => Some(key),
            (keys, Some(id)) => keys.iter().find(|key| key.id.as_deref() == Some(id)),
            (_, None) => None,
        }
    }

    fn of_secret(text: &str) -> Result<Self, EmbeddingError> {
        if text.contains("-----BEGIN ") {
            return Err(EmbeddingError::PemAsSecret);
        }
        if text.len() < SECRET {
            return Err(EmbeddingError::ShortSecret(text.len()));
        }
        let key = DecodingKey::from_secret(text.as_bytes());
        Ok(Self(vec![Key { id: None, key, algorithm: Algorithm::HS256 }]))
    }

    fn of_pem(file: &Path) -> Result<Self, EmbeddingError> {
        let text = read("embedding.key_file", file)?;
        if text.contains("PRIVATE KEY-----") {
            return Err(EmbeddingError::PrivateKey(file.to_owned()));
        }
        let pem = text.as_bytes();
        let key = DecodingKey::from_rsa_pem(pem)
            .or_else(|_| DecodingKey::from_ec_pem(pem))
            .or_else(|_| DecodingKey::from_ed_pem(pem));
        let key = key.ok().and_then(|key| usable(None, key));
        Ok(Self(vec![key.ok_or_else(|| EmbeddingError::WrongPem(file.to_owned()))?]))
    }

    fn of_set(file: &Path) -> Result<Self, EmbeddingError> {
        let text = read("embedding.jwks_file", file)?;
        let set: JwkSet =
            serde_json::from_str(&text).map_err(|error| EmbeddingError::WrongSet(file.to_owned(), error))?;
        let signing = set.keys.iter().filter(|key| signs(key));
        let keys = signing.map(|key| of_set(file, key)).collect::<Result<Vec<_>, _>>()?;
        let names: HashSet<_> = keys.iter().map(|key| &key.id).collect();
        let is_ambiguous = names.len() < keys.len() || keys.len() > 1 && names.contains(&None);
        match (keys.is_empty(), is_ambiguous) {
            (true, _) => Err(EmbeddingError::EmptySet(file.to_owned())),
            (false, true) => Err(EmbeddingError::AmbiguousSet(file.to_owned())),
            (false, false) => Ok(Self(keys)),
        }
    }
}

fn read(option: &'static str, file: &Path) -> Result<String, EmbeddingError> {
    fs::read_to_string(file).map_err(|error| EmbeddingError::Unreadable(option, file.to_owned(), error))
}

/// Whether a key of a set is for signatures, as far as it says for what it is.
fn signs(key: &Jwk) -> bool {
    key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature)
}

fn of_set(file: &Path, key: &Jwk) -> Result<Key, EmbeddingError> {
    of_jwk(key).ok_or_else(|| {
        let id = key.common.key_id.clone();
        EmbeddingError::WrongKey(file.to_owned(), id.unwrap_or_else(|| "without a kid".to_owned()))
    })
}

fn of_jwk(key: &Jwk) -> Option<Key> {
    let named = key.common.key_algorithm;
    let key = usable(key.common.key_id.clone(), DecodingKey::from_jwk(key).ok()?)?;
    // A key that is meant for another algorithm than ours is none that we could use.
    named.is_none_or(|named| named == KeyAlgorithm::from(key.algorithm)).then_some(key)
}

/// A public key with its algorithm, if it can be used.
fn usable(id: Option<String>, key: DecodingKey) -> Option<Key> {
    let (algorithm, verification): (_, &'static dyn VerificationAlgorithm) = match key.family() {
        AlgorithmFamily::Rsa => (Algorithm::RS256, &RSA_PKCS1_2048_8192_SHA256),
        AlgorithmFamily::Ec => (Algorithm::ES256, &ECDSA_P256_SHA256_FIXED),
        AlgorithmFamily::Ed => (Algorithm::EdDSA, &ED25519),
        AlgorithmFamily::Hmac => return None,
    };
    let is_good = match key.kind() {
        DecodingKeyKind::SecretOrDer(bytes) => {
            let is_long = algorithm != Algorithm::RS256 || bytes.len() >= MODULUS.start() + AROUND_MODULUS;
            is_long && ParsedPublicKey::new(verification, bytes).is_ok()
        }
        DecodingKeyKind::RsaModulusExponent { n, e } => {
            let significant = n.iter().skip_while(|byte| **byte == 0).count();
            MODULUS.contains(&significant) && !e.is_empty()
        }
    };
    is_good.then_some(Key { id, key, algorithm })
}
