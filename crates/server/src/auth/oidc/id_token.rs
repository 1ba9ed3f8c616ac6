//! The token by which a provider says who somebody is (OpenID Connect Core 1.0, section 3.1.3.7).

use crate::auth::foreign::{Keys, seconds};
use chinwag_core::domain::Millis;
use jsonwebtoken::{Validation, decode, decode_header};
use serde_json::{Map, Number, Value};

/// What a token says.
pub(super) type Claims = Map<String, Value>;

/// By how many seconds the clocks of a provider and of this server may differ.
const LEEWAY_S: i64 = 60;
/// Bytes of the longest token that is looked at: somebody may be in many groups.
const LONGEST: usize = 64 * 1024;
/// Bytes of the longest subject (section 2).
const SUBJECT: usize = 255;

/// Why a token is not believed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("the token is too long")]
    TooLong,
    #[error(
        "the token is signed with a key that the provider does not publish, or not by RS256, ES256 or EdDSA"
    )]
    UnknownKey,
    #[error("the token has extensions that have to be understood (crit)")]
    Critical,
    #[error("the token is wrong: {0}")]
    Wrong(#[from] jsonwebtoken::errors::Error),
    #[error("the time of the token is over, or exp is missing")]
    Over,
    #[error("the token is for another sign-in (nonce)")]
    Nonce,
    #[error("the token was given to another client (azp)")]
    Party,
    #[error("sub is missing, empty, too long, or has control characters")]
    Subject,
    #[error("the provider's userinfo is about somebody else")]
    SomebodyElse,
    #[error("the answer came from another provider (iss)")]
    AnotherProvider,
}

/// What a token has to be for.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
}

/// Whether the keys that are known are those of a token.
pub(super) fn has_key(token: &str, keys: &Keys) -> bool {
    decode_header(token).is_ok_and(|header| keys.of_token(header.kid.as_deref()).is_some())
}

/// What a token says, if it is the provider's, for this server and for this sign-in.
pub(super) fn read(
    token: &str,
    keys: &Keys,
    expected: &Expected<'_>,
    now: Millis,
) -> Result<Claims, Rejection> {
    if token.len() > LONGEST {
        return Err(Rejection::TooLong);
    }
    let header = decode_header(token)?;
    if header.crit.is_some() {
        return Err(Rejection::Critical);
    }
    // By the key alone: what the token says of its algorithm only has to agree.
    let key = keys.of_token(header.kid.as_deref()).ok_or(Rejection::UnknownKey)?;
    let mut validation = Validation::new(key.algorithm);
    validation.set_audience(&[expected.client]);
    validation.set_issuer(&[expected.issuer]);
    validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
    // By the clock of this server, which several nodes have from one database.
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, &key.key, &validation)?.claims;
    let until = claims.get("exp").and_then(Value::as_number).map_or(0, |exp: &Number| seconds(exp));
    if until.saturating_add(LEEWAY_S) <= now.0.div_euclid(1000) {
        return Err(Rejection::Over);
    }
    if text(&claims, "nonce") != Some(expected.nonce) {
        return Err(Rejection::Nonce);
    }
    let is_shared = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    match text(&claims, "azp") {
        Some(party) if party != expected.client => return Err(Rejection::Party),
        None if is_shared => return Err(Rejection::Party),
        Some(_) | None => {}
    }
    subject(&claims)?;
    Ok(claims)
}

/// Who it is about.
pub(super) fn subject(claims: &Claims) -> Result<&str, Rejection> {
    let is_name =
        |sub: &&str| !sub.trim().is_empty() && sub.len() <= SUBJECT && !sub.chars().any(char::is_control);
    text(claims, "sub").filter(is_name).ok_or(Rejection::Subject)
}

/// A claim that is a text.
pub(super) fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}
